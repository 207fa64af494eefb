import type { AccountSnapshot, AppSnapshot } from '../electron/shared/snapshot.ts';
import { errorWords } from '../electron/shared/error-words.ts';
import { inboxesOf, type Inbox } from './inboxes.ts';
import type { Words } from './words.ts';

/**
 * What a screen reader should say when `next` takes the place of `previous`: accounts and shared mailboxes that
 * came, went or changed their state or count. Connecting is passing, and is left out.
 */
export function announcements(previous: AppSnapshot, next: AppSnapshot, words: Words): readonly string[] {
  const before = new Map(inboxesOf(previous).map((account) => [account.id, account]));
  const said = inboxesOf(next).flatMap((account) => {
    const old = before.get(account.id);
    before.delete(account.id);
    return old === undefined
      ? [words.t('window.announce.added', { name: nameOf(account) })]
      : changesOf(old, account, words);
  });
  const gone = [...before.values()].map((account) => words.t('window.announce.removed', { name: nameOf(account) }));
  return [...said, ...gone];
}

function changesOf(old: Inbox, account: Inbox, words: Words): string[] {
  const said: string[] = [];
  const name = nameOf(account);
  if (old.state.kind !== account.state.kind && account.state.kind !== 'connecting') {
    const state = words.t(`window.accounts.state.${account.state.kind}`);
    said.push(
      account.state.kind === 'watching' || account.state.kind === 'waits-for-account'
        ? words.t('window.announce.state', { name, state })
        : words.t('window.announce.stateWhy', {
            name,
            state,
            why: errorWords(account.state.error, words.t).title,
          }),
    );
  }
  if (account.unreadCount !== null && old.unreadCount !== account.unreadCount) {
    said.push(words.plural('window.announce.unread', account.unreadCount, { name }));
  }
  return said;
}

/** The name to call an account by: the person's, else the address. */
export function nameOf(account: Pick<AccountSnapshot, 'address'> & { readonly displayName?: string }): string {
  const { address, displayName = '' } = account;
  return displayName === '' ? address : displayName;
}
