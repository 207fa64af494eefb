import type { Messages } from '../messages.ts';

/** Simplified Chinese words of the connection doctor. */
export const zhCNDoctor: Messages['doctor'] = {
  again: '重新检查',
  cancel: '取消',
  copy: '复制结果',
  copyJson: '复制为 JSON',
  withAddresses: '包含完整地址',
  intro: 'Tidings 会在现有连接之外，一步一步走完通往邮箱的全程，不改动任何内容。',
  headline: '{{address}} 到 {{server}} 的连接',
  took: '{{ms}} 毫秒',
  state: {
    running: '正在检查…',
    fine: '一切正常。',
    failed: '有问题。',
    cancelled: '未完成即停止。',
  },
  stepState: {
    waiting: '尚未检查',
    running: '正在检查',
    passed: '正常',
    failed: '失败',
  },
  step: {
    dns: '查找服务器名称',
    tcp: '连接服务器',
    tls: '加密并核对证书',
    token: '获取令牌',
    'sign-in': '登录邮件服务器',
    capabilities: '询问服务器的功能',
    mailbox: '打开邮箱',
    push: '等待推送',
  },
  facts: {
    dns: '{{host}}：{{addresses}}',
    proxy: '{{host}}：经代理 {{proxy}}，由它查找名称',
    tcp: '{{address}}，端口 {{port}}',
    tcpByProxy: '经代理 {{proxy}}：{{address}}，端口 {{port}}',
    tls: '{{version}}，{{name}}',
    nameFits: '证书属于该服务器',
    nameDiffers: '证书属于另一个名称',
    certificate: '证书：{{subject}}，颁发者 {{issuer}}，{{from}} 至 {{to}}',
    token: '有效期至 {{until}}',
    tokenOwner: '属于 {{owner}}',
    tokenFor: '用于 {{audience}}',
    tokenScopes: '允许 {{scopes}}',
    'sign-in': '以 {{user}} 的身份',
    capabilities: '{{names}}',
    mailbox_other: '{{mailbox}}，{{count}} 封邮件',
    push: {
      idle: '服务器会推送（IDLE）',
      polling: '每分钟询问一次',
    },
  },
  remark: {
    'clock-wrong': '这台计算机的时钟{{offset}}。请校准：证书和令牌都按它核对。',
    inspected: '证书只因系统或 Tidings 设置中的颁发机构“{{issuer}}”而有效：您的组织可以读取此连接。',
    'no-push': '服务器不推送，因此新邮件最多可能晚一分钟才通知。',
    'sign-in-service-unreachable': '手头的令牌有效，但目前无法连接 Microsoft 登录服务获取下一个。',
  },
  ahead: '快了 {{time}}',
  behind: '慢了 {{time}}',
  cause: {
    'name-unknown': {
      title: '没有这个名称的服务器',
      action: '请检查设置中的邮件服务器名称。如果无误，请询问负责您网络或其 DNS 的人。',
    },
    'name-server-silent': {
      title: '域名服务没有应答',
      action: '您网络的 DNS 出了故障或被阻止。请重启路由器，或关闭、打开 VPN，然后重新检查。',
    },
    'no-network': {
      title: '这台计算机没有通往服务器的路',
      action: '请连接到网络。如果其他网站可用，请向负责您网络或 VPN 的人询问路由。',
    },
    'port-refused': {
      title: '连接被拒绝',
      action: '防火墙阻止了 993 端口，或者那里没有服务。请换一个网络，或请管理员开放该端口。',
    },
    'port-silent': {
      title: '服务器在该端口上没有应答',
      action: '多半是防火墙丢弃了 993 端口的数据。请换一个网络，或请管理员开放该端口。',
    },
    'captive-portal': {
      title: '应答的是此网络的登录页面',
      action: '请在浏览器中打开任意网站，在那里登录或接受条款，然后重新检查。',
    },
    intercepted: {
      title: '途中有人解开了加密：“{{issuer}}”',
      action:
        '证书名称正确，但该颁发机构不受信任：可能是代理或杀毒软件，也可能是攻击。' +
        '如果属于您的组织，请索取其 CA 证书文件并写入设置。否则请换一个网络。',
    },
    'certificate-self-signed': {
      title: '服务器只为自己作保',
      action: '其证书没有他人签发，什么也证明不了。请询问服务器的管理者，或换一个网络。',
    },
    'certificate-wrong-name': {
      title: '证书属于另一台服务器：{{name}}',
      action: '请检查设置中的邮件服务器名称。如果无误，说明有别的东西在代它应答：请换一个网络。',
    },
    'certificate-expired': {
      title: '证书已于 {{at}} 过期',
      action: '请先检查这台计算机的日期。如果无误，服务器的管理者必须更新证书。',
    },
    'certificate-not-yet-valid': {
      title: '证书在 {{at}} 之前无效',
      action: '请检查这台计算机的日期：它很可能不对。',
    },
    'clock-wrong': {
      title: '这台计算机的时钟不对：{{offset}}',
      action: '请校准日期、时间和时区，最好设为自动，然后重新检查。',
    },
    'tls-too-old': {
      title: '服务器的加密过于陈旧',
      action: '它不提供 TLS 1.2 或更高版本。服务器或其前面代理的管理者必须更新。',
    },
    'not-tls': {
      title: '那里的应答没有加密',
      action: '请检查设置中的主机和端口：正确的端口是 993。',
    },
    'tls-cut': {
      title: '加密开始时连接被切断',
      action: '多半是防火墙或代理切断的。请换一个网络，或询问管理员。',
    },
    'tls-failed': {
      title: '未能建立加密连接',
      action: '请换一个网络。如果依然如此，请复制结果并发给管理员。',
    },
    'wrong-user': {
      title: '令牌属于 {{owner}}，邮箱属于 {{user}}',
      action: '请以 {{user}} 的身份重新登录。如果地址已更改，请移除该帐户，再用新地址添加。',
    },
    'imap-switched-off': {
      title: '此邮箱关闭了 IMAP',
      action: '令牌没有问题，但服务器不放行。管理员可以在 Exchange Online PowerShell 中打开 IMAP。最长需要一小时生效。',
    },
    'imap-switched-off-personal': {
      title: '此邮箱关闭了 IMAP',
      action: '请在 Outlook.com 的设置中，于“邮件”>“转发和 IMAP”下允许设备和应用使用 IMAP，保存后重新检查。',
    },
    'connection-limit': {
      title: '此邮箱的连接过多',
      action: '请关闭这台和其他设备上使用同一邮箱的邮件程序，等几分钟后重新检查。',
    },
    'sign-in-refused': {
      title: '服务器拒绝了令牌',
      action: '请重新登录。如果依然如此，请复制结果并发给管理员。',
    },
    throttled: {
      title: '服务器要求暂停',
      action: '不知哪个程序对该邮箱询问得太频繁。这会过去：请稍后重新检查。',
    },
    'server-unavailable': {
      title: '邮件服务器不可用',
      action: '问题在 Microsoft 一方，通常会过去。请几分钟后重新检查。',
    },
    'mailbox-missing': {
      title: '没有名为“{{mailbox}}”的邮箱文件夹',
      action: '它被重命名或删除了，或者该帐户还没有邮件。请在 Outlook 网页版中查看。',
    },
    'mailbox-refused': {
      title: '服务器不打开邮箱文件夹',
      action: '请复制结果并发给管理员：服务器的答复会说明原因。',
    },
    'push-unanswered': {
      title: '服务器没有应答推送请求',
      action: '新邮件会晚到，甚至收不到。可能被代理或防火墙拦住：请换一个网络。',
    },
    'timed-out': {
      title: '服务器应答太慢',
      action: '连接可能很慢，或在途中受阻。请稍等，然后重新检查。',
    },
    'connection-lost': {
      title: '连接断开了',
      action: '请重新检查。如果每次都这样，请换一个网络：可能是防火墙切断的。',
    },
    'server-odd': {
      title: '服务器给出了意料之外的答复',
      action: '请重新检查。如果依然如此，请复制结果并报告。',
    },
    'stopped-early': {
      title: '检查时间过长，已经结束',
      action: '连接很慢，或在途中受阻。请重新检查，或换一个网络。',
    },
  },
  portalAt: '它是 {{host}}。',
  throttledFor: '它要求等待 {{time}}。',
  command: '给管理员的命令',
  copyCommand: '复制给管理员的命令',
  fact: '{{label}}：{{value}}',
  said: '它的答复：{{text}}',
  alsoPossible: '也可能是：',
  maybe: {
    'captive-portal': '此网络的登录页面',
    'no-network': '没有网络',
    'certificate-self-signed': '只为自己作保的服务器',
    intercepted: '解开加密的代理或杀毒软件',
    'clock-wrong': '这台计算机的时钟不对',
    'connection-limit': '此邮箱的连接过多',
    'imap-just-off': 'IMAP 刚刚被关闭：已打开的连接还会持续一段时间',
    'chain-incomplete': '服务器没有发送完整的证书链：请询问其管理者',
    'wrong-user': '令牌属于他人',
    'sign-in-refused': '令牌不再被接受：请重新登录',
  },
  terminal: {
    noAccounts: '还没有帐户。请启动 Tidings 并添加一个。',
    noSuchAccount: '没有帐户 {{address}}。',
    noAnswer: '正在运行的 Tidings 没有应答。请在其托盘菜单中退出，然后重新运行。',
    noPlace: '正在运行的 Tidings 没有地方存放答复：临时文件夹均不可写入。请将 TMPDIR 设为可写入的文件夹。',
    ended: 'Tidings 正在退出，或者该帐户刚被移除。请重新运行。',
    sessionOnly: '登录只在 Tidings 运行期间保存。请启动它并登录，然后重新运行。',
  },
};
