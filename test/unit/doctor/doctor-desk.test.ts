import { describe, expect, it } from 'vitest';

import { createDoctorDesk } from '../../../electron/main/doctor/doctor-desk.ts';
import type { DoctorAsker } from '../../../electron/main/doctor/connection-doctor.ts';
import { createWords } from '../../../electron/main/i18n.ts';
import type { DoctorRun } from '../../../electron/shared/doctor.ts';
import type { AccountRecord } from '../../../electron/shared/settings.ts';

import { builtInProfile } from '../../../electron/main/profile/deployment-profile.ts';

const recordOf = (id: string): AccountRecord => ({
  id,
  homeAccountId: `${id}.tid`,
  address: `${id}@x.example`,
  displayName: id,
  profile: { ...builtInProfile, clientId: 'c' },
  addedAt: 0,
  sharedMailboxes: [],
});
const words = createWords('en');
const everybody = { account: null, showAddresses: true };

function runOf(id: string, state: DoctorRun['state']): DoctorRun {
  return { accountId: id, address: `${id}@x.example`, server: 'h:993', startedAt: 0, state, steps: [] };
}

/** A desk whose doctor answers what `found` says of an account; null where there is none any more. */
function deskOf(records: readonly AccountRecord[], found: (id: string) => DoctorRun | null) {
  const left: DoctorAsker[] = [];
  const asked: DoctorAsker[] = [];
  const desk = createDoctorDesk({
    doctor: {
      runs: () => [],
      examine: async (id, asker) => {
        asked.push(asker);
        return found(id);
      },
      cancel: (_id, asker) => left.push(asker),
      leave: (asker) => left.push(asker),
    },
    accounts: { records: () => records },
    words,
    appVersion: '1',
  });
  return { asked, desk, left };
}

describe('what a terminal is answered', () => {
  const two = [recordOf('ada'), recordOf('lin')];

  it('is the result of all', async () => {
    const { desk } = deskOf(two, (id) => runOf(id, 'fine'));
    expect(await desk.answer(everybody)).toMatchObject({ kind: 'examined', isFine: true });
    const { desk: half } = deskOf(two, (id) => runOf(id, id === 'lin' ? 'cancelled' : 'fine'));
    expect(await half.answer(everybody)).toMatchObject({ kind: 'examined', isFine: false });
  });

  it('says that there is no account', async () => {
    const { desk } = deskOf([], () => null);
    expect(await desk.answer(everybody)).toEqual({
      kind: 'nothing',
      text: words.translate('doctor.terminal.noAccounts'),
    });
    const { desk: other } = deskOf(two, () => null);
    expect(await other.answer({ ...everybody, account: 'bo@x.example' })).toEqual({
      kind: 'nothing',
      text: 'There is no account bo@x.example.',
    });
  });

  it('says so where Tidings is quitting or the account was just removed, instead of nothing', async () => {
    const { desk } = deskOf(two, () => null);
    expect(await desk.answer(everybody)).toEqual({ kind: 'nothing', text: words.translate('doctor.terminal.ended') });
  });

  it('leaves out an account that was just removed', async () => {
    const { desk } = deskOf(two, (id) => (id === 'lin' ? null : runOf(id, 'fine')));
    expect(await desk.answer(everybody)).toMatchObject({ isFine: true, text: expect.not.stringContaining('lin@') });
  });

  it('ends with the terminal, and with that one alone', async () => {
    const { asked, desk, left } = deskOf(two, (id) => runOf(id, 'fine'));
    const [one, other] = [new AbortController(), new AbortController()];
    await Promise.all([desk.answer(everybody, one.signal), desk.answer(everybody, other.signal)]);
    other.abort();
    expect(new Set(asked).size).toBe(2);
    expect(left).toEqual([asked.at(-1)]);
    expect(left[0]).toBe(asked.at(-1));
    const late = deskOf(two, (id) => runOf(id, 'fine'));
    await late.desk.answer(everybody, other.signal);
    expect(late.left).toEqual([late.asked[0]]);
  });
});
