import { beforeEach, describe, expect, it } from 'vitest';
import { AccountRegistry } from '../../../electron/main/accounts/account-registry.ts';
import {
  createLedgerStore,
  emptyMailboxesFile,
  type LedgerStore,
  type MailboxesFile,
} from '../../../electron/main/accounts/ledger-store.ts';
import { AuthFailure } from '../../../electron/main/auth/auth-types.ts';
import type { NewMessages } from '../../../electron/main/imap/new-message.ts';
import { builtInProfile } from '../../../electron/main/profile/deployment-profile.ts';
import type { AccountRecord } from '../../../electron/shared/settings.ts';
import type { SharedMailboxSnapshot } from '../../../electron/shared/snapshot.ts';
import { CONSUMERS_TENANT } from '../../standin/people.ts';
import { refsOf } from '../../support/message-refs.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { ScriptedImap } from '../../support/scripted-imap.ts';

const profile = { ...builtInProfile, clientId: '11111111-1111-4111-8111-111111111111' };
const ada: AccountRecord = {
  id: 'ada',
  homeAccountId: 'oid.3d5c7f0e-2b64-4d0a-8c39-6a9de0b4c501',
  address: 'ada@contoso.example',
  displayName: 'Ada',
  profile,
  addedAt: 1,
  sharedMailboxes: [],
};
const sam: AccountRecord = { ...ada, id: 'sam', homeAccountId: `oid.${CONSUMERS_TENANT}`, address: 'sam@home.example' };
const info = 'info@contoso.example';
const noAccess = { authenticationFailed: true, responseStatus: 'NO', responseText: 'AUTHENTICATE failed.' };

