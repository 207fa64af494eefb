/** English words for the errors of shared mailboxes. */
export const enSharedMailboxErrors = {
  'shared-mailbox-no-access': {
    title: 'This mailbox doesn’t open for you',
    action:
      'Check its address. If it is right, you have no Full Access to it: your administrator can give it to you. ' +
      'Exchange doesn’t say which of the two it is.',
  },
  'shared-mailbox-not-added': {
    title: 'This mailbox can’t be added',
    action:
      'Add one that isn’t in the list yet, by its mail address, under a work or school account: personal accounts ' +
      'have no shared mailboxes.',
  },
} as const;

/** English words of shared mailboxes in the window. */
export const enSharedMailboxes = {
  add: 'Add shared mailbox…',
  title: 'Add a shared mailbox',
  intro: 'Tidings opens it with the sign-in of {{address}}. That account needs Full Access to it.',
  addressLabel: 'Address of the mailbox',
  addressPlaceholder: 'info@contoso.com',
  confirm: 'Add',
  problem: {
    empty: 'Enter the mailbox’s address first.',
    'not-an-address': 'This isn’t a mail address. One looks like info@contoso.com.',
    own: 'This is the account’s own address, which Tidings watches already.',
    known: 'Tidings watches this mailbox already.',
  },
  listLabel: 'Shared mailboxes of {{address}}',
  mute: 'Without notifications',
  muted: 'Counted without notifications',
  remove: 'Remove',
  /** Above the command. */
  askAdministrator:
    'You have no Full Access to {{address}}, or there is no mailbox with this address: Exchange gives the same ' +
    'answer to both. If the address is right, ask your administrator to run this in Exchange Online PowerShell:',
  /** Below it. */
  takesEffect: 'It can take up to an hour to work. Tidings tries again by itself.',
  commandLabel: 'Command for your administrator',
  copyCommand: 'Copy the command for your administrator',
  /** Beside "In 3 accounts". */
  count_one: '{{number}} shared mailbox',
  count_other: '{{number}} shared mailboxes',
} as const;
