import type { Messages } from '../messages.ts';

/** The same in Simplified Chinese. */
export const zhCNOtherAccount: Messages['otherAccount'] = {
  title: '您登录的是另一个帐户',
  text: 'Tidings 需要 {{askedFor}}，但您登录的是 {{signedIn}}。',
  undecided: '您可以把它作为新帐户添加；在此之前不会保存它的任何信息。',
  known: 'Tidings 中已有该帐户。要登录 {{askedFor}}，请重试。',
  again: '登录 {{askedFor}}',
  add: '添加 {{signedIn}}',
  leave: '都不要',
};
