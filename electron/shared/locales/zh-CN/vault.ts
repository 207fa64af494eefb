import type { Messages } from '../messages.ts';

/** The same in Simplified Chinese. */
export const zhCNVault: Messages['vault'] = {
  lockedMeanwhile: '密钥环已被锁定。您的登录已保存，解锁后 Tidings 会继续使用它。',
};
