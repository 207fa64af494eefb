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
      '令牌只保存在这台电脑的系统密钥环中，并经过加密。',
    endTitle: '完成时的样子',
    endText:
      '最后一页的地址以 http://localhost 开头，浏览器很可能会提示无法访问。这是正常的：' +
      '如果地址中有“admin_consent=True”而没有“error=”，就表示批准已成功；有“error=”则表示没有成功。',
    revokeTitle: '如何撤销',
    revokeText:
      '在 Microsoft Entra 管理中心打开“企业应用”，搜索 {{clientId}}，在“属性”中删除该应用。此后任何人都不能再使用它。',
    shellTitle: '也可以不用链接，而用 Microsoft Graph PowerShell 完成同样的操作',
    thanks: '谢谢！',
  },
  tray: {
    waiting: '等待批准',
    nobody: '工作或学校帐户',
  },
};
