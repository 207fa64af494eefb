import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { systemClock } from '../../electron/main/clock.ts';
import type { AppSnapshot, SharedMailboxSnapshot } from '../../electron/shared/snapshot.ts';
import { walkSignIn } from '../standin/identity/page-walker.ts';
import { ada } from '../standin/people.ts';
import { type HeadlessApp, startHeadlessApp } from '../support/headless-app.ts';
import { imapServerNames } from '../support/imap-server.ts';
import { type MailWorld, startMailWorld } from '../support/mail-world.ts';

const info = 'info@contoso.example';
const closed = 'bookkeeping@contoso.example';
const from = { name: 'Bo', address: 'bo@example.org' };

/*
 * Dovecot has no delegates: its shared mailbox is open to whoever has an address of its domain. It stands for a real
 * server that takes a token of one person for the `user` of another; who may and who may not is the stand-in's part.
 */
describe.each(imapServerNames)('shared mailboxes at the %s', (name) => {
  let folder: string;
  let world: MailWorld;
  let app: HeadlessApp;
  let accountId: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tidings-shared-'));
    world = await startMailWorld(name, { folder: join(folder, 'world'), sharedMailboxes: [info] });
  });

  afterAll(async () => {
    await world.dispose();
    rmSync(folder, { recursive: true });
  });

  beforeEach(async () => {
    world.imap.clearFaults();
    world.identity.setAccessTokenLifetime(3_600);
    app = await startHeadlessApp({ folder: join(folder, 'data'), profile: world.profile, clock: systemClock });
    await walkSignIn(await app.beginSignIn(), ada, 'accept');
    const { accounts } = await app.snapshots.waitFor((snapshot) => snapshot.accounts[0]?.state.kind === 'watching');
    accountId = accounts[0]?.id ?? '';
  });

  afterEach(async () => {
    await app.core.dispose();
  });

  const mailboxOf = (snapshot: AppSnapshot): SharedMailboxSnapshot | undefined =>
    snapshot.accounts[0]?.sharedMailboxes[0];

  async function add(address: string, state: SharedMailboxSnapshot['state']['kind']): Promise<SharedMailboxSnapshot> {
    const id = await app.core.accounts.addSharedMailbox(accountId, address);
    const snapshot = await app.snapshots.waitFor((one) => mailboxOf(one)?.state.kind === state);
    expect(mailboxOf(snapshot)).toMatchObject({ id, address });
    return mailboxOf(snapshot) ?? expect.fail();
  }

  it('are counted and told of with the delegate’s token, beside the account’s own mail', async () => {
    const { id, unreadCount } = await add(info, 'watching');
    const before = unreadCount ?? 0;
    await world.server.deliver(info, { from, subject: 'For all of us' });
    const found = await app.told.waitFor(({ messages }) => messages.length > 0);
    expect(found).toMatchObject({ kind: 'arrived', accountId: id, messages: [{ subject: 'For all of us' }] });
    const snapshot = await app.snapshots.waitFor((one) => mailboxOf(one)?.unreadCount === before + 1);
    expect(snapshot.totalUnread).toBe((snapshot.accounts[0]?.unreadCount ?? 0) + before + 1);
    const kept = JSON.parse(readFileSync(join(folder, 'data', 'settings.json'), 'utf8')) as object;
    expect(kept).toMatchObject({ accounts: [{ id: accountId, sharedMailboxes: [{ id, address: info }] }] });
  });

  it('that don’t open for the delegate say so, stay listed, and disturb nobody', async () => {
    const { id, state } = await add(closed, 'refused');
    expect(state).toMatchObject({ error: { code: 'shared-mailbox-no-access' } });
    expect(app.core.state.snapshot).toMatchObject({ status: 'attention', accounts: [{ state: { kind: 'watching' } }] });
    await app.core.accounts.removeSharedMailbox(id);
    expect(app.core.state.snapshot).toMatchObject({ status: 'watching', accounts: [{ sharedMailboxes: [] }] });
  });

  it('wait for one sign-in with their account, and go on after it', async () => {
    world.identity.setAccessTokenLifetime(200);
    const page = await app.beginSignIn(accountId);
    const { mark: waiting } = app.snapshots;
    await walkSignIn(page, ada, 'accept');
    await app.snapshots.waitFor(
      (one) => one.signIn.kind === 'idle' && one.accounts[0]?.state.kind === 'watching',
      waiting,
    );
    await add(info, 'watching');
    world.identity.revokeRefreshTokens(ada.address);
    await world.server.sayBye();
    const refused = await app.snapshots.waitFor(
      (one) => one.accounts[0]?.state.kind === 'needs-sign-in' && mailboxOf(one)?.state.kind === 'waits-for-account',
    );
    expect(refused.status).toBe('attention');
    const { mark } = app.snapshots;
    await walkSignIn(await app.beginSignIn(accountId), ada, 'accept');
    await app.snapshots.waitFor(
      (one) => one.accounts[0]?.state.kind === 'watching' && mailboxOf(one)?.state.kind === 'watching',
      mark,
    );
  });

  if (name === 'stand-in') {
    it.each([
      ['NO', 'AUTHENTICATE failed.'],
      ['BAD', 'User is authenticated but not connected.'],
    ] as const)('tell a missing permission by Exchange’s own words: %s %s', async (status, text) => {
      const answer = { kind: 'answer', command: 'AUTHENTICATE', status, text } as const;
      world.imap.order(answer, { address: info });
      const { state } = await add(info, 'refused');
      expect(state).toMatchObject({ error: { code: 'shared-mailbox-no-access', detail: text } });
    });

    it('open once the administrator has given access, when somebody asks again', async () => {
      world.imap.addPerson(closed);
      const { id } = await add(closed, 'refused');
      const withdraw = world.imap.giveFullAccess(ada.address, closed);
      app.core.checkNow(id);
      await app.snapshots.waitFor((one) => mailboxOf(one)?.state.kind === 'watching');
      withdraw();
      world.imap.cut('rst', { address: closed });
      await app.snapshots.waitFor((one) => mailboxOf(one)?.state.kind === 'refused');
    });

    it('cost no renewal where they don’t open, and one connection each', async () => {
      const before = world.identity.log.tokenRequestCount();
      await add(closed, 'refused');
      expect(world.identity.log.tokenRequestCount()).toBe(before);
      await app.core.accounts.addSharedMailbox(accountId, info);
      await world.imap.events.waitUntil(() => world.imap.sessions().filter(({ idling }) => idling).length === 2);
      expect(world.imap.sessions().map(({ address }) => address)).toEqual([ada.address, info]);
    });
  }
});
