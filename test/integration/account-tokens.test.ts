import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AccountRegistry } from '../../electron/main/accounts/account-registry.ts';
import { createLedgerStore, emptyMailboxesFile } from '../../electron/main/accounts/ledger-store.ts';
import { SignInController } from '../../electron/main/accounts/sign-in-controller.ts';
import { createAuthService } from '../../electron/main/auth/auth-service.ts';
import type { AuthService } from '../../electron/main/auth/auth-types.ts';
import { createTokenVault, type TokenVault } from '../../electron/main/auth/vault.ts';
import { systemClock } from '../../electron/main/clock.ts';
import { createImapConnector } from '../../electron/main/imap/imap-connection.ts';
import { loadTrustedCa } from '../../electron/main/trusted-ca.ts';
import type { DeploymentProfile } from '../../electron/shared/profile.ts';
import type { AccountRecord } from '../../electron/shared/settings.ts';
import type { AccountSnapshot } from '../../electron/shared/snapshot.ts';
import { Conditions } from '../desktop/conditions.ts';
import { demoApp } from '../standin/identity/app-registration.ts';
import { walkSignIn } from '../standin/identity/page-walker.ts';
import { ada, lin, type StandinPerson } from '../standin/people.ts';
import { startWorld, type World } from '../standin/world.ts';
import { recordingLog } from '../support/recording-log.ts';
import { MemoryKeyring } from '../unit/auth/memory-keyring.ts';

const otherApp = { ...demoApp, clientId: '2f0d1c3b-8a4e-4b7f-9d6c-5e3a7b9c1d20', name: 'Tidings of somebody else' };
const mail = { from: { name: 'Bo', address: 'bo@example.org' }, subject: 'Lunch' };

let folder: string;
let world: World;
let keyring: MemoryKeyring;
let runs: Run[];

/** The app's accounts and tokens, without a screen, over both stand-ins and a keyring in memory. */
class Run {
  readonly vault: TokenVault;
  readonly accounts: AccountRegistry;
  readonly signIn: SignInController;
  readonly #auth: AuthService;
  readonly #conditions = new Conditions();
  readonly #signIns: Promise<unknown>[] = [];
  records: readonly AccountRecord[];
  browsers = 0;
  person: StandinPerson = ada;

  constructor(records: readonly AccountRecord[] = []) {
    this.records = records;
    const shared = { clock: systemClock, log: recordingLog(), onChange: () => this.#conditions.changed() };
    this.vault = createTokenVault({
      ...shared,
      folder,
      sessionOnly: false,
      expectsAccounts: () => this.records.length > 0,
      onNotice: () => {},
      openKeyring: () => Promise.resolve(keyring),
    });
    const auth = createAuthService({
      ...shared,
      vault: this.vault,
      openBrowser: async (url) => {
        this.browsers += 1;
        await walkSignIn(url, this.person);
      },
      loadCa: loadTrustedCa,
      resultPages: () => ({ success: '<!doctype html>done', failure: '<!doctype html>not done' }),
    });
    this.#auth = auth;
    const tracked: AuthService = {
      ...auth,
      signIn: (request) => {
        const running = auth.signIn(request);
        this.#signIns.push(running);
        return running;
      },
    };
    let mailboxes = emptyMailboxesFile;
    this.accounts = new AccountRegistry(records, {
      ...shared,
      auth: tracked,
      openSession: createImapConnector({ clock: systemClock, clientVersion: '0.0.0' }),
      loadCa: loadTrustedCa,
      isOnline: () => true,
      onRead: () => {},
      ledgers: createLedgerStore({
        get value() {
          return mailboxes;
        },
        set: (value) => {
          mailboxes = value;
        },
      }),
      random: () => 0.5,
      createId: randomUUID,
      saveRecords: (saved) => {
        this.records = saved;
      },
      onNewMessages: () => {},
      onRemoved: () => {},
    });
    this.signIn = new SignInController({
      ...shared,
      auth: tracked,
      accounts: this.accounts,
      onRegained: () => {},
      onSignedIn: () => {},
    });
    this.accounts.start();
    runs.push(this);
  }

  /** The account of that person once it is as wanted. */
  async until(person: StandinPerson, isRight: (account: AccountSnapshot) => boolean): Promise<AccountSnapshot> {
    return this.#conditions.until(
      () => this.accounts.snapshots().find((account) => account.address === person.address && isRight(account)),
      () => `an account; there were ${JSON.stringify([this.accounts.snapshots(), this.signIn.state])}`,
      30_000,
    );
  }

