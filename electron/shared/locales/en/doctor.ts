/** English words of the connection doctor. */
export const enDoctor = {
  again: 'Check again',
  cancel: 'Cancel',
  copy: 'Copy result',
  copyJson: 'Copy as JSON',
  withAddresses: 'With full addresses',
  intro:
    'Tidings goes the whole way to the mailbox step by step, beside the connection that is open, and changes nothing.',
  headline: 'Connection of {{address}} to {{server}}',
  took: '{{ms}} ms',
  state: {
    running: 'Checking…',
    fine: 'Everything works.',
    failed: 'Something is wrong.',
    cancelled: 'Stopped before the end.',
  },
  stepState: {
    waiting: 'Not yet checked',
    running: 'Checking',
    passed: 'In order',
    failed: 'Failed',
  },
  step: {
    dns: 'Find the server’s name',
    tcp: 'Reach the server',
    tls: 'Encrypt and check its certificate',
    token: 'Get a token',
    'sign-in': 'Sign in to the mail server',
    capabilities: 'Ask what the server can do',
    mailbox: 'Open the mailbox',
    push: 'Wait for push',
  },
  facts: {
    dns: '{{host}}: {{addresses}}',
    proxy: '{{host}}: by the proxy {{proxy}}, which finds the name',
    tcp: '{{address}}, port {{port}}',
    tcpByProxy: 'by the proxy {{proxy}}: {{address}}, port {{port}}',
    tls: '{{version}}, {{name}}',
    nameFits: 'the certificate is for the server',
    nameDiffers: 'the certificate is for another name',
    certificate: 'Certificate: {{subject}}, by {{issuer}}, {{from}} to {{to}}',
    token: 'valid until {{until}}',
    tokenOwner: 'of {{owner}}',
    tokenFor: 'for {{audience}}',
    tokenScopes: 'allows {{scopes}}',
    'sign-in': 'as {{user}}',
    capabilities: '{{names}}',
    mailbox_one: '{{mailbox}}, {{count}} message',
    mailbox_other: '{{mailbox}}, {{count}} messages',
    push: {
      idle: 'the server pushes (IDLE)',
      polling: 'asked every minute',
    },
  },
  remark: {
    'clock-wrong': 'This computer’s clock is {{offset}}. Set it right: certificates and tokens are checked by it.',
    inspected:
      'The certificate holds only by “{{issuer}}”, an authority from your system or Tidings’ set-up: your organization can read this connection.',
    'no-push': 'The server doesn’t push, so new mail may be told up to a minute late.',
    'sign-in-service-unreachable':
      'The token at hand is good, but Microsoft’s sign-in service couldn’t be reached for the next one.',
  },
  ahead: '{{time}} fast',
  behind: '{{time}} slow',
  cause: {
    'name-unknown': {
      title: 'There is no server of this name',
      action:
        'Check the mail server’s name in the set-up. If it is right, ask whoever looks after your network or its DNS.',
    },
    'name-server-silent': {
      title: 'The name service doesn’t answer',
      action:
        'Your network’s DNS is down or blocked. Restart the router, or switch the VPN off or on, then check again.',
    },
    'no-network': {
      title: 'This computer has no way to the server',
      action: 'Connect to a network. If others work, ask whoever looks after your network or VPN about a route to it.',
    },
    'port-refused': {
      title: 'The connection is refused',
      action:
        'A firewall blocks port 993, or nothing listens there. Try another network, or ask your administrator to open it.',
    },
    'port-silent': {
      title: 'The server doesn’t answer on its port',
      action: 'A firewall most likely drops port 993. Try another network, or ask your administrator to open it.',
    },
    'captive-portal': {
      title: 'A log-in page of this network answers instead',
      action: 'Open any website in your browser, log in or accept the terms there, then check again.',
    },
    intercepted: {
      title: 'Somebody on the way opens the encryption: “{{issuer}}”',
      action:
        'The certificate has the right name, but this authority isn’t trusted: a proxy or virus scanner, or an attack. ' +
        'If it is your organization’s, ask for its CA certificate file and name it in the set-up. Otherwise use another network.',
    },
    'certificate-self-signed': {
      title: 'The server vouches only for itself',
      action:
        'Its certificate is by nobody else, so it proves nothing. Ask whoever runs the server, or use another network.',
    },
    'certificate-wrong-name': {
      title: 'The certificate is for another server: {{name}}',
      action:
        'Check the mail server’s name in the set-up. If it is right, something else answers for it: try another network.',
    },
    'certificate-expired': {
      title: 'The certificate has expired, on {{at}}',
      action: 'Check this computer’s date first. If it is right, whoever runs the server has to renew the certificate.',
    },
    'certificate-not-yet-valid': {
      title: 'The certificate isn’t valid before {{at}}',
      action: 'Check this computer’s date: it is most likely wrong.',
    },
    'clock-wrong': {
      title: 'This computer’s clock is wrong: {{offset}}',
      action: 'Set date, time and time zone right, best automatically, then check again.',
    },
    'tls-too-old': {
      title: 'The server’s encryption is too old',
      action: 'It doesn’t offer TLS 1.2 or later. Whoever runs the server, or the proxy before it, has to update it.',
    },
    'not-tls': {
      title: 'What answers there isn’t encrypted',
      action: 'Check host and port in the set-up: port 993 is the right one.',
    },
    'tls-cut': {
      title: 'The connection is cut while encryption begins',
      action: 'A firewall or a proxy most likely ends it. Try another network, or ask your administrator.',
    },
    'tls-failed': {
      title: 'No encrypted connection came about',
      action: 'Try another network. If it stays so, copy the result and send it to your administrator.',
    },
    'wrong-user': {
      title: 'The token is {{owner}}’s, the mailbox {{user}}’s',
      action:
        'Sign in again as {{user}}. If the address was changed, remove the account and add it anew under its new address.',
    },
    'imap-switched-off': {
      title: 'IMAP is switched off for this mailbox',
      action:
        'The token is in order, but the server doesn’t let it in. An administrator can switch IMAP on, in Exchange Online ' +
        'PowerShell. It takes up to an hour.',
    },
    'imap-switched-off-personal': {
      title: 'IMAP is switched off for this mailbox',
      action:
        'In Outlook.com’s settings, under Mail > Forwarding and IMAP, let devices and apps use IMAP, save, and check again.',
    },
    'connection-limit': {
      title: 'Too many connections to this mailbox',
      action:
        'Close mail programs on this and other devices that use the same mailbox, wait a few minutes, check again.',
    },
    'sign-in-refused': {
      title: 'The server refuses the token',
      action: 'Sign in again. If it stays so, copy the result and send it to your administrator.',
    },
    throttled: {
      title: 'The server asks for a pause',
      action: 'The mailbox was asked too often, by whatever program. It passes: check again later.',
    },
    'server-unavailable': {
      title: 'The mail server isn’t available',
      action: 'The trouble is on Microsoft’s side and usually passes. Check again in a few minutes.',
    },
    'mailbox-missing': {
      title: 'There is no mailbox “{{mailbox}}”',
      action: 'It was renamed or deleted, or the account has no mail yet. Look for it in Outlook on the web.',
    },
    'mailbox-refused': {
      title: 'The server doesn’t open the mailbox',
      action: 'Copy the result and send it to your administrator: what the server said tells them why.',
    },
    'push-unanswered': {
      title: 'The server doesn’t answer the wish for push',
      action: 'New mail is found late or not at all. A proxy or firewall may hold it back: try another network.',
    },
    'timed-out': {
      title: 'The server took too long to answer',
      action: 'The connection may be slow or held up on the way. Wait a moment, then check again.',
    },
    'connection-lost': {
      title: 'The connection was lost',
      action: 'Check again. If it happens each time, try another network: a firewall may end it.',
    },
    'server-odd': {
      title: 'The server gave an answer nobody expects',
      action: 'Check again. If it stays so, copy the result and report it.',
    },
    'stopped-early': {
      title: 'The check took too long and was ended',
      action: 'The connection is very slow or held up on the way. Check again, or try another network.',
    },
  },
  portalAt: 'It is {{host}}.',
  throttledFor: 'It asked for {{time}}.',
  command: 'Command for an administrator',
  copyCommand: 'Copy the command for an administrator',
  fact: '{{label}}: {{value}}',
  said: 'It said: {{text}}',
  alsoPossible: 'It may also be:',
  maybe: {
    'captive-portal': 'a log-in page of this network',
    'no-network': 'no network',
    'certificate-self-signed': 'a server that vouches only for itself',
    intercepted: 'a proxy or virus scanner that opens the encryption',
    'clock-wrong': 'a wrong clock of this computer',
    'connection-limit': 'too many connections to this mailbox',
    'imap-just-off': 'IMAP, switched off a moment ago: the connection that is open goes on for a while',
    'chain-incomplete': 'a server that doesn’t send its whole chain of certificates: ask whoever runs it',
    'wrong-user': 'a token of another person',
    'sign-in-refused': 'a token that is no longer accepted: sign in again',
  },
  terminal: {
    noAccounts: 'There is no account yet. Start Tidings and add one.',
    noSuchAccount: 'There is no account {{address}}.',
    noAnswer: 'The running Tidings doesn’t answer. Quit it in its tray menu, then run this again.',
    noPlace:
      'The running Tidings has no place for its answer: no folder for temporary files can be written. Set TMPDIR to one.',
    ended: 'Tidings is just quitting, or the account was removed. Run this again.',
    sessionOnly: 'Sign-ins are kept only while Tidings runs. Start it, sign in, then run this again.',
  },
} as const;
