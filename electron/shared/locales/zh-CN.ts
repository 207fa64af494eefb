import type { Messages } from './messages.ts';
import { zhCNDoctor } from './zh-CN/doctor.ts';
import { zhCNApproval } from './zh-CN/approval.ts';
import { zhCNErrors } from './zh-CN/errors.ts';
import { zhCNExplain } from './zh-CN/explain.ts';
import { zhCNOtherAccount } from './zh-CN/other-account.ts';
import { zhCNInspector } from './zh-CN/inspector.ts';
import { zhCNNetwork } from './zh-CN/proxy.ts';
import { zhCNRemoval } from './zh-CN/removal.ts';
import { zhCNVault } from './zh-CN/vault.ts';
import { zhCNWindow } from './zh-CN/window.ts';

/** Simplified Chinese. */
export const zhCN: Messages = {
  app: {
    name: 'Tidings',
  },
  tray: {
    unread_other: '{{count}} 封未读',
    nothingUnread: '没有未读邮件',
    noAccounts: '尚未添加帐户',
    headline: '{{app}} — {{status}}',
    accountLine: '{{account}}：{{status}}',
    state: {
      connecting: '正在连接…',
      'needs-sign-in': '需要您重新登录',
      'waits-for-account': '等待其帐户登录',
      refused: '邮箱拒绝访问',
      offline: '离线',
    },
    stateSince: '{{state}}，{{time}} 时有 {{unread}}',
    lastChecked: '{{state}}，上次检查：{{ago}}',
    moreAccounts_other: '…另有 {{count}} 个帐户',
    checkNow: '立即检查',
    open: '打开 Tidings',
    quit: '退出 Tidings',
  },
  notification: {
    noSender: '未知发件人',
    noSubject: '（无主题）',
    toAccount: '收件帐户：{{account}}',
    toAccounts: '收件帐户：{{accounts}}',
    summary_other: '{{count}} 封新邮件',
    whileAway_other: '您不在时收到 {{count}} 封新邮件',
    cameWhileAway: '您不在时收到',
    fromSenders: '发件人：{{senders}}',
    others: '其他人',
  },
  dialog: {
    openSetUpFile: '打开设置文件',
    setUpFiles: 'Tidings 设置文件',
    cantStart: 'Tidings 无法启动',
    badProfile: '部署配置无法使用。请更正后重新启动 Tidings。',
    forbiddenSwitches: '下列启动参数会削弱安全保护。请去掉后再启动 Tidings：{{switches}}',
    appImageWithoutSandbox:
      '此系统不允许 AppImage 为窗口使用沙盒，而 Tidings 不会在没有沙盒的情况下运行。请改为安装 .deb 软件包，其中包含沙盒所需的设置。',
    filesUnreadable: '无法使用 Tidings 的文件。请确保您对此文件夹有读写权限，然后重新启动：{{folder}}',
    runsInTray: 'Tidings 仍在托盘中运行',
    runsInTrayBody: '它会继续检查您的邮件。要退出，请在托盘菜单中选择“退出 Tidings”。',
    windowFailed: '窗口意外关闭',
    windowFailedBody: 'Tidings 仍在检查您的邮件。点击可重新打开窗口。',
    signedInTitle: '请返回 Tidings',
    signedInBody: 'Tidings 会完成登录并显示您的帐户。您可以关闭此标签页，返回 Tidings。',
    signInFailedTitle: '登录未成功',
    signInFailedBody: '请关闭此标签页并返回 Tidings，那里会说明原因和解决办法。',
  },
  doctor: zhCNDoctor,
  approval: zhCNApproval,
  network: zhCNNetwork,
  removal: zhCNRemoval,
  errors: zhCNErrors,
  explain: zhCNExplain,
  window: zhCNWindow,
  otherAccount: zhCNOtherAccount,
  inspector: zhCNInspector,
  vault: zhCNVault,
};
