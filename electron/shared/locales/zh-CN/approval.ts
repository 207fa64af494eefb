import type { Messages } from '../messages.ts';

/** Simplified Chinese words of asking an administrator. */
export const zhCNApproval: Messages['approval'] = {
  letter: {
    subject: '请批准邮件应用 Tidings',
    greeting: '您好！',
    wish:
      '我想使用 Tidings。这是一款桌面应用，用来统计我的未读邮件，并在新邮件到达时提醒我。' +
      '我们组织规定只有管理员才能批准它。请打开以下链接，登录后选择“接受”：',
    wishFor:
      '我想用 {{address}} 使用 Tidings。这是一款桌面应用，用来统计我的未读邮件，并在新邮件到达时提醒我。' +
      '我们组织规定只有管理员才能批准它。请打开以下链接，登录后选择“接受”：',
    whatTitle: '您将批准的内容',
    whatApp: '客户端 ID 为 {{clientId}} 的应用',
    whatMail: '通过 IMAP 打开登录者本人的邮箱。Tidings 只以只读方式打开。',
    whatIdentity: '保持登录状态，并得知登录者的姓名和邮箱地址。',
    whatKind: '以上均为委托权限：应用自身无权做任何事，也打不开登录者本人无权打开的内容。',
    dataTitle: '数据保存在哪里',
    dataText:
      'Tidings 没有服务器。它在使用者自己的电脑上运行，直接与 Microsoft 通信，邮件和令牌不会发往别处。' +
      '令牌只保存在这台电脑上，由系统加密，或仅保留在内存中。',
    endTitle: '完成时的样子',
    endText:
      '最后一页的地址以 http://localhost 开头，浏览器很可能会提示无法访问。这是正常的：' +
      '如果地址中有“admin_consent=True”而没有“error=”，就表示批准已成功；有“error=”则表示没有成功。',
    revokeTitle: '如何撤销',
    revokeText: '在 {{portal}} 打开“企业应用”，搜索 {{clientId}}，在“属性”中删除该应用。此后任何人都不能再使用它。',
    shellTitle: '也可以不用链接，而用 Microsoft Graph PowerShell 完成同样的操作',
    moreWays: 'Microsoft 介绍的其他方式：{{page}}',
    thanks: '谢谢！',
    note: {
      wish: '我想使用 Tidings（统计未读邮件并提醒新邮件的桌面应用），需要您批准。请打开链接，登录并选择“接受”：',
      wishFor:
        '我想用 {{address}} 使用 Tidings（统计未读邮件并提醒新邮件的桌面应用），需要您批准。请打开链接，登录并选择“接受”：',
      app: '客户端 ID：{{clientId}}',
      permissions: '委托权限：{{mail}}（以只读方式打开登录者的邮箱）；{{identity}}',
      data: '没有服务器，令牌只保存在使用者的电脑上。',
      revoke: '撤销：在 {{portal}} 的“企业应用”中删除该应用。',
      end: '最后一页打不开：地址中有 admin_consent=True 而没有 error= 即成功。',
    },
  },
  portal: 'Microsoft Entra 管理中心',
  title: '请管理员批准',
  checkAgain: '再次检查',
  ask: '请管理员批准',
  pageSaysSo: '页面提示“需要管理员批准”？',
  form: {
    text: '许多组织规定只有管理员才能允许邮件应用。Tidings 会准备好管理员需要的内容：一个链接和一封说明信。',
    label: '您的工作或学校邮箱地址',
    hint: '用来确定由哪个组织批准。outlook.com 等个人帐户不需要批准。',
    go: '继续',
    without: '不填写并继续',
    problem: {
      empty: '请输入您登录所用的地址。',
      'not-an-address': '这不是邮箱地址，正确的形式如 ada@contoso.com。',
      personal: '这是个人邮箱地址，不需要管理员批准。请输入您的工作或学校邮箱地址。',
    },
  },
  kit: {
    text: '请把这封信发给您组织中负责帐户的人。在此期间 Tidings 会一直等待。',
    textFor: '请把这封信发给您组织中负责帐户 {{address}} 的人。在此期间 Tidings 会一直等待。',
    letterTitle: '您的信',
    letterText: '信中说明了请求的内容和原因，并附有批准链接。',
    mail: '写邮件…',
    mailedShort: '这里的邮件程序不接受长信：新邮件中是简短的版本，要点齐全。需要完整的信，请复制后粘贴过去。',
    copyLetter: '复制这封信',
    copyLink: '只复制链接',
    selfTitle: '您自己就是管理员？',
    selfText:
      '现在就可以在浏览器中批准。最后一页很可能无法访问：' +
      '如果其地址中有“admin_consent=True”而没有“error=”，就表示已成功。',
    openPage: '打开 Microsoft 的页面',
    waysTitle: '管理员的其他方式',
    waysText: '{{portal}} 或 PowerShell。',
    portalRequests: '如果成员可以提交申请：{{portal}} →“企业应用”→“管理员同意请求”。',
    portalOwn: '如果应用由您的组织注册：“应用注册”→“API 权限”→“授予管理员同意”。',
    shell: '使用 Microsoft Graph PowerShell，在有人申请之前也可以：',
    copyCommands: '复制命令',
    next: '已经批准了吗？请再登录一次。',
  },
  row: {
    waiting: '正在等待管理员批准',
    since: '提出于{{when}}',
    tried: '上次尝试：{{when}}',
    show: '给管理员的信',
    remove: '不再等待 {{name}}',
    stop: '不再等待',
  },
  tray: {
    waiting: '等待批准',
    nobody: '工作或学校帐户',
  },
};
