/** English words for what a network's proxy does, or doesn't. */
export const enProxyErrors = {
  'proxy-unreachable': {
    title: 'The proxy doesn’t answer',
    action:
      'This network’s way out, a proxy, can’t be reached. If you are on another network now, choose “No proxy” under ' +
      'Network in the menu. Otherwise check its address there, or ask whoever looks after the network.',
  },
  'proxy-sign-in-refused': {
    title: 'The proxy wants a user name and password',
    action:
      'None are set, or these are wrong. Enter them under Network in the menu. They are those of your network, often ' +
      'the ones you log in to this computer with; ask whoever looks after it.',
  },
  'proxy-sign-in-unsupported': {
    title: 'The proxy wants a sign-in that Tidings doesn’t have',
    action:
      'It takes NTLM or Kerberos only; Tidings can sign in to a proxy with a user name and password (Basic). Ask your ' +
      'administrator to let this computer through without, or for a proxy that takes Basic.',
  },
  'proxy-refused': {
    title: 'The proxy doesn’t let Tidings through',
    action:
      'Ask your administrator to allow CONNECT to the sign-in service on port 443 and to the mail server on port 993. ' +
      'Many proxies allow port 443 only.',
  },
  'proxy-no-way': {
    title: 'The proxy couldn’t reach the server',
    action:
      'The proxy itself answered. Mostly its own way out is down, and this passes. If websites open as usual, ask your ' +
      'administrator whether the proxy may reach the mail server.',
  },
  'proxy-untrusted': {
    title: 'The proxy’s own certificate can’t be trusted',
    action:
      'Tidings sent it nothing. The details say who issued the certificate. If it is your organization’s proxy, ask your ' +
      'administrator to put its authority into this computer’s store, or into the file of the deployment profile.',
  },
  'proxy-password-unavailable': {
    title: 'The proxy’s password can’t be read',
    action:
      'It is in the system’s keyring, which is locked or doesn’t answer. Unlock the keyring, or enter the password again ' +
      'under Network in the menu.',
  },
  'proxy-address-invalid': {
    title: 'That isn’t the address of a proxy',
    action:
      'It looks like http://proxy.example:8080 or socks5://proxy.example:1080, without a path or a password in it.',
  },
  'proxy-credentials-invalid': {
    title: 'No proxy takes that user name or password',
    action:
      'A user name for an http or https proxy has no colon in it. For a SOCKS proxy, user name and password have at most ' +
      '255 bytes each, and neither is empty.',
  },
} as const;

/** English words of the view "Network". */
export const enNetwork = {
  menu: 'Network…',
  title: 'Network',
  intro: 'How Tidings reaches Microsoft, for signing in and for mail alike.',
  fixed: 'Your administrator has set this: {{way}}. It can’t be changed here.',
  mode: {
    label: 'Connection',
    system: 'As the system says',
    systemHint: 'Uses the proxy in this computer’s settings, if there is one.',
    none: 'No proxy',
    noneHint: 'Always connects directly.',
    manual: 'This proxy',
    manualHint: 'HTTP, HTTPS or SOCKS 5.',
  },
  address: 'Address',
  user: 'User name (if it wants one)',
  password: 'Password',
  passwordHint:
    'Kept in the system’s keyring, never in a file. Empty keeps the one you gave before. ' +
    'To an http or socks5 proxy it goes unencrypted, as to every program that uses that proxy.',
  use: 'Use this connection',
  used: 'Used from now on.',
  testTitle: 'Does it work?',
  testText: 'Connects to the sign-in service and the mail server in use, and sends neither of them anything.',
  test: 'Test the connection',
  testing: 'Connecting…',
  reached: 'Reached, {{way}}',
  failed: 'Not reached, {{way}}',
  way: { direct: 'directly', proxy: 'by {{proxy}}' },
} as const;