  /** Signs in by the browser; resolves when the mailbox is being watched with `profile`. */
  async add(person: StandinPerson, profile = world.profile): Promise<AccountSnapshot> {
    this.person = person;
    this.signIn.begin(profile);
    return this.until(person, ({ id, state }) => {
      const isIdle = this.signIn.state.kind === 'idle';
      return isIdle && state.kind === 'watching' && this.accounts.find(id)?.profile === profile;
    });
  }

  /** Resolves when no sign-in is under way behind the screen either. */
  async untilQuiet(): Promise<void> {
    await Promise.allSettled(this.#signIns);
  }

  async end(): Promise<void> {
    this.signIn.dispose();
    await Promise.all([this.accounts.dispose(), this.vault.flush()]);
    this.#auth.dispose();
    this.vault.dispose();
  }
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidings-account-tokens-'));
  world = await startWorld({ folder, identity: { apps: [demoApp, otherApp] } });
  keyring = new MemoryKeyring();
  runs = [];
});

afterEach(async () => {
  keyring.mode = 'ready';
  await Promise.all(runs.map((run) => run.end()));
  await world.dispose();
  await rm(folder, { recursive: true });
});

const isWatching = ({ state }: AccountSnapshot): boolean => state.kind === 'watching';

/** All that the keyring holds, as one text. */
const kept = (): string => [...keyring.texts].flat().join('\n');

/** Every token in the keyring. */
const secrets = (): readonly string[] => [...kept().matchAll(/"secret":"([^"]+)"/gu)].map(([, secret = '']) => secret);

describe('removing an account', () => {
  it.each(['locked', 'broken'] as const)('that the keyring prevents (%s) leaves it at work', async (mode) => {
    const run = new Run();
    const { id } = await run.add(ada);
    keyring.mode = mode;
    await expect(run.accounts.remove(id)).rejects.toThrow('keyring');
    await run.until(ada, isWatching);
    world.imap.deliver(ada.address, mail);
    await run.until(ada, ({ unreadCount }) => unreadCount === world.imap.unseen(ada.address));

    keyring.mode = 'ready';
    expect(await run.vault.retry()).toEqual({ kind: 'ready' });
    await run.end();
    const restarted = new Run(run.records);
    const account = await restarted.until(ada, isWatching);
    await restarted.accounts.remove(account.id);
    expect(restarted.accounts.snapshots()).toEqual([]);
    expect(keyring.texts.size).toBe(0);
    expect(restarted.browsers).toBe(0);
  });

  it('leaves no trace of it in the item that another account shares, which goes on', async () => {
    const run = new Run();
    const { id } = await run.add(ada);
    const adasSecrets = secrets();
    await run.add(lin);
    expect(keyring.texts.size).toBe(1);
    expect(adasSecrets.length).toBeGreaterThanOrEqual(3);
    await run.accounts.remove(id);
    for (const trace of [ada.address, ada.oid, ada.tid, ada.displayName, ...adasSecrets]) {
      expect(kept()).not.toContain(trace);
    }
    expect(kept()).toContain(lin.oid);

    world.imap.deliver(lin.address, mail);
    await run.until(lin, ({ unreadCount }) => unreadCount === world.imap.unseen(lin.address));
    await run.end();
    const restarted = new Run(run.records);
    await restarted.until(lin, isWatching);
    expect(restarted.accounts.snapshots()).toHaveLength(1);
    expect(restarted.browsers).toBe(0);
  });
});

describe('signing in again', () => {
  const another = (): [string, DeploymentProfile][] => [
    ['client id', { ...world.profile, clientId: otherApp.clientId }],
    ['tenant', { ...world.profile, authority: world.profile.authority.replace('/common', '/contoso.example') }],
  ];

  it('with another client id or tenant leaves no tokens of the old one', async () => {
    const run = new Run();
    const { id } = await run.add(ada);
    for (const [name, profile] of another()) {
      const old = secrets();
      const account = await run.add(ada, profile);
      await run.untilQuiet();
      expect([name, account.id]).toEqual([name, id]);
      expect([name, secrets().filter((secret) => old.includes(secret))]).toEqual([name, []]);
      expect(secrets().length).toBeGreaterThanOrEqual(3);
      expect(keyring.texts.size).toBe(1);
    }
    await run.accounts.remove(id);
    expect(keyring.texts.size).toBe(0);
  });
});

describe('a sign-in cancelled at the last moment', () => {
  it('leaves nothing', async () => {
    const run = new Run();
    const cancelled = new Promise<void>((resolve) => {
      keyring.onSave = () => {
        keyring.onSave = () => {};
        run.signIn.cancel();
        resolve();
      };
    });
    run.signIn.begin(world.profile);
    await cancelled;
    await run.untilQuiet();
    expect(run.accounts.snapshots()).toEqual([]);
    expect(run.records).toEqual([]);
    expect(keyring.texts.size).toBe(0);
    await run.add(ada);
  });
});
