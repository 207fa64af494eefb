import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { systemClock } from '../../electron/main/clock.ts';
import { followMachine } from '../../electron/main/shell/machine-events.ts';
import type { NetworkChanges } from '../../electron/main/shell/network-changes.ts';
import type { AccountRecord } from '../../electron/shared/settings.ts';
import { ada, sam, type StandinPerson } from '../standin/people.ts';
import { startHeadlessApp } from './headless-app.ts';
import { startMailWorld } from './mail-world.ts';
import { recordingLog } from './recording-log.ts';

/**
 * The whole core, following its machine as the app does, in a network that ends at this machine. Ada's server is on it,
 * Sam's where no way leads. It writes `idling` whenever Ada's session begins to idle, `probe` for each question to the
 * server (NOOP), `waits <ms>` for each pause before Sam's next attempt, and ends with its input. `check now` asks.
 */
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const folder = mkdtempSync(join(tmpdir(), 'tidings-network-core-'));
const world = await startMailWorld('stand-in', { folder: join(folder, 'world') });
const accountOf = (person: StandinPerson, imap: AccountRecord['profile']['imap']): AccountRecord => ({
  id: person.oid,
  homeAccountId: `${person.oid}.${person.tid}`,
  address: person.address,
  displayName: person.displayName,
  profile: { ...world.profile, imap },
  addedAt: 0,
  sharedMailboxes: [],
});

world.imap.events.listen((event) => {
  if (event.kind === 'idle-began') say('idling');
  if (event.kind === 'command' && event.name === 'NOOP') say('probe');
});

const ownerless: { machine: NetworkChanges | null } = { machine: null };
const { core, snapshots } = await startHeadlessApp({
  folder: join(folder, 'data'),
  profile: world.profile,
  clock: systemClock,
  // An address of documentation's (RFC 5737), to which there is no route.
  accounts: [accountOf(ada, world.profile.imap), accountOf(sam, { host: '203.0.113.200', port: 993 })],
  createAuth: () => ({
    signIn: () => Promise.reject(new Error('nobody signs in')),
    acquireToken: async ({ homeAccountId }) => {
      const person = homeAccountId.startsWith(ada.oid) ? ada : sam;
      return { token: await world.identity.issueToken(person), expiresAt: Date.now() + 3_600_000 };
    },
    removeAccount: () => Promise.resolve(),
    dispose: () => {},
  }),
  isOnline: () => ownerless.machine?.isOnline() ?? true,
});
ownerless.machine = followMachine({
  events: new EventEmitter(),
  follower: core,
  clock: systemClock,
  log: recordingLog(),
});

let retryAt = 0;
snapshots.listen(({ accounts }) => {
  const state = accounts.find(({ address }) => address === sam.address)?.state;
  if (state?.kind !== 'offline' || state.retryAt === retryAt) return;
  retryAt = state.retryAt;
  say(`waits ${retryAt - state.error.at}`);
});
process.stdin.setEncoding('utf8').on('data', () => {
  core.checkNow(sam.oid);
});
process.stdin.on('end', () => {
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
});
