import { beforeEach, describe, expect, it } from 'vitest';

import {
  emptyLostSignInsFile,
  LostSignIns,
  type LostSignInsFile,
  lostSignInsFileSchema,
} from '../../../electron/main/accounts/lost-sign-ins.ts';
import type { AppErrorInfo } from '../../../electron/shared/app-error.ts';
import type { AccountState } from '../../../electron/shared/snapshot.ts';
import { accountOf } from '../../preview/snapshots.ts';

const frequency: AppErrorInfo = {
  code: 'sign-in-expired',
  explanation: 'sign-in-frequency',
  who: 'you',
  at: 5,
  aadsts: '70043',
  correlationId: '6f1f2a50-7f0c-4a58-9d8e-0d6c1d0f6f9e',
};
/** All that a run knows which finds no token. */
const noToken: AppErrorInfo = { code: 'sign-in-expired', at: 9 };

describe('a lost sign-in', () => {
  let file: LostSignInsFile;
  let said: string[];

  beforeEach(() => {
    file = emptyLostSignInsFile;
    said = [];
  });

  /** A run of the program on the same file. */
  function start(): { ada(state: AccountState): AccountState | undefined; follow: LostSignIns; gone(): void } {
    const kept = {
      get value() {
        return file;
      },
      set(value: LostSignInsFile) {
        // As it would be read again.
        file = lostSignInsFileSchema.parse(structuredClone(value));
      },
    };
    const follow = new LostSignIns({
      kept,
      onLost: ({ id }, { aadsts }) => said.push(`lost ${id} ${aadsts ?? ''}`),
      onRegained: (id) => said.push(`regained ${id}`),
    });
    return {
      follow,
      ada(state) {
        const accounts = [accountOf('ada', { state })];
        follow.follow(accounts);
        return follow.explained(accounts)[0]?.state;
      },
      gone: () => {
        follow.follow([]);
      },
    };
  }

  const lost = (error: AppErrorInfo): AccountState => ({ kind: 'needs-sign-in', error });

  it('is said once, however often it is tried', () => {
    const run = start();
    run.ada(lost(frequency));
    run.ada({ kind: 'connecting' });
    run.ada(lost({ ...frequency, at: 6 }));
    run.ada({ kind: 'offline', error: noToken, retryAt: 1 });
    run.ada(lost(noToken));
    expect(said).toEqual(['lost ada 70043']);
  });

  it('is not said again by the next run, which still knows why', () => {
    start().ada(lost(frequency));
    const next = start();
    next.ada({ kind: 'connecting' });
    expect(next.ada(lost(noToken))).toEqual(lost(frequency));
    expect(said).toEqual(['lost ada 70043']);
  });

  it('takes a newer reason, without saying it once more', () => {
    const run = start();
    run.ada(lost(frequency));
    const disabled: AppErrorInfo = { ...frequency, explanation: 'account-disabled', aadsts: '50057', at: 7 };
    expect(run.ada(lost(disabled))).toEqual(lost(disabled));
    expect(said).toHaveLength(1);
  });

  it('is over when the account is watched again: the next one is another', () => {
    const run = start();
    run.ada(lost(frequency));
    run.ada({ kind: 'watching' });
    expect(file.lost).toEqual({});
    run.ada(lost(noToken));
    expect(said).toEqual(['lost ada 70043', 'regained ada', 'lost ada ']);
  });

  it('is over when the person has signed in, also where the mail server can’t be reached yet', () => {
    const run = start();
    run.ada(lost(frequency));
    run.follow.regained('ada');
    run.follow.regained('ada');
    expect(said).toEqual(['lost ada 70043', 'regained ada']);
    expect(run.ada(lost(noToken))).toEqual(lost(noToken));
  });

  it('is no news where the person chose that it ends with each run, but shown', () => {
    const sessionOver: AppErrorInfo = { code: 'sign-in-expired', explanation: 'session-only', who: 'you', at: 3 };
    expect(start().ada(lost(sessionOver))).toEqual(lost(sessionOver));
    start().ada(lost({ ...sessionOver, at: 4 }));
    expect(said).toEqual([]);
    // One that was refused before says more.
    file = { schemaVersion: 1, lost: { ada: frequency } };
    expect(start().ada(lost(sessionOver))).toEqual(lost(frequency));
  });

  it('whose reason a later version wrote costs the others nothing', () => {
    const later = { ...frequency, explanation: 'what-nobody-knows-yet' };
    expect(lostSignInsFileSchema.parse({ schemaVersion: 1, lost: { ada: frequency, ben: later, eve: 7 } })).toEqual({
      schemaVersion: 1,
      lost: { ada: frequency },
    });
    expect(lostSignInsFileSchema.safeParse({ schemaVersion: 1, lost: [] }).success).toBe(false);
  });

  it('is known to be the provider’s refusal, or not', () => {
    const run = start();
    run.ada(lost(frequency));
    expect(run.follow.refusalOf('ada')).toEqual(frequency);
    run.ada({ kind: 'watching' });
    run.ada(lost(noToken));
    expect(run.follow.refusalOf('ada')).toBeNull();
    expect(run.follow.refusalOf('ben')).toBeNull();
  });

  it('is forgotten with the account', () => {
    const run = start();
    run.ada(lost(frequency));
    run.gone();
    expect(file.lost).toEqual({});
    expect(said).toEqual(['lost ada 70043', 'regained ada']);
  });

  it('is on the disk before it is said', () => {
    const kept = { value: emptyLostSignInsFile, set: () => said.push('kept') };
    const follow = new LostSignIns({ kept, onLost: () => said.push('lost'), onRegained: () => {} });
    follow.follow([accountOf('ada', { state: lost(frequency) })]);
    expect(said).toEqual(['kept', 'lost']);
  });

  it('costs no write while nothing changes', () => {
    const run = start();
    run.ada(lost(frequency));
    const before = file;
    run.ada(lost({ ...frequency, at: 8 }));
    run.ada({ kind: 'connecting' });
    expect(file).toBe(before);
  });
});
