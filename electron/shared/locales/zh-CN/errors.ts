import type { Messages } from '../messages.ts';
import { zhCNSharedMailboxErrors } from './shared-mailboxes.ts';
import { zhCNProxyErrors } from './proxy.ts';

/** Simplified Chinese words for every failure. */
export const zhCNErrors: Messages['errors'] = {
  'network-unreachable': {
    title: '无法连接到 Microsoft',
    action: '请确认这台电脑已联网，且没有被防火墙或 VPN 拦截，然后重试。',
  },
  'dns-failed': {
    title: '找不到服务器的地址',
    action: '请检查网络连接。如果网页能正常打开，请联系负责网络或 VPN 的人员。',
  },
  'timed-out': {
    title: '服务器迟迟没有响应',
    action: '网络可能较慢，或在途中被拦截。请稍等片刻再试。',
  },
  'certificate-untrusted': {
    title: '此连接不可信',
    action:
      '这台电脑不信任服务器的证书，因此 Tidings 没有发送任何内容。请换一个网络，或向管理员索取所在组织的 CA 证书文件。',
  },
  'identity-unavailable': {
    title: 'Microsoft 登录服务暂不可用',
    action: '问题出在 Microsoft 一方，通常很快恢复。请过几分钟再试。',
  },
  'identity-misconfigured': {
    title: '登录地址有误',
    action: 'Tidings 配置中的地址不是登录服务。请检查租户和配置文件，或询问提供它们的人。',
  },
  'browser-failed': {
    title: '无法打开浏览器',
    action: '请确认这台电脑已设置默认浏览器，然后重试。',
  },
  'mail-program-failed': {
    title: '无法打开邮件程序',
    action: '请改为复制这封信，再粘贴到新邮件中。',
  },
  'sign-in-cancelled': {
    title: '登录已取消',
    action: '没有做任何更改，您可以随时重试。',
  },
  'sign-in-timed-out': {
    title: '未能及时完成登录',
    action:
      'Tidings 会等待浏览器五分钟。请重试，直到页面提示可以返回 Tidings。' +
      '如果 Microsoft 的页面显示了错误，Tidings 可以告诉您它的含义。',
  },
  'consent-refused': {
    title: 'Tidings 没有得到授权',
    action: '只有经您允许，Tidings 才能关注您的邮箱。请重试，并在 Microsoft 的页面上选择“接受”。',
  },
  'admin-approval-needed': {
    title: '需要管理员批准 Tidings',
    action: '您的组织不允许成员自行授权邮件应用。“请管理员批准”中有一封写给管理员的信，附有批准链接。',
  },
  'approval-not-needed': {
    title: '此帐户不需要管理员批准',
    action: '这是个人帐户。请重新登录，并在 Microsoft 的页面上选择“接受”。',
  },
  'approvals-too-many': {
    title: '等待批准的帐户太多',
    action: 'Tidings 最多等待 20 个。请先停止等待不再需要的帐户，然后再试。',
  },
  'client-id-refused': {
    title: 'Microsoft 不接受此客户端 ID',
    action:
      '客户端 ID、租户或帐户类型不匹配。请注册者确认该应用是公共客户端，重定向为 http://localhost，并允许您这类帐户登录。',
  },
  'sign-in-refused': {
    title: 'Microsoft 拒绝了登录',
    action: '请重试，或换一个帐户。如果是工作或学校帐户，请复制详细信息交给管理员，由其查明原因。',
  },
  'sign-in-expired': {
    title: '登录已失效',
    action: '更改密码后或时间较长时会这样。请重新登录以继续。',
  },
  'other-account-signed-in': {
    title: '您登录的是另一个帐户',
    action: '没有做任何更改。请重新登录，并选择 Tidings 中显示的帐户。',
  },
  'token-unfit': {
    title: 'Microsoft 发放的令牌不能用于邮箱',
    action:
      'Tidings 没有使用它。可能是应用注册缺少 IMAP.AccessAsUser.All 权限，或配置中写的是另一项服务：请询问注册此应用的人。' +
      '帐户菜单中的“检查连接”可查看详情。',
  },
  'client-id-missing': {
    title: 'Tidings 还没有客户端 ID',
    action: '请打开配置文件、粘贴客户端 ID，或自行注册一个。',
  },
  'imap-sign-in-refused': {
    title: '邮件服务器拒绝了登录',
    action:
      '请重新登录。如果仍不行，可能是 IMAP 未开启：Outlook.com 帐户请查看其邮件设置，工作或学校帐户请询问管理员。',
  },
  'imap-not-connected': {
    title: '已登录，但邮箱打不开',
    action: '通常是此邮箱未开启 IMAP，或同时使用它的邮件程序太多。请关闭其中一些，或询问管理员是否允许您使用 IMAP。',
  },
  'imap-mailbox-refused': {
    title: '无法打开收件箱',
    action: '请看看网页版 Outlook 能否打开您的邮件。如果能，请复制详细信息询问管理员。',
  },
  'imap-unavailable': {
    title: '邮件服务器暂不可用',
    action: '问题出在服务器一方，通常很快恢复。Tidings 会自动重试。',
  },
  'imap-throttled': {
    title: '邮件服务器要求暂停',
    action: '短时间内的请求太多，可能来自多个邮件程序。Tidings 会等够所需时间，然后自动继续。',
  },
  'imap-connection-lost': {
    title: '与邮件服务器的连接已断开',
    action: 'Tidings 会自动重新连接。如果持续如此，请检查网络连接。',
  },
  'imap-tls-failed': {
    title: '无法与邮件服务器建立加密连接',
    action:
      'Tidings 没有发送任何内容。对方不使用 TLS，或只支持过时的版本：请检查配置文件中邮件服务器的主机和端口' +
      '（加密的 IMAP 使用端口 993，而不是 143），或询问提供该文件的人。',
  },
  'imap-protocol': {
    title: '邮件服务器的回应出乎意料',
    action: '可能有别的东西代替服务器作了回应，例如 Wi-Fi 登录页。请打开一个网页看看，然后重试。',
  },
  ...zhCNSharedMailboxErrors,
  ...zhCNProxyErrors,
  'keyring-unavailable': {
    title: '这台电脑没有可用的密钥环',
    action: '请安装或启动一个，例如 GNOME Keyring 或 KWallet，然后重新检测；也可以只把登录保留到退出 Tidings 为止。',
  },
  'keyring-locked': {
    title: '密钥环已锁定',
    action:
      '请在密钥环弹出的窗口中输入它的密码，通常就是您登录这台电脑的密码；点击“重新检测”可再次弹出该窗口。' +
      '也可以只把登录保留到退出 Tidings 为止。',
  },
  'keyring-lost': {
    title: '密钥环已停止运行',
    action:
      'Tidings 会继续关注您的邮件，但在密钥环恢复运行之前无法保存登录。请重新启动密钥环，或注销这台电脑后重新登录。' +
      'Tidings 运行期间不会丢失任何信息；退出后可能需要重新登录帐户。',
  },
  'token-cache-damaged': {
    title: '无法读取已保存的登录信息',
    action: '原文件已另存，Tidings 将从头开始。请重新登录各个帐户。',
  },
  'disk-full': {
    title: '磁盘已满',
    action: '请腾出一些空间。在此之前，退出 Tidings 时更改可能会丢失。',
  },
  'disk-failed': {
    title: 'Tidings 无法保存',
    action: '请确认您可以写入 Tidings 的数据文件夹，且磁盘正常，然后重试。',
  },
  'settings-damaged': {
    title: '无法读取设置',
    action: '原文件已用别的名称保留，Tidings 使用默认设置启动。请重新添加帐户。',
  },
  'notifications-unavailable': {
    title: '无法显示通知',
    action:
      '此桌面没有通知服务，或者通知已被关闭。请启动通知服务，或在系统设置中允许通知。托盘图标和此窗口会继续统计。',
  },
  'profile-invalid': {
    title: '配置中有错误',
    action: '详细信息指出了有误的字段。请更正，或询问提供文件的人。',
  },
  unexpected: {
    title: '发生了意外错误',
    action: '请重试。如果再次出现，请退出并重新启动 Tidings，并报告您当时的操作。',
  },
};
