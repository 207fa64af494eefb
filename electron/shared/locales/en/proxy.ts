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
} as const;
