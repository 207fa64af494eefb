import type { RequestedScopes } from './scopes.ts';

/** One line of the consent page. */
export interface ConsentWant {
  readonly title: string;
  readonly detail: string;
}

const outlookWants: Readonly<Record<string, ConsentWant>> = {
  'IMAP.AccessAsUser.All': {
    title: 'Read and write your mail by IMAP',
    detail: 'See your mailboxes and messages, and change, move or delete them.',
  },
  'POP.AccessAsUser.All': {
    title: 'Read and write your mail by POP',
    detail: 'Fetch your messages, and delete them.',
  },
  'SMTP.Send': { title: 'Send mail as you', detail: 'Send messages from your address.' },
};

/** What the requested scopes mean to a person. */
export function describeWants(scopes: RequestedScopes): readonly ConsentWant[] {
  const wants = scopes.names.map((name) => outlookWants[name] ?? { title: name, detail: scopes.resource });
  if (scopes.identity.includes('offline_access')) {
    wants.push({ title: 'Keep the access you have given it', detail: 'Also while you are not using the app.' });
  }
  if (scopes.identity.includes('profile') || scopes.identity.includes('email')) {
    wants.push({ title: 'See who you are', detail: 'Your name and your mail address.' });
  }
  return wants;
}
