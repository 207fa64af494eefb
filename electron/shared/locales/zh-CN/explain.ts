import type { Messages } from '../messages.ts';

/** Simplified Chinese words for what Microsoft's refusals of a sign-in mean, and for the place to ask. */
export const zhCNExplain: Messages['explain'] = {
  who: {
    label: '谁能解决：',
    you: '您自己',
    administrator: '您的管理员',
    registration: '注册该应用（客户端 ID）的人',
    microsoft: 'Microsoft——只需等待',
    makers: 'Tidings 的开发者',
    unknown: '请查看 Microsoft 关于此编号的页面',
  },
  ask: {
    question: 'Microsoft 显示了错误？',
    label: 'Microsoft 页面上的内容',
    hint: '只填编号即可，例如 AADSTS50011；也可以粘贴整段消息或页面地址。内容只在这台电脑上读取，不会保留。',
    placeholder: 'AADSTS…',
    explain: '解释',
    nothing: '其中没有错误编号。编号在 Microsoft 页面上的“AADSTS”之后，或在“详细信息”中。',
    lookUp: '查看 Microsoft 的说明',
  },
  cancelled: {
    line: '登录已取消。',
    title: '登录已取消',
    text: '没有做任何更改。如果 Microsoft 的页面显示了错误，Tidings 可以告诉您它的含义。',
  },
  lost: {
    title: 'Tidings 需要您重新登录',
    body: '{{account}}：{{reason}}',
  },
  reasons: {
    'public-client-off': {
      title: '此应用没有注册为桌面应用',
      action: '请在应用注册的“身份验证”中添加平台“移动和桌面应用程序”，并开启“允许公共客户端流”，然后重试。',
    },
    'secret-sent': {
      title: '此应用注册成了需要客户端密码的应用',
      action: 'Tidings 没有也不发送密码。请改在“移动和桌面应用程序”（而非“Web”）下注册，删除密码，然后重试。',
    },
    'redirect-missing': {
      title: '没有登记返回 Tidings 的地址',
      action: '请在应用注册的“身份验证”中，把 http://localhost 原样（不带端口）添加到“移动和桌面应用程序”，然后重试。',
    },
    'client-id-unknown': {
      title: 'Microsoft 在这里找不到此客户端 ID',
      action: '请与应用注册“概述”中的客户端 ID 核对。如果无误，说明该应用注册在另一个组织，且只供那个组织使用。',
    },
    'client-id-microsofts': {
      title: '此客户端 ID 属于 Microsoft 自己的应用',
      action: '其他人不能使用它。请注册自己的应用，并使用它的客户端 ID。',
    },
    'tenant-unknown': {
      title: 'Microsoft 找不到此租户',
      action: '请更正与客户端 ID 一起设置的租户，或将其留空。应用注册的“概述”中显示为“目录(租户) ID”。',
    },
    'other-cloud': {
      title: '此帐户属于另一个 Microsoft 云',
      action: '美国政府云和中国云各有自己的登录页面。请索取适用于该云的配置文件，并在 Tidings 中打开。',
    },
    'single-tenant': {
      title: '此应用只供一个组织使用',
      action: '请在客户端 ID 旁设置该组织的租户；或请注册者把“支持的帐户类型”改为任何目录中的帐户。',
    },
    'account-kind': {
      title: '此应用不接受这类帐户',
      action: '请改用另一类帐户（工作或学校帐户，或个人帐户）登录；或请注册者更改“支持的帐户类型”，使两类都可用。',
    },
    'permission-wrong': {
      title: '应用注册中缺少邮件权限',
      action:
        '请在“API 权限”中添加 IMAP.AccessAsUser.All（委托的权限），它位于 Office 365 Exchange Online 或 ' +
        'Microsoft Graph 下，然后重试。',
    },
    'scopes-wrong': {
      title: '请求的权限有误',
      action:
        'Tidings 配置中的“resource”应为 https://outlook.office.com（其他云各有其值）。请更正配置文件，并重新打开它。',
    },
    'single-page-app': {
      title: '此应用注册成了网页应用',
      action:
        '这样的登录最多维持一天。请在应用注册中把 http://localhost 从“单页应用程序”移到“移动和桌面应用程序”，' +
        '然后重新登录。',
    },
    'consent-missing': {
      title: '缺少对 Tidings 的授权',
      action:
        '可能从未授权，或授权已被撤销。请重新登录并选择“接受”。如果页面上没有“接受”，需要先由管理员批准 Tidings。',
    },
    'consent-declined': {
      title: 'Tidings 没有得到授权',
      action: '请重试，并在 Microsoft 的页面上选择“接受”。如果没有“接受”而是提示需要批准，需要先由管理员批准 Tidings。',
    },
    'admin-approval': {
      title: '需要管理员批准 Tidings',
      action: '您的组织不允许成员自行授权邮件应用。请管理员为它同意“IMAP.AccessAsUser.All”权限，然后重试。',
    },
    'not-assigned': {
      title: '您不在此应用的用户名单中',
      action: '请管理员把您加入：Entra 管理中心 → 企业应用程序 → 该应用 → “用户和组”。然后重试。',
    },
    'app-disabled': {
      title: '您的组织停用了此应用',
      action: '请管理员允许它：Entra 管理中心 → 企业应用程序 → 该应用 → 属性 → “启用以供用户登录”。',
    },
    'no-subscription': {
      title: '您的组织没有 Exchange Online',
      action: '请向管理员确认您的邮箱是否在 Microsoft 365 中、订阅是否有效。Tidings 无法关注别处的邮箱。',
    },
    'conditional-access': {
      title: '您组织的规则阻止了这次登录',
      action: '请把复制的详细信息发给管理员：凭关联 ID 和时间即可在登录日志中查到该规则。换个地点或网络也许可以登录。',
    },
    'device-managed': {
      title: '您的组织要求使用受其管理的电脑',
      action: '请使用组织配置过的电脑，或询问管理员如何注册这台电脑。凭复制的详细信息，管理员可查到该规则。',
    },
    'app-not-approved': {
      title: '您的组织只接受名单上的应用',
      action: '请管理员把 Tidings 加入名单，或将其排除在该规则之外，并把复制的详细信息发给管理员。',
    },
    'tenant-restricted': {
      title: '这两个组织之间不允许登录',
      action: '您的网络或组织只允许登录到指定的组织。如果是私人帐户，请换一个网络；否则请询问管理员。',
    },
    'organization-server': {
      title: '您组织自己的登录服务器出了问题',
      action: '请过几分钟再试。如果仍然如此，请把复制的详细信息发给管理员。',
    },
    'account-not-here': {
      title: '该组织中没有这个帐户',
      action: '请重试并选择另一个帐户，或重新输入地址。如果要在那里使用此帐户，请该组织的管理员邀请您成为来宾。',
    },
    'account-locked': {
      title: '帐户暂时被锁定',
      action: '密码输错次数太多，或登录来自可疑地址。请等 15 分钟后在 Microsoft 的页面上登录，或在那里重置密码。',
    },
    'account-disabled': {
      title: '帐户已被停用',
      action: '只有管理员能重新启用它，之后再登录。',
    },
    'password-wrong': {
      title: '地址与密码不符',
      action: '请在 Microsoft 的页面上重试；忘记密码也可以在那里重置。',
    },
    'password-expired': {
      title: '需要更改密码',
      action: '密码已过期或不再安全。请重新登录，Microsoft 的页面会要求设置新密码。',
    },
    'password-changed': {
      title: '密码已更改，或您已在所有设备上退出登录',
      action: '此后 Microsoft 会终止之前的所有登录。请用现在的密码重新登录。',
    },
    'session-over': {
      title: '登录已失效',
      action: '登录长时间未使用，或被 Microsoft 终止。请重新登录以继续。',
    },
    'session-only': {
      title: '按照您的选择，Tidings 仅在运行期间保留登录',
      action: '请重新登录以继续。只要没有使用密钥环，每次启动都要重新登录。',
    },
    'sign-in-frequency': {
      title: '您的组织要求定期重新登录',
      action: '组织的规则会在一定时间（常为一天）后终止登录，Tidings 无法改变。请重新登录；只有管理员能延长这个时间。',
    },
    'mfa-needed': {
      title: 'Microsoft 需要确认是您本人',
      action: '请重新登录，并按要求用应用、验证码或电话确认。',
    },
    'mfa-registration': {
      title: '您的组织要求设置第二种验证方式',
      action: '请重新登录，并按页面提示设置。如果在这里无法完成，请在单位的电脑上打开 mysignins.microsoft.com 设置。',
    },
    'id-token-asked': {
      title: '那个页面不是 Tidings 打开的',
      action: '它请求了 Tidings 从不请求的内容。请关闭它，并从这里开始登录。',
    },
    'start-again': {
      title: '那个登录页面已失效',
      action: '每个页面只能用一次，且只在几分钟内有效。请关闭它，从这里重试，不要使用“后退”按钮。',
    },
    'malformed-request': {
      title: 'Microsoft 无法理解这个请求',
      action: '请关闭页面，从这里重试。如果仍不行，那是 Tidings 的错误：请附上复制的详细信息报告。',
    },
    looping: {
      title: 'Microsoft 要求暂停',
      action: '短时间内登录次数太多。请等一刻钟，然后只试一次。',
    },
    transient: {
      title: 'Microsoft 登录服务暂时有问题',
      action: '您的帐户没有问题。请等几分钟再试。',
    },
    'unknown-number': {
      title: 'Microsoft 拒绝了登录，编号是 Tidings 不认识的',
      action: 'Microsoft 有页面说明它的含义。如果是工作或学校帐户，也请把复制的详细信息发给管理员，以便查到这次登录。',
    },
  },
};
