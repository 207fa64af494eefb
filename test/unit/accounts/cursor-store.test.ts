import { describe, expect, it } from 'vitest';

import {
  createCursorStore,
  emptyMailboxesFile,
  mailboxesFileSchema,
  type MailboxesFile,
} from '../../../electron/main/accounts/cursor-store.ts';

function create() {
  const kept = {
    value: emptyMailboxesFile,
    set(value: MailboxesFile) {
      kept.value = value;
    },
  };
  return { kept, store: createCursorStore(kept) };
}

const cursor = { uidValidity: '18446744073709551615', lastUid: 12 };

describe('the cursor store', () => {
  it('knows nothing of a mailbox it never saw', () => {
    expect(create().store.read('a', 'INBOX')).toBeNull();
  });

  it('keeps accounts and mailboxes apart, in a form that the file takes', () => {
    const { kept, store } = create();
    store.write('a', 'INBOX', cursor);
    store.write('a', 'Archive', { ...cursor, lastUid: 1 });
    store.write('b', 'INBOX', { ...cursor, lastUid: 2 });
    expect(store.read('a', 'INBOX')).toEqual(cursor);
    expect(mailboxesFileSchema.parse(structuredClone(kept.value))).toEqual(kept.value);
  });

  it('forgets an account wholly and leaves the others', () => {
    const { store } = create();
    store.write('a', 'INBOX', cursor);
    store.write('b', 'INBOX', cursor);
    store.remove('a');
    expect(store.read('a', 'INBOX')).toBeNull();
    expect(store.read('b', 'INBOX')).toEqual(cursor);
  });
});
