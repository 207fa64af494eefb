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
      'go nowhere else. The tokens are kept only on that computer, in the system’s keyring, encrypted.',
    endTitle: 'How it ends',
    endText:
      'The last page has an address that begins with http://localhost, and your browser will probably say that it ' +
      'can’t be reached. That’s as it should be: if the address has “admin_consent=True” in it and no “error=”, the ' +
      'approval has worked. With “error=” it hasn’t.',
    revokeTitle: 'How to take it back',
    revokeText:
      'In the Microsoft Entra admin center, open “Enterprise apps”, search for {{clientId}}, and delete the app under ' +
      '“Properties”. Nobody can use it from then on.',
    shellTitle: 'Instead of the link: the same by Microsoft Graph PowerShell',
    thanks: 'Thank you!',
  },
  tray: {
    waiting: 'waiting for approval',
    nobody: 'Work or school account',
  },
} as const;
