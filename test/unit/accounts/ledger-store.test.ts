import { describe, expect, it } from 'vitest';

import {
  createLedgerStore,
  emptyMailboxesFile,
  mailboxesFileMigrations,
  mailboxesFileSchema,
  type MailboxesFile,
} from '../../../electron/main/accounts/ledger-store.ts';

function create() {
  const kept = {
    value: emptyMailboxesFile,
    writes: 0,
    set(value: MailboxesFile) {
      kept.value = value;
      kept.writes += 1;
    },
  };
  return { kept, store: createLedgerStore(kept) };
}

const uidValidity = '18446744073709551615';
const selected = { uidValidity, uidNext: 13 };
const arrive = (uid: number) => ({ uid, seen: false });

describe('the ledger store', () => {
  it('knows nothing of a mailbox it never saw', () => {
    expect(create().store.ledger('a', 'INBOX').uidValidity).toBeNull();
  });

  it('keeps accounts and mailboxes apart, in a form that the file takes', () => {
    const { kept, store } = create();
    store.ledger('a', 'INBOX').select(selected);
    store.ledger('a', 'Archive').select({ ...selected, uidNext: 2 });
    store.ledger('b', 'INBOX').select({ ...selected, uidNext: 3 });
    expect(kept.value.accounts).toEqual({
      a: { INBOX: { uidValidity, lastUid: 12, settled: [] }, Archive: { uidValidity, lastUid: 1, settled: [] } },
      b: { INBOX: { uidValidity, lastUid: 2, settled: [] } },
    });
    expect(mailboxesFileSchema.parse(structuredClone(kept.value))).toEqual(kept.value);
  });

  it('gives out the same ledger for every connection, so that nothing is found twice', () => {
    const { store } = create();
    store.ledger('a', 'INBOX').select(selected);
    store.ledger('a', 'INBOX').take([arrive(13)]);
    expect(store.ledger('a', 'INBOX').take([arrive(13)])).toEqual([]);
  });

  it('settles what one notification tells of several accounts in one write, so that no kill finds half of it', () => {
    const { kept, store } = create();
    for (const id of ['a', 'b']) {
      store.ledger(id, 'INBOX').select(selected);
      store.ledger(id, 'INBOX').take([arrive(13)]);
    }
    const { writes } = kept;
    const refs = ['a', 'b'].map((accountId) => ({ accountId, mailbox: 'INBOX', uidValidity, uid: 13 }));
    store.settle(refs);
    expect(kept.writes - writes).toBe(1);
    expect(['a', 'b'].map((id) => kept.value.accounts[id]?.['INBOX']?.lastUid)).toEqual([13, 13]);
    store.settle(refs);
    expect(kept.writes - writes).toBe(1);
  });

  it('settles what is told by account, mailbox and UIDVALIDITY', () => {
    const { kept, store } = create();
    for (const id of ['a', 'b']) {
      store.ledger(id, 'INBOX').select(selected);
      store.ledger(id, 'INBOX').take([arrive(13)]);
    }
    const ref = { accountId: 'a', mailbox: 'INBOX', uidValidity, uid: 13 };
    store.settle([
      { ...ref, uidValidity: '1' },
      { ...ref, mailbox: 'Archive' },
      { ...ref, accountId: 'nobody' },
    ]);
    expect(kept.value.accounts['a']?.['INBOX']?.lastUid).toBe(12);
    store.settle([ref]);
    expect(kept.value.accounts['a']?.['INBOX']?.lastUid).toBe(13);
    expect(kept.value.accounts['b']?.['INBOX']?.lastUid).toBe(12);
    store.reopen([ref]);
    expect(kept.value.accounts['a']?.['INBOX']?.lastUid).toBe(12);
  });

  it('forgets an account wholly, whatever its connection still says, and leaves the others', () => {
    const { kept, store } = create();
    const ledger = store.ledger('a', 'INBOX');
    ledger.select(selected);
    store.ledger('b', 'INBOX').select(selected);
    store.remove('a');
    ledger.select({ ...selected, uidValidity: '5' });
    expect(Object.keys(kept.value.accounts)).toEqual(['b']);
  });

  it('reads what version 1 kept', () => {
    const old = { schemaVersion: 1, accounts: { a: { INBOX: { uidValidity: '7', lastUid: 4 } } } };
    const migrated = mailboxesFileSchema.parse({ ...mailboxesFileMigrations[1](old), schemaVersion: 2 });
    expect(migrated.accounts['a']?.['INBOX']).toEqual({ uidValidity: '7', lastUid: 4, settled: [] });
    expect(() => mailboxesFileMigrations[1]({ schemaVersion: 1, accounts: { a: 5 } })).toThrow();
  });
});
