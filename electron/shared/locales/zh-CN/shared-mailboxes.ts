import type { Messages } from '../messages.ts';

/** Simplified Chinese words for the errors of shared mailboxes. */
export const zhCNSharedMailboxErrors: Pick<
  Messages['errors'],
  'shared-mailbox-no-access' | 'shared-mailbox-not-added'
> = {
  'shared-mailbox-no-access': {
    title: '您无法打开此邮箱',
    action: '请检查地址。如果地址无误，说明您没有该邮箱的“完全访问”权限，可由管理员授予。Exchange 不会说明是哪种情况。',
  },
  'shared-mailbox-not-added': {
    title: '无法添加此邮箱',
    action: '请在工作或学校帐户下，按邮件地址添加尚未列出的邮箱：个人帐户没有共享邮箱。',
  },
};

/** Simplified Chinese words of shared mailboxes in the window. */
export const zhCNSharedMailboxes: Messages['window']['sharedMailboxes'] = {
  add: '添加共享邮箱…',
  title: '添加共享邮箱',
  intro: 'Tidings 使用 {{address}} 的登录来打开它，该帐户需要对它有“完全访问”权限。',
  addressLabel: '邮箱地址',
  addressPlaceholder: 'info@contoso.com',
  confirm: '添加',
  problem: {
    empty: '请先输入邮箱地址。',
    'not-an-address': '这不是邮件地址。正确的形式如 info@contoso.com。',
    own: '这是该帐户自己的地址，Tidings 已在关注。',
    known: 'Tidings 已在关注此邮箱。',
  },
  listLabel: '{{address}} 的共享邮箱',
  mute: '不显示通知',
  muted: '计数，但不显示通知',
  remove: '移除',
  askAdministrator:
    '您没有 {{address}} 的“完全访问”权限，或者不存在此地址的邮箱：Exchange 对两者的回答相同。' +
    '如果地址无误，请让管理员在 Exchange Online PowerShell 中运行：',
  takesEffect: '最多可能需要一小时才能生效，Tidings 会自动重试。',
  commandLabel: '供管理员使用的命令',
  copyCommand: '复制供管理员使用的命令',
  count_other: '{{number}} 个共享邮箱',
};
