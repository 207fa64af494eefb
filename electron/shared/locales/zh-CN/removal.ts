import type { Messages } from '../messages.ts';

/** Simplified Chinese words of removing everything. */
export const zhCNRemoval: Messages['removal'] = {
  part: {
    tokens: '系统密钥环中保存的登录信息',
    autostart: '登录系统时启动 Tidings 的启动项：{{place}}',
    data: '{{place}} 中的设置、帐户、日志和其他所有内容',
  },
  removed: '已删除：{{what}}',
  none: '没有可删除的内容：{{what}}',
  ownFilesRemoved: '已删除：{{place}} 中 Tidings 自己的文件；其中的其他内容未改动',
  notUsed: '无法访问密钥环；按照设置，Tidings 没有在其中保存内容（{{detail}}）',
  failed: '未能删除：{{what}}：{{why}}',
  why: {
    'keyring-locked': '密钥环已锁定，请用您的密码解锁',
    'keyring-unavailable': '无法访问密钥环，请启动它',
  },
  again: '解决上述问题后请再次运行，届时会删除其余内容。',
  againInTerminal: '解决上述问题后，请在终端中运行“tidings --remove-my-data”，届时会删除其余内容。',
  wasRunning: 'Tidings 正在运行，先请它退出…',
  stillRunning: '未删除任何内容。正在运行的 Tidings 没有退出。请在托盘菜单中选择“退出 Tidings”，然后再次运行。',
  consent:
    '您在 Microsoft 授予 Tidings 的权限会保留，直到您在那里撤销：https://account.microsoft.com/privacy/app-access（个人帐户）或 ' +
    'https://myapps.microsoft.com（工作或学校帐户）。',
  incomplete: '未能删除全部内容',
};
