import type { Messages } from '../messages.ts';

/** Simplified Chinese words of the token inspector, and of the view that it lives in. */
export const zhCNInspector: Messages['inspector'] = {
  menu: '检查令牌…',
  checkConnection: '检查连接…',
  checkTitle: '检查连接',
  title: '检查令牌',
  intro:
    '粘贴访问令牌，即可查看其内容，以及它能否通过 IMAP 打开个人的邮箱。令牌只在这台电脑上解读：Tidings 不会发送、保存或记录它。',
  ownText: '查看 Tidings 为此帐户持有的令牌内容。令牌本身不会离开原处。',
  own: '检查此帐户的令牌',
  field: '令牌',
  placeholder: 'eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiIs…',
  mailbox: '要打开的邮箱',
  anyMailbox: '不限',
  inspect: '检查',
  clear: '清除',
  tooLong: '令牌不会这么长。请只粘贴令牌。',
  result: '结果',
  source: {
    own: 'Tidings 为 {{address}} 持有的令牌',
    pasted: '您粘贴的内容',
    pastedFor: '您粘贴的内容，对照 {{address}} 检查',
    answer: '您粘贴的 XOAUTH2 或 OAUTHBEARER 应答中的令牌',
    answerFor: '您粘贴的 XOAUTH2 或 OAUTHBEARER 应答中的令牌，对照 {{address}} 检查',
  },
  also: '此外',
  claims: '令牌的内容',
  none: '无',
  fact: {
    audience: '服务 (aud)',
    subject: '代表',
    scopes: '委托权限 (scp)',
    roles: '应用角色 (roles)',
    idtyp: '类型 (idtyp)',
    user: '用户 (upn)',
    objectId: '对象 ID (oid)',
    tenantId: '租户 (tid)',
    appId: '应用 (appid)',
    issuer: '颁发者 (iss)',
    cloud: '云',
    version: '版本 (ver)',
    mailbox: '请求的邮箱 (user)',
    issuedAt: '颁发时间 (iat)',
    notBefore: '生效时间 (nbf)',
    expiresAt: '失效时间 (exp)',
  },
  subject: { person: '一个人', app: '一个应用', unknown: '未知' },
  cloud: { public: 'Microsoft 公有云', 'us-government': '美国政府云', china: '中国（世纪互联）' },
  verdict: {
    fits: {
      title: '此令牌可以打开邮箱',
      text: '它代表一个人，用于 Exchange Online，并允许 IMAP.AccessAsUser.All。签名是否有效、IMAP 是否开启，只有邮件服务器知道。',
    },
    opaque: {
      title: '只有 Microsoft 能读取此令牌',
      text: '这很正常：Outlook.com、Hotmail 等个人帐户的访问令牌是不公开的。这不代表令牌有问题，由邮件服务器决定。',
    },
    nothing: { title: '这里没有令牌', text: '请先在输入框中粘贴令牌。' },
    'too-long': { title: '作为令牌来说太长了', text: '请只粘贴令牌。' },
    'not-a-token': {
      title: '这不是 Tidings 认识的令牌',
      text: '可读取的访问令牌由两个点分成三段，以“eyJ”开头。复制时可能漏掉了一部分。',
    },
    encrypted: {
      title: '此令牌已加密',
      text: '只有它所用于的服务才能读取。Exchange Online 的令牌不是这种形式。',
    },
    'refresh-token': {
      title: '这看起来是刷新令牌或授权码，而不是访问令牌',
      text:
        '程序用它向 Microsoft 换取访问令牌，邮件服务器不接受它。它相当于帐户的钥匙：请勿转交他人；如果别人见过它，' +
        '请在 Microsoft 的安全页面上退出所有登录。',
    },
    'client-secret': {
      title: '这看起来是客户端密码，而不是令牌',
      text: '应用用它证明自己的身份。Tidings 不需要它，任何桌面应用也不需要。如果别人见过它，请在应用注册中将其删除。',
    },
    'id-token': {
      title: '这是 ID 令牌，不是访问令牌',
      text: '它只告诉应用谁登录了，不能打开任何东西。访问令牌在同一个响应中，名为“access_token”。',
    },
  },
  problem: {
    'app-only': {
      title: '此令牌代表一个应用，而不是一个人',
      text:
        '应用自己通过 client_credentials 流程和“.default”权限范围取得了它。没有人授予它任何权限，因此它没有 scp，其 oid ' +
        '也是应用自己的。它无法通过 IMAP 打开个人的邮箱：服务器会回答“AUTHENTICATE failed”。',
      fix:
        '请让用户本人登录：在浏览器中使用带 PKCE 的授权码流程，并由本人同意权限 ' +
        'https://outlook.office.com/IMAP.AccessAsUser.All。在 Tidings 中添加帐户时正是这样做的。',
    },
    'app-only-with-role': {
      title: '此令牌代表一个应用：这是服务器访问邮箱的方式',
      text:
        '应用自己通过 client_credentials 流程取得了它。它有 IMAP.AccessAsApp 角色，但 Exchange 只让它进入管理员向此应用' +
        '开放的邮箱，对其他邮箱则回答“AUTHENTICATE failed”。它需要密码或证书，而桌面应用无法妥善保管，因此 Tidings 不使用这种方式。',
      fix:
        '如果是用户本人在电脑前使用：请采用带 PKCE 的授权码流程和权限 ' +
        'https://outlook.office.com/IMAP.AccessAsUser.All。在 Tidings 中添加帐户时正是这样做的。',
    },
    'graph-resource': {
      title: '此令牌用于 Microsoft Graph，而不是 IMAP',
      text: '每个访问令牌只用于一项服务。无论权限叫什么名字，邮件服务器只接受给它自己的令牌。',
      fix:
        '请求权限时请写全名 https://outlook.office.com/IMAP.AccessAsUser.All。如果前面没有地址，Microsoft ' +
        '会把它当作 Graph 的权限。',
    },
    'other-resource': {
      title: '此令牌用于另一项服务',
      text: '它的 aud 写明了它能打开的服务，而那不是 Exchange Online。',
      fix: '请以权限 https://outlook.office.com/IMAP.AccessAsUser.All 请求令牌。',
    },
    'scope-missing': {
      title: '此令牌不允许使用 IMAP',
      text: '它用于 Exchange Online，但其权限 (scp) 中没有 IMAP.AccessAsUser.All。',
      fix:
        '请在应用注册中添加该权限，登录时请求 https://outlook.office.com/IMAP.AccessAsUser.All，并取得同意；' +
        '在许多组织中须由管理员同意。',
    },
    'other-tenant': {
      title: '此令牌来自另一个组织',
      text: '它的租户 (tid) 不是 {{expected}} 所属的租户，因此无法打开该邮箱。',
      fix: '请在其所属租户中以 {{expected}} 登录；来宾在别的组织中没有邮箱。',
    },
    'other-user': {
      title: '此令牌属于另一个人',
      text: '它不是 {{expected}} 的令牌。服务器会回答“authenticated but not connected”，或者拒绝。',
      fix: '请以 {{expected}} 登录。共享邮箱用自己的令牌打开，前提是已获得访问权限。',
    },
    'other-mailbox': {
      title: '请求的邮箱不属于令牌的主人',
      text:
        '令牌属于 {{owner}}，而 user= 写的是 {{mailbox}}。只有对该邮箱拥有完全访问权限的人，Exchange ' +
        '才会让其打开；否则会回答“authenticated but not connected”，或者拒绝。',
      fix: '如果要打开自己的邮箱，请在 user= 后填写 {{owner}}。如果是共享邮箱，请由管理员授予 {{owner}} 完全访问权限。',
    },
    expired: {
      title: '此令牌已过期',
      text: '它已于 {{at}} 失效。令牌通常在 60 到 90 分钟后失效。',
      fix: '请取得新的令牌；程序会用刷新令牌自动更新。如果它本应有效，请检查这台电脑的时钟。',
    },
    'not-yet-valid': {
      title: '此令牌尚未生效',
      text: '它从 {{at}} 起生效，那是将来的时间。',
      fix: '请检查这台电脑的日期、时间和时区：很可能是时钟慢了。',
    },
  },
  server: {
    title: '致管理员：让服务器读取邮箱',
    text:
      '没有用户参与的程序可以以应用身份使用 IMAP (IMAP.AccessAsApp)。请在 Microsoft Entra 中授予应用该权限' +
      '（“Office 365 Exchange Online”下的“应用程序权限”），并代表组织同意。然后在 Exchange Online PowerShell ' +
      '中注册其服务主体，并逐个开放邮箱：',
    commands: 'Exchange Online PowerShell 命令',
    copy: '复制这些命令',
    note:
      'ObjectId 是“企业应用程序”中的对象 ID，不是应用注册中的。请求令牌时使用 https://outlook.office365.com/.default，' +
      'XOAUTH2 的 user= 填写邮箱地址。',
  },
};
