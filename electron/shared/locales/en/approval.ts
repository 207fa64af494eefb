/** English words of asking an administrator: the letter (both processes), the tray and the window. */
export const enApproval = {
  letter: {
    subject: 'Please approve the mail app Tidings',
    greeting: 'Hello,',
    wish:
      'I’d like to use Tidings, a desktop app that counts my unread mail and tells me when new mail arrives. Our ' +
      'organization lets only an administrator approve it. Please open this link, sign in and choose “Accept”:',
    wishFor:
      'I’d like to use Tidings with {{address}}. It’s a desktop app that counts my unread mail and tells me when new ' +
      'mail arrives. Our organization lets only an administrator approve it. Please open this link, sign in and ' +
      'choose “Accept”:',
    whatTitle: 'What you approve',
    whatApp: 'The app with the client id {{clientId}}',
    whatMail: 'to open the mailbox of the person who signs in, by IMAP. Tidings opens it for reading only.',
    whatIdentity: 'to stay signed in, and to know that person’s name and address.',
    whatKind:
      'All of these are delegated permissions: the app can do nothing by itself, and opens nothing that the person ' +
      'who signed in may not open.',
    dataTitle: 'Where the data are',
    dataText:
      'Tidings has no server. It runs on the person’s own computer, which talks to Microsoft directly; mail and tokens ' +
      'go nowhere else. The tokens are kept only on that computer, encrypted by its system, or in memory alone.',
    endTitle: 'How it ends',
    endText:
      'The last page has an address that begins with http://localhost, and your browser will probably say that it ' +
      'can’t be reached. That’s as it should be: if the address has “admin_consent=True” in it and no “error=”, the ' +
      'approval has worked. With “error=” it hasn’t.',
    revokeTitle: 'How to take it back',
    revokeText:
      'In {{portal}}, open “Enterprise apps”, search for {{clientId}}, and delete the app under ' +
      '“Properties”. Nobody can use it from then on.',
    shellTitle: 'Instead of the link: the same by Microsoft Graph PowerShell',
    moreWays: 'More ways, from Microsoft: {{page}}',
    thanks: 'Thank you!',
    /** The same in a line each, for mail programs that take no long letters. */
    note: {
      wish:
        'I’d like to use Tidings, a desktop app that counts my unread mail and tells me of new mail. It needs your ' +
        'approval: please open this link, sign in and choose “Accept”:',
      wishFor:
        'I’d like to use Tidings with {{address}}, a desktop app that counts my unread mail and tells me of new mail. ' +
        'It needs your approval: please open this link, sign in and choose “Accept”:',
      app: 'Client id: {{clientId}}',
      permissions:
        'Delegated permissions: {{mail}} (opens the mailbox of whoever signs in, for reading only); {{identity}}.',
      data: 'There is no server; tokens are kept only on the person’s own computer.',
      revoke: 'To take it back: in {{portal}}, “Enterprise apps”, delete the app.',
      end: 'At the end the page can’t be reached. With “admin_consent=True” and no “error=” in its address, it has worked.',
    },
  },
  portal: 'the Microsoft Entra admin center',
  title: 'Ask your administrator',
  checkAgain: 'Check again',
  ask: 'Ask your administrator',
  pageSaysSo: 'The page says “Need admin approval”?',
  form: {
    text:
      'Many organizations let only an administrator allow mail apps. Tidings prepares what yours needs: a link, and a ' +
      'letter that explains it.',
    label: 'Your work or school address',
    hint: 'It tells which organization is asked. Personal accounts, such as outlook.com, need no approval.',
    go: 'Continue',
    without: 'Continue without it',
    problem: {
      empty: 'Type the address that you sign in with.',
      'not-an-address': 'This isn’t a mail address such as ada@contoso.com.',
      personal: 'This is a personal address, which needs no administrator. Type your work or school address.',
    },
  },
  kit: {
    text: 'Send this letter to whoever looks after your organization’s accounts. Tidings goes on waiting meanwhile.',
    textFor:
      'Send this letter to whoever looks after the account {{address}} in your organization. Tidings goes on waiting ' +
      'meanwhile.',
    letterTitle: 'Your letter',
    letterText: 'It says what is asked for and why, and has the link to approve it.',
    mail: 'Write a mail…',
    mailedShort:
      'Mail programs here take no long letters: the new mail has it all in short. For the whole letter, copy it and ' +
      'paste it there.',
    copyLetter: 'Copy the letter',
    copyLink: 'Copy only the link',
    selfTitle: 'Are you the administrator yourself?',
    selfText:
      'Approve it in your browser now. The last page probably can’t be reached: with “admin_consent=True” and no ' +
      '“error=” in its address, it has worked.',
    openPage: 'Open Microsoft’s page',
    waysTitle: 'Other ways for administrators',
    waysText: 'In {{portal}}, or by PowerShell.',
    portalRequests: 'Where people may send requests: in {{portal}}, “Enterprise apps”, “Admin consent requests”.',
    portalOwn:
      'Where your own organization registered the app: “App registrations”, “API permissions”, “Grant admin consent”.',
    shell: 'By Microsoft Graph PowerShell, also before anybody has asked:',
    copyCommands: 'Copy the commands',
    next: 'Has it been approved? Then sign in once more.',
  },
  row: {
    waiting: 'Waiting for your administrator’s approval',
    since: 'asked {{when}}',
    tried: 'last tried {{when}}',
    show: 'Letter to the administrator',
    remove: 'Stop waiting for {{name}}',
    stop: 'Stop waiting',
  },
  tray: {
    waiting: 'waiting for approval',
    nobody: 'Work or school account',
  },
} as const;
