import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ImapFlow } from 'imapflow';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { systemClock } from '../../electron/main/clock.ts';
import { createImapConnector, defaultPatience, type ImapPatience } from '../../electron/main/imap/imap-connection.ts';
import type { MailboxCursor } from '../../electron/main/imap/mailbox-cursor.ts';
import { MailboxWatcher } from '../../electron/main/imap/mailbox-watcher.ts';
import type { WatcherEvent } from '../../electron/main/imap/watcher-types.ts';
import { loadTrustedCa } from '../../electron/main/trusted-ca.ts';
import { ada } from '../standin/people.ts';
import type { TokenOverrides } from '../standin/identity/token-mint.ts';
import { exchangeCapabilities } from '../standin/imap/imap-standin.ts';
import { startWorld, type World } from '../standin/world.ts';
import { EventTrail } from '../support/event-trail.ts';
import { recordingLog } from '../support/recording-log.ts';

const mail = (subject: string) => ({ from: { name: 'Bo', address: 'bo@example.org' }, subject });

/** The watcher with real imapflow on a real TLS connection to the IMAP stand-in. */
describe('MailboxWatcher over the wire', () => {
  let folder: string;
  let world: World;
  let trail: EventTrail<WatcherEvent>;
  let cursor: MailboxCursor | null;
  let renewals: number;
  let watcher: MailboxWatcher | null;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidings-watcher-'));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  beforeEach(async () => {
    world = await startWorld({ folder });
    trail = new EventTrail();
    cursor = null;
    renewals = 0;
    watcher = null;
  });

  afterEach(async () => {
    await watcher?.dispose();
    await world.dispose();
  });

  function watch(options: { caFile?: string | null; patience?: ImapPatience; firstToken?: TokenOverrides } = {}): void {
    const caFile = options.caFile === undefined ? world.caFile : options.caFile;
    watcher = new MailboxWatcher({
      openSession: createImapConnector({
        clock: systemClock,
        clientVersion: '0.0.0',
        patience: options.patience ?? defaultPatience,
      }),
      endpoint: world.profile.imap,
      user: ada.address,
      mailbox: 'INBOX',
      loadCa: () => loadTrustedCa(caFile),
      getToken: async ({ renew }) => {
        renewals += renew ? 1 : 0;
        const token = await world.identity.issueToken(ada, renew ? {} : (options.firstToken ?? {}));
        return { token, expiresAt: Date.now() + 3_600_000 };
      },
      classifyTokenError: () => ({ kind: 'needs-sign-in', error: { code: 'unexpected', at: 0 } }),
      cursor,
      saveCursor: (next) => {
        cursor = next;
      },
      onEvent: trail.add,
      clock: systemClock,
      random: () => 0,
      log: recordingLog(),
    });
    watcher.start();
  }

  const counted = (unseen: number, mark = 0) =>
    trail.waitFor((event) => event.kind === 'counted' && event.unseen === unseen, mark);
  const told = (): string[] =>
    trail.all.flatMap((event) => (event.kind === 'new-messages' ? event.messages.map(({ subject }) => subject) : []));

  it('counts, then tells a push at once with sender and subject, cleaned', async () => {
    world.imap.deliver(ada.address, mail('old'));
    watch();
    await counted(1);
    world.imap.deliver(ada.address, {
      from: { name: 'Zoë 王', address: 'zoe@example.org' },
      subject: 'Grüße \u202Efdp.exe',
    });
    const found = await trail.waitFor((event) => event.kind === 'new-messages' && event.origin === 'arrived');
    expect(found).toMatchObject({
      messages: [{ fromName: 'Zoë 王', fromAddress: 'zoe@example.org', subject: 'Grüße fdp.exe', uid: 2 }],
    });
    await counted(2);
    expect(told()).toEqual(['Grüße fdp.exe']);
  });

  it('does not mark mail read by telling it', async () => {
    watch();
    await counted(0);
    world.imap.deliver(ada.address, mail('still unread'));
    await counted(1);
    expect(world.imap.unseen(ada.address)).toBe(1);
  });

  it('follows flags and expunges of other clients', async () => {
    const uid = world.imap.deliver(ada.address, mail('one'));
    const second = world.imap.deliver(ada.address, mail('two'));
    watch();
    await counted(2);
    world.imap.setFlags(ada.address, 'INBOX', uid, ['\\Seen'], true);
    await counted(1);
    world.imap.expunge(ada.address, 'INBOX', second);
    await counted(0);
    world.imap.setFlags(ada.address, 'INBOX', uid, ['\\Seen'], false);
    await counted(1, trail.mark);
    expect(told()).toEqual([]);
  });

  it('sees what a real second client reads', async () => {
    world.imap.deliver(ada.address, mail('read on the phone'));
    watch();
    await counted(1);
    const phone = new ImapFlow({
      ...world.profile.imap,
      secure: true,
      tls: { ca: world.ca.caPem },
      auth: { user: ada.address, accessToken: await world.identity.issueToken(ada) },
      logger: false,
    });
    await phone.connect();
    await phone.mailboxOpen('INBOX');
    await phone.messageFlagsAdd('1:*', ['\\Seen']);
    await counted(0);
    await phone.logout();
  });

  it('goes on idling through the library’s own probes of a quiet connection', async () => {
    watch({ patience: { socketTimeoutMs: 300, reIdleMs: 60_000 } });
    await counted(0);
    const { mark } = world.imap.events;
    const probed = () => world.imap.events.since(mark).filter((event) => event.kind === 'idle-began').length;
    await world.imap.events.waitUntil(() => probed() >= 4);
    world.imap.deliver(ada.address, mail('still listening'));
    await counted(1);
    expect(told()).toEqual(['still listening']);
    expect(world.imap.counts.logins).toBe(1);
  });

  it('comes back after a cut and tells what came in the gap, once', async () => {
    watch();
    await counted(0);
    world.imap.stopListening();
    world.imap.cut('rst');
    await trail.waitFor(({ kind }) => kind === 'offline');
    world.imap.deliver(ada.address, mail('in the gap'));
    const { mark } = trail;
    await world.imap.listenAgain();
    await counted(1, mark);
    expect(told()).toEqual(['in the gap']);
  });

  it('comes back after a BYE', async () => {
    watch();
    await counted(0);
    const { mark } = trail;
    world.imap.expireSessions();
    await counted(0, mark);
    expect(world.imap.counts.logins).toBe(2);
  });

  it.each([
    ['expired', { expiresInSeconds: -60 }],
    ['for another resource', { audience: 'https://graph.microsoft.com' }],
    ['badly signed', { signature: 'foreign' }],
  ] satisfies [string, TokenOverrides][])('renews a token that is %s, once, and is in', async (_, firstToken) => {
    watch({ firstToken });
    await counted(0);
    expect(renewals).toBe(1);
    expect(world.imap.counts.refusedLogins).toBe(1);
  });

  it('never sends the token to a server whose certificate it cannot trust', async () => {
    watch({ caFile: null });
    const refused = await trail.waitFor(({ kind }) => kind === 'refused');
    expect(refused).toMatchObject({ error: { code: 'certificate-untrusted' } });
    expect(world.imap.counts.logins + world.imap.counts.refusedLogins).toBe(0);
  });

  it('starts anew without a word when UIDVALIDITY changes', async () => {
    world.imap.deliver(ada.address, mail('known'));
    watch();
    await counted(1);
    const { mark } = trail;
    world.imap.changeUidValidity(ada.address);
    await counted(1, mark);
    expect(told()).toEqual([]);
  });

  it('says when the mailbox is refused', async () => {
    world.imap.order({ kind: 'answer', command: 'EXAMINE', status: 'NO', text: 'Mailbox is disabled' });
    watch();
    const refused = await trail.waitFor(({ kind }) => kind === 'refused');
    expect(refused).toMatchObject({ error: { code: 'imap-mailbox-refused' } });
  });

  it('watches by ESEARCH and by plain SEARCH alike', async () => {
    world.imap.setCapabilities([...exchangeCapabilities, 'ESEARCH']);
    world.imap.deliver(ada.address, mail('counted'));
    watch();
    await counted(1);
  });

  it('counts a mailbox too large to search without fetching it', async () => {
    world.imap.deliverMany(ada.address, 60_000, mail('many'));
    watch();
    await counted(60_000);
    expect(world.imap.counts.commands.get('UID SEARCH') ?? 0).toBe(0);
  });

  it('logs out within 2 s when disposed', async () => {
    watch();
    await counted(0);
    await watcher?.dispose();
    expect(world.imap.counts.commands.get('LOGOUT')).toBe(1);
    await world.imap.events.waitUntil(() => world.imap.sessions().length === 0);
  });
});
