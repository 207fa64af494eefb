/** English words for a sign-in that became another account's than the one asked for. */
export const enOtherAccount = {
  title: 'That was another account',
  text: 'Tidings asked for {{askedFor}}, but you signed in as {{signedIn}}.',
  undecided: 'You can add that one as a further account; until you do, nothing of it is kept.',
  known: 'Tidings has that one already. To sign in as {{askedFor}}, try again.',
  again: 'Sign in as {{askedFor}}',
  add: 'Add {{signedIn}}',
  leave: 'Neither',
} as const;
