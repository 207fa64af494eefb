import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { loadAppData } from '../../electron/main/app-data.ts';
import { type Clock, systemClock } from '../../electron/main/clock.ts';
import { createCore } from '../../electron/main/core.ts';
import type { Core } from '../../electron/main/core-types.ts';
import type { NewMessages } from '../../electron/main/imap/new-message.ts';
import { builtInProfile } from '../../electron/main/profile/deployment-profile.ts';
import { Notices } from '../../electron/main/state/notices.ts';
import { appPaths } from '../../electron/main/storage/paths.ts';
import { defaultSettings } from '../../electron/shared/settings.ts';
import type { AppSnapshot } from '../../electron/shared/snapshot.ts';
import { walkSignIn } from '../standin/identity/page-walker.ts';
import { ada, sam, type StandinPerson } from '../standin/people.ts';
import { refsOf } from '../support/message-refs.ts';
import { EventTrail } from '../support/event-trail.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { imapServerNames } from '../support/imap-server.ts';
import { type MailWorld, startMailWorld } from '../support/mail-world.ts';
import { recordingLog, type RecordingLog } from '../support/recording-log.ts';

/** Tidings without a screen, on the stand-ins, with tokens in memory; the keyring has suites of its own. */
describe.each(imapServerNames)('the core, with mail at the %s', (name) => {
  let folder: string;
  let world: MailWorld;
  let person: StandinPerson;
  let snapshots: EventTrail<AppSnapshot>;
  let told: NewMessages[];
  let log: RecordingLog;
  let core: Core | null;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tidings-core-'));
    world = await startMailWorld(name, { folder: join(folder, 'world') });
    writeFileSync(join(folder, 'settings.json'), JSON.stringify({ ...defaultSettings, tokenStorage: 'session-only' }));
    snapshots = new EventTrail();
    told = [];
    log = recordingLog();
    person = ada;
    core = null;
  });

  afterEach(async () => {
    await core?.dispose();
    await world.dispose();
    rmSync(folder, { recursive: true });
  });

  async function start(clock: Clock = systemClock): Promise<Core> {
    const paths = appPaths(folder);
    const notices = new Notices(() => {
      core?.state.touch();
    });
    const data = await loadAppData(paths, notices, clock, log);
    core = createCore({
      appVersion: '0.0.0',
      data,
      notices,
      profileLayers: {
        builtIn: builtInProfile,
        packaged: {},
        settings: data.settings.value.profile,
        file: world.profile,
      },
      tokensFolder: paths.tokensFolder,
      language: () => 'en',
      resultPages: () => ({ success: 'in', failure: 'not in' }),
      openBrowser: async (url) => {
        // As a browser does: the page goes on after the call that opened it has ended.
        void walkSignIn(url, person, 'accept');
      },
      onNewMessages: (found) => {
        core?.told(refsOf(found));
        told.push(found);
      },
      onRead: () => {},
      onSignedIn: () => {},
      onRemoved: () => {},
      focus: () => ({ focusedAccountId: null, focusRequest: 0 }),
      clock,
      random: () => 0.5,
      log,
    });
    core.state.subscribe(snapshots.add);
    core.start();
    return core;
  }

  async function signIn(running: Core, who: StandinPerson): Promise<void> {
    person = who;
    running.signIn.begin(running.registration.profile);
    await snapshots.waitFor(({ accounts }) =>
      accounts.some(({ address, state }) => address === who.address && state.kind === 'watching'),
    );
  }

  it('brings a person from the sign-in to a count that follows the mailbox', async () => {
    await world.server.deliver(ada.address, { from: { name: 'Bo', address: 'bo@example.org' }, subject: 'Waiting' });
    const running = await start();
    await signIn(running, ada);
    await snapshots.waitFor(({ totalUnread, status }) => totalUnread === 1 && status === 'watching');
    await world.server.deliver(ada.address, { from: { name: 'Bo', address: 'bo@example.org' }, subject: 'New' });
    await snapshots.waitFor(({ totalUnread }) => totalUnread === 2);
    expect(told.filter(({ kind }) => kind === 'arrived')).toMatchObject([{ messages: [{ subject: 'New' }] }]);
  });

  it('lists no approval for an account that is gone', async () => {
    const running = await start();
    await signIn(running, ada);
    const [account] = running.accounts.records();
    const approvalId = running.approvals.ask(null, account?.id ?? '');
    await snapshots.waitFor(({ approvals }) => approvals.some(({ accountId }) => accountId === account?.id));
    await running.accounts.remove(account?.id ?? '');
    await snapshots.waitFor(({ accounts, approvals }) => accounts.length === 0 && approvals.length === 0);
    expect(running.approvals.find(approvalId)).toBeNull();
  });

  it('makes each snapshot newer than the last', async () => {
    const running = await start();
    await signIn(running, ada);
    const revisions = snapshots.all.map(({ revision }) => revision);
    expect(revisions).toEqual([...new Set(revisions)].toSorted((a, b) => a - b));
  });

  it('watches accounts of different profiles side by side, and keeps each one’s own', async () => {
    const elsewhere = await startMailWorld(name, { folder: join(folder, 'elsewhere') });
    try {
      const running = await start();
      await signIn(running, ada);
      person = sam;
      running.signIn.begin(elsewhere.profile);
      await snapshots.waitFor(({ accounts }) => accounts.filter(({ state }) => state.kind === 'watching').length === 2);
      await running.dispose();
      const kept = JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8')) as {
        accounts: { address: string; profile: { authority: string } }[];
      };
      expect(kept.accounts.map(({ address, profile }) => [address, profile.authority])).toEqual([
        [ada.address, world.profile.authority],
        [sam.address, elsewhere.profile.authority],
      ]);
    } finally {
      await elsewhere.dispose();
    }
  });

  it('asks to sign in again when the refresh token is refused, and goes on after that', async () => {
    const running = await start();
    world.identity.setAccessTokenLifetime(200);
    await signIn(running, ada);
    world.identity.revokeRefreshTokens(ada.address);
    await world.server.sayBye();
    const waiting = await snapshots.waitFor(({ status }) => status === 'attention');
    expect(waiting.accounts).toMatchObject([{ state: { kind: 'needs-sign-in' }, unreadCount: 0 }]);
    const { mark } = snapshots;
    running.signIn.beginAgain(waiting.accounts[0]?.id ?? '');
    await snapshots.waitFor(({ status }) => status === 'watching', mark);
  });

  it('ends within 3 s while the mail server hangs', async () => {
    // It stands still until it is moved: nobody's time passes but the app's own.
    const clock = new FakeClock(Date.now());
    const running = await start(clock);
    await signIn(running, ada);
    world.server.hang();
    running.accounts.checkNow(null);
    let ended = false;
    const ending = running.dispose().then(() => {
      ended = true;
    });
    await clock.advance(1_000);
    // It does try to log out first.
    expect(ended).toBe(false);
    await clock.advance(2_000);
    await ending;
    expect(clock.pending).toBe(0);
  });

  it('lets no token and no mail into the log', async () => {
    const running = await start();
    await world.server.deliver(ada.address, {
      from: { name: 'Bo', address: 'bo@example.org' },
      subject: 'Very private',
    });
    await signIn(running, ada);
    await running.dispose();
    expect(log.lines.length).toBeGreaterThan(0);
    expect(JSON.stringify(log.lines)).not.toMatch(/eyJ[\w-]{10,}|Very private|bo@example\.org/u);
  });

  it('sets unreadable settings aside, and says so', async () => {
    writeFileSync(join(folder, 'settings.json'), '{ "schemaVersion": 1, "lang');
    const running = await start();
    expect(running.state.snapshot.notices).toMatchObject([{ kind: 'file-set-aside', file: 'settings.json' }]);
    const [notice] = running.state.snapshot.notices;
    const keptAs = notice?.kind === 'file-set-aside' ? notice.keptAs : '';
    expect(readFileSync(join(folder, keptAs), 'utf8')).toBe('{ "schemaVersion": 1, "lang');
  });
});