describe('shared mailboxes', () => {
  let clock: FakeClock;
  /** Who may be opened, by address. */
  let servers: Map<string, ScriptedImap>;
  let refusedLogins: string[];
  let renewals: number;
  let refusal: AuthFailure | null;
  let saved: readonly AccountRecord[];
  let kept: { value: MailboxesFile; set: (value: MailboxesFile) => void };
  let ledgers: LedgerStore;
  let told: NewMessages[];
  let removed: string[];
  let muted: string[];
  let accounts: AccountRegistry;

  function start(records: readonly AccountRecord[]): void {
    let ids = 0;
    accounts = new AccountRegistry(records, {
      auth: {
        signIn: () => Promise.reject(new Error('nobody signs in')),
        acquireToken: async ({ homeAccountId }, { forceRefresh }) => {
          if (forceRefresh) renewals += 1;
          if (refusal !== null) throw refusal;
          return { token: `token of ${homeAccountId}`, expiresAt: clock.now() + 3_600_000 };
        },
        removeAccount: () => Promise.resolve(),
        dispose: () => {},
      },
      openSession: async (options) => {
        const server = servers.get(options.credentials.user);
        if (server !== undefined) return server.open(options);
        refusedLogins.push(options.credentials.user);
        throw noAccess;
      },
      loadCa: () => Promise.resolve(undefined),
      ledgers,
      isOnline: () => true,
      clock,
      random: () => 0.5,
      log: recordingLog(),
      onNewMessages: (found) => {
        told.push(found);
        ledgers.settle(refsOf(found));
      },
      onRead: () => {},
      onChange: () => {},
      createId: () => `m${(ids += 1)}`,
      saveRecords: (all) => (saved = all),
      onRemoved: (id) => removed.push(id),
      onMuted: (id) => muted.push(id),
    });
    accounts.start();
  }

  /** The next run of the program, with what was kept. */
  async function startAgain(): Promise<void> {
    await accounts.dispose();
    ledgers = createLedgerStore(kept);
    start(saved);
    await clock.advance(0);
  }

  async function add(address = info): Promise<string> {
    const id = await accounts.addSharedMailbox('ada', address);
    await clock.advance(0);
    return id;
  }

  const mailbox = (): SharedMailboxSnapshot | undefined =>
    accounts.snapshots().find(({ id }) => id === 'ada')?.sharedMailboxes[0];
  const subjects = (): readonly string[] => told.flatMap(({ messages }) => messages.map(({ subject }) => subject));

  beforeEach(async () => {
    clock = new FakeClock();
    servers = new Map([ada.address, sam.address, info].map((address) => [address, new ScriptedImap()]));
    refusedLogins = [];
    renewals = 0;
    refusal = null;
    saved = [];
    kept = {
      value: emptyMailboxesFile,
      set: (value) => (kept.value = value),
    };
    ledgers = createLedgerStore(kept);
    told = [];
    removed = [];
    muted = [];
    start([ada, sam]);
    await clock.advance(0);
  });

  it('are opened with the account’s token and their own address, counted and told of by themselves', async () => {
    const server = servers.get(info);
    server?.deliver('before');
    const id = await add();
    expect(server?.tokens).toEqual([`token of ${ada.homeAccountId}`]);
    expect(mailbox()).toMatchObject({ id, address: info, muted: false, state: { kind: 'watching' }, unreadCount: 1 });
    expect(accounts.snapshots()[0]).toMatchObject({ state: { kind: 'watching' }, unreadCount: 0 });
    server?.deliver('after');
    await clock.advance(0);
    expect(told.at(-1)).toMatchObject({ kind: 'arrived', accountId: id, messages: [{ subject: 'after' }] });
    expect(subjects()).toEqual(['after']);
    expect(accounts.inboxes().map(({ address }) => address)).toEqual([ada.address, info, sam.address]);
  });

  it('give way to the account of whoever signs in to them: nothing is counted twice', async () => {
    const id = await add();
    await accounts.welcome(
      { homeAccountId: 'oid-info.tid', address: info.toUpperCase(), displayName: '' },
      ada.profile,
    );
    expect([saved[0]?.sharedMailboxes, saved.length, removed]).toEqual([[], 3, [id]]);
    expect(JSON.stringify(kept.value)).not.toContain(id);
  });

  it('are remembered, and told of exactly once across restarts', async () => {
    const id = await add();
    expect(saved[0]?.sharedMailboxes).toEqual([{ id, address: info, muted: false }]);
    servers.get(info)?.deliver('one');
    await clock.advance(0);
    await startAgain();
    servers.get(info)?.deliver('two');
    await clock.advance(0);
    expect(subjects()).toEqual(['one', 'two']);
  });

  it.each([
    ['sam', info, 'a personal account'],
    ['ada', ada.address, 'own'],
    ['ada', sam.address, 'known'],
    ['ada', 'nobody', 'not-an-address'],
    ['nobody', info, 'no such account'],
  ])('aren’t added to %s as %s: %s', async (accountId, address, reason) => {
    await expect(accounts.addSharedMailbox(accountId, address)).rejects.toMatchObject({
      message: reason,
      info: { code: 'shared-mailbox-not-added' },
    });
    expect(accounts.inboxes()).toHaveLength(2);
  });

  it('aren’t added twice, not even at the same moment', async () => {
    const both = await Promise.allSettled([add(), add('INFO@contoso.example')]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });

  it('stay listed without access, cost no renewal, and open when asked again once there is some', async () => {
    const id = await add('sales@contoso.example');
    expect(mailbox()?.state).toMatchObject({ kind: 'refused', error: { code: 'shared-mailbox-no-access' } });
    expect(accounts.snapshots()[0]?.state).toEqual({ kind: 'watching' });
    expect(renewals).toBe(0);
    servers.set('sales@contoso.example', new ScriptedImap());
    accounts.checkNow(id);
    await clock.advance(0);
    expect(mailbox()?.state).toEqual({ kind: 'watching' });
  });

  it('without access are tried ten minutes later, once', async () => {
    await add('sales@contoso.example');
    const before = refusedLogins.length;
    await clock.advance(10 * 60_000);
    expect(refusedLogins.length - before).toBe(1);
  });

  it('log in one after the other', async () => {
    await accounts.dispose();
    let underWay = 0;
    let most = 0;
    for (const server of servers.values()) {
      const { open } = server;
      Object.assign(server, {
        open: async (options: Parameters<typeof open>[0]) => {
          underWay += 1;
          most = Math.max(most, underWay);
          await new Promise<void>((resolve) => {
            clock.setTimer(100, resolve);
          });
          underWay -= 1;
          return open(options);
        },
      });
    }
    start([{ ...ada, sharedMailboxes: [{ id: 'm', address: info, muted: false }] }]);
    await clock.advance(1_000);
    expect(mailbox()?.state).toEqual({ kind: 'watching' });
    expect(most).toBe(1);
  });

  it('are muted and counted, and what came meanwhile isn’t told later', async () => {
    const id = await add();
    await accounts.setSharedMailboxMuted(id, true);
    expect(muted).toEqual([id]);
    servers.get(info)?.deliver('quiet');
    await clock.advance(0);
    expect(mailbox()).toMatchObject({ muted: true, unreadCount: 1 });
    await startAgain();
    servers.get(info)?.deliver('quiet after a restart');
    await clock.advance(0);
    expect(mailbox()).toMatchObject({ muted: true, unreadCount: 2 });
    await accounts.setSharedMailboxMuted(id, false);
    expect(muted).toEqual([id]);
    await startAgain();
    servers.get(info)?.deliver('loud');
    await clock.advance(0);
    expect(subjects()).toEqual(['loud']);
  });

  it('report their first look though muted: a digest waits for it', async () => {
    const id = await add();
    await accounts.setSharedMailboxMuted(id, true);
    servers.get(info)?.cut();
    servers.get(info)?.deliver('while away');
    told = [];
    await startAgain();
    expect(told.filter(({ accountId }) => accountId === id)).toEqual([
      { kind: 'while-away', accountId: id, messages: [] },
    ]);
  });

  it('are removed alone: connection, place in the list and what was remembered', async () => {
    const id = await add();
    expect(Object.keys(kept.value.accounts)).toContain(id);
    await accounts.removeSharedMailbox(id);
    expect(servers.get(info)?.live.size).toBe(0);
    expect(servers.get(ada.address)?.live.size).toBe(1);
    expect(mailbox()).toBeUndefined();
    expect(saved[0]?.sharedMailboxes).toEqual([]);
    expect(Object.keys(kept.value.accounts)).not.toContain(id);
    expect(removed).toEqual([id]);
  });

  it('are removed with their account', async () => {
    const id = await add();
    await accounts.remove('ada');
    expect(servers.get(info)?.live.size).toBe(0);
    expect(Object.keys(kept.value.accounts)).toEqual(['sam']);
    expect(removed).toEqual(['ada', id]);
  });

  it('wait where the account needs a sign-in, and go on after it under the account’s new address', async () => {
    const id = await add();
    refusal = new AuthFailure({ code: 'sign-in-expired', at: 0 }, { kind: 'interactive' });
    servers.get(info)?.cut();
    await clock.advance(2_000);
    expect(accounts.snapshots()[0]?.state).toMatchObject({ kind: 'needs-sign-in' });
    expect(mailbox()?.state).toEqual({ kind: 'waits-for-account' });
    refusal = null;
    servers.set('ada.new@contoso.example', new ScriptedImap());
    await accounts.welcome({ ...ada, address: 'ada.new@contoso.example' }, profile);
    await clock.advance(0);
    expect(accounts.snapshots()[0]).toMatchObject({
      id: 'ada',
      address: 'ada.new@contoso.example',
      state: { kind: 'watching' },
      sharedMailboxes: [{ id, address: info, state: { kind: 'watching' } }],
    });
  });

  it('sleep and wake with their account, those that are added in between too', async () => {
    await accounts.suspend();
    const id = await add();
    expect(servers.get(info)?.logins).toBe(0);
    accounts.resume();
    await clock.advance(0);
    expect(mailbox()).toMatchObject({ id, state: { kind: 'watching' } });
  });
});
