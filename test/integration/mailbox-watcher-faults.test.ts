import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createImapConnector, type ImapPatience } from '../../electron/main/imap/imap-connection.ts';
import { MailboxWatcher } from '../../electron/main/imap/mailbox-watcher.ts';
import type { WatcherEvent } from '../../electron/main/imap/watcher-types.ts';
import { loadTrustedCa } from '../../electron/main/trusted-ca.ts';
import type { AppErrorCode } from '../../electron/shared/app-error.ts';
import type { ImapFault } from '../standin/imap/faults.ts';
import { ada } from '../standin/people.ts';
import { startWorld, type World } from '../standin/world.ts';
import { EventTrail } from '../support/event-trail.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { MailboxLedger } from '../../electron/main/imap/mailbox-ledger.ts';
import { recordingLog, type RecordingLog } from '../support/recording-log.ts';

/** What no row of the fault table (test/faults) says: each ends in a state with a reason, and is left by itself. */
describe('a watcher whose server', () => {
  let folder: string;
  let world: World;
  let clock: FakeClock;
  let trail: EventTrail<WatcherEvent>;
  let watcher: MailboxWatcher;
  let log: RecordingLog;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidings-watcher-faults-'));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  beforeEach(async () => {
    world = await startWorld({ folder });
    clock = new FakeClock(Date.now());
    trail = new EventTrail();
    log = recordingLog();
  });

  afterEach(async () => {
    await watcher.dispose();
    await world.dispose();
  });

  function watch(patience: Partial<ImapPatience> = {}): void {
    watcher = new MailboxWatcher({
      openSession: createImapConnector({ clock, clientVersion: '0.0.0', patience }),
      endpoint: world.profile.imap,
      user: ada.address,
      mailbox: 'INBOX',
      loadCa: () => loadTrustedCa(world.caFile),
      getToken: async () => ({ token: await world.identity.issueToken(ada), expiresAt: clock.now() + 3_600_000 }),
      classifyTokenError: () => ({ kind: 'needs-sign-in', error: { code: 'unexpected', at: 0 } }),
      ledger: new MailboxLedger(null, () => {}),
      isOnline: () => true,
      onEvent: trail.add,
      clock,
      random: () => 0,
      log,
    });
    watcher.start();
  }

  /** What the log says of timers whose time came. */
  const timersInLog = (): unknown[] => log.lines.filter(({ message }) => message === 'Timer').map(({ facts }) => facts);

  const isEnd = ({ kind }: WatcherEvent): boolean => kind === 'offline' || kind === 'refused' || kind === 'counted';

  /** Ends as expected, and once the server is well again, the next try by itself succeeds. */
  async function expectEnd(kind: 'offline' | 'refused', code: AppErrorCode, clear: () => void): Promise<void> {
    const end = await trail.waitFor(isEnd);
    expect(end).toMatchObject({ kind, error: { code } });
    clear();
    const { mark } = trail;
    await clock.advance('retryAt' in end ? end.retryAt - clock.now() : 0);
    expect(await trail.waitFor(isEnd, mark)).toMatchObject({ kind: 'counted', unseen: 0 });
  }

  const cases: readonly (readonly [string, ImapFault, 'offline' | 'refused', AppErrorCode])[] = [
    ['refuses every token', { kind: 'refuse-login', style: 'bare' }, 'refused', 'imap-sign-in-refused'],
    [
      'refuses every token with a challenge',
      { kind: 'refuse-login', style: 'json' },
      'refused',
      'imap-sign-in-refused',
    ],
  ];

  it.each(cases)('%s', async (_, fault, kind, code) => {
    const clear = world.imap.order(fault);
    watch();
    await expectEnd(kind, code, clear);
  });

  it('says too little to ever be done, whatever other limits say: given up after 90 s', async () => {
    const clear = world.imap.order({ kind: 'greeting', bye: null });
    watch({ connectMs: 600_000, greetingMs: 600_000, socketTimeoutMs: 600_000 });
    await world.imap.events.waitFor(({ kind }) => kind === 'connected');
    await clock.advance(89_999);
    expect(trail.all.filter(isEnd)).toEqual([]);
    await clock.advance(1);
    await trail.waitFor(isEnd);
    expect(timersInLog()).toEqual([{ name: 'open' }]);
    await expectEnd('offline', 'timed-out', clear);
  });

  it('never ends its answer to a look, whatever other limits say: asked anew after 10 min', async () => {
    const clear = world.imap.order({ kind: 'silence', command: 'UID SEARCH' });
    watch({ socketTimeoutMs: 3_600_000 });
    await world.imap.events.waitFor((event) => event.kind === 'command' && event.name === 'UID SEARCH');
    clear();
    await clock.advance(599_999);
    expect(timersInLog()).toEqual([]);
    await clock.advance(1);
    expect(await trail.waitFor(isEnd)).toMatchObject({ kind: 'counted' });
    expect(timersInLog()).toContainEqual({ name: 'look' });
  });

  it('does not answer LOGOUT: left all the same after 2 s', async () => {
    world.imap.order({ kind: 'silence', command: 'LOGOUT' });
    watch();
    await trail.waitFor(isEnd);
    const left = watcher.dispose();
    await world.imap.events.waitFor((event) => event.kind === 'command' && event.name === 'LOGOUT');
    await clock.advance(2_000);
    await left;
    expect(timersInLog()).toEqual([{ name: 'logout' }]);
  });

  it.each<[string, ImapFault, Partial<ImapPatience>]>([
    ['does not finish the handshake', { kind: 'freeze', connections: 'new' }, { connectMs: 200 }],
    ['does not answer a command', { kind: 'silence', command: 'EXAMINE' }, { socketTimeoutMs: 200 }],
  ])('%s: given up by imapflow’s own limit', async (_, fault, patience) => {
    const clear = world.imap.order(fault);
    watch(patience);
    await expectEnd('offline', 'timed-out', clear);
  });
});
