/** English words of removing everything, for a terminal and a message box. */
export const enRemoval = {
  part: {
    tokens: 'sign-ins saved in the system’s keyring',
    autostart: 'the entry that starts Tidings when you log in: {{place}}',
    data: 'settings, accounts, log and everything else in {{place}}',
  },
  removed: 'Removed: {{what}}',
  none: 'Nothing there: {{what}}',
  ownFilesRemoved: 'Removed: Tidings’ own files in {{place}}; whatever else is in it was left',
  notUsed: 'No keyring can be reached, and by its settings Tidings kept nothing in one ({{detail}})',
  failed: 'NOT removed: {{what}}: {{why}}',
  why: {
    'keyring-locked': 'the keyring is locked; unlock it with your password',
    'keyring-unavailable': 'no keyring can be reached; start it',
  },
  again: 'Run this again once that is mended. It removes what is left.',
  againInTerminal: 'Once that is mended, run “tidings --remove-my-data” in a terminal. It removes what is left.',
  wasRunning: 'Tidings is running. It is asked to quit first…',
  stillRunning:
    'NOT removed: anything. The running Tidings didn’t quit. Choose “Quit Tidings” in its tray menu, then run this again.',
  consent:
    'What you allowed Tidings at Microsoft stays until you withdraw it there: https://account.microsoft.com/privacy/app-access ' +
    '(personal accounts) or https://myapps.microsoft.com (work or school).',
  incomplete: 'Not everything could be removed',
} as const;
