import type { enProxyErrors } from '../en/proxy.ts';
import type { Messages } from '../messages.ts';

/** Simplified Chinese words for what a network's proxy does, or doesn't. */
export const zhCNProxyErrors: Readonly<
  Record<keyof typeof enProxyErrors, { readonly title: string; readonly action: string }>
> = {
  'proxy-unreachable': {
    title: '代理服务器没有响应',
    action:
      '无法连接到此网络的出口代理。如果您已换到其他网络，请在菜单的“网络”中选择“不使用代理”；否则请在那里检查代理地址，或联系网络管理人员。',
  },
  'proxy-sign-in-refused': {
    title: '代理服务器要求用户名和密码',
    action:
      '尚未设置，或设置有误。请在菜单的“网络”中输入。它们属于您所在的网络，通常与登录这台电脑时使用的相同；如不清楚，请询问网络管理人员。',
  },
  'proxy-sign-in-unsupported': {
    title: '代理服务器要求 Tidings 不支持的登录方式',
    action:
      '它只接受 NTLM 或 Kerberos，而 Tidings 只能用用户名和密码（Basic）登录代理。请让管理员允许这台电脑免登录通过，或提供支持 Basic 的代理。',
  },
  'proxy-refused': {
    title: '代理服务器不允许 Tidings 通过',
    action: '请让管理员允许 CONNECT 到登录服务的 443 端口和邮件服务器的 993 端口。许多代理只允许 443 端口。',
  },
  'proxy-no-way': {
    title: '代理服务器无法连接到服务器',
    action:
      '代理本身有响应，多半是它的出口暂时中断，通常会自行恢复。如果网页能正常打开，请询问管理员代理是否允许连接邮件服务器。',
  },
  'proxy-untrusted': {
    title: '无法信任代理服务器自身的证书',
    action:
      'Tidings 没有向它发送任何内容。详细信息中有证书的颁发者。如果这是您单位的代理，请让管理员把其颁发机构加入这台电脑的证书存储，或部署配置所指的文件。',
  },
  'proxy-password-unavailable': {
    title: '无法读取代理服务器的密码',
    action: '密码保存在系统的密钥环中，而密钥环已锁定或没有响应。请解锁密钥环，或在菜单的“网络”中重新输入密码。',
  },
  'proxy-address-invalid': {
    title: '这不是代理服务器的地址',
    action: '地址应类似 http://proxy.example:8080 或 socks5://proxy.example:1080，其中不含路径或密码。',
  },
  'proxy-credentials-invalid': {
    title: '代理服务器不会接受这样的用户名或密码',
    action: 'http 或 https 代理的用户名不能含有冒号。SOCKS 代理的用户名和密码各不能超过 255 字节，也都不能为空。',
  },
};

/** Simplified Chinese words of the view "Network". */
export const zhCNNetwork: Messages['network'] = {
  menu: '网络…',
  title: '网络',
  intro: 'Tidings 如何连接到 Microsoft，登录和收信都是如此。',
  fixed: '此项由管理员设定：{{way}}，不能在这里更改。',
  mode: {
    label: '连接方式',
    system: '跟随系统',
    systemHint: '如果这台电脑设置了代理，就使用它。',
    none: '不使用代理',
    noneHint: '始终直接连接。',
    manual: '使用此代理',
    manualHint: 'HTTP、HTTPS 或 SOCKS 5。',
  },
  address: '地址',
  user: '用户名（如果需要）',
  password: '密码',
  passwordHint:
    '保存在系统的密钥环中，绝不写入文件。留空则沿用之前输入的密码。发送给 http 或 socks5 代理时不加密，其他使用该代理的程序也是如此。',
  use: '使用此连接方式',
  used: '从现在起使用。',
  testTitle: '能连通吗？',
  testText: '连接到正在使用的登录服务和邮件服务器，但不向它们发送任何内容。',
  test: '测试连接',
  testing: '正在连接…',
  reached: '已连通，{{way}}',
  failed: '未连通，{{way}}',
  way: { direct: '直接连接', proxy: '经由 {{proxy}}' },
};
