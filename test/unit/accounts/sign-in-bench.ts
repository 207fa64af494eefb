import { AccountRegistry } from '../../../electron/main/accounts/account-registry.ts';
import { createLedgerStore, emptyMailboxesFile } from '../../../electron/main/accounts/ledger-store.ts';
import { SignInController } from '../../../electron/main/accounts/sign-in-controller.ts';
import {
  type AccountKey,
  AuthFailure,
  type AuthService,
  type SignInRequest,
  type SignedInPerson,
} from '../../../electron/main/auth/auth-types.ts';
import type { DeploymentProfile } from '../../../electron/shared/profile.ts';
import type { AccountRecord } from '../../../electron/shared/settings.ts';
import { FakeClock, settle } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { ScriptedImap } from '../../support/scripted-imap.ts';

export const profile: DeploymentProfile = {
  clientId: '11111111-1111-4111-8111-111111111111',
  authority: 'https://login.example/common',
  knownAuthorities: [],
  resource: 'https://outlook.office.com',
  imap: { host: 'imap.example', port: 993 },
  extraCaFile: null,
};
export const ada: SignedInPerson = { homeAccountId: 'ada.tenant', address: 'ada@example.org', displayName: 'Ada' };
export const ben: SignedInPerson = { homeAccountId: 'ben.tenant', address: 'ben@example.org', displayName: 'Ben' };

/** A browser in which the test decides how each sign-in ends. */
export class ScriptedAuth implements AuthService {
  readonly requests: SignInRequest[] = [];
  readonly removed: string[] = [];
  /** Whose tokens were kept. */
  readonly kept: string[] = [];
  removalFailure: AuthFailure | null = null;
  keepFailure: AuthFailure | null = null;
  /** What a removal waits for. */
  keyring: Promise<void> = Promise.resolve();
  #finish: { resolve: (person: SignedInPerson) => void; reject: (error: unknown) => void } | null = null;

  async signIn(request: SignInRequest): Promise<SignedInPerson> {
    this.requests.push(request);
    const person = await this.#pages(request);
    const cancelled = new AuthFailure({ code: 'sign-in-cancelled', at: 0 }, { kind: 'final' });
    if (request.accepts !== undefined && !(await request.accepts(person))) throw cancelled;
    if (this.keepFailure !== null) throw this.keepFailure;
    this.kept.push(person.homeAccountId);
    return person;
  }

  #pages(request: SignInRequest): Promise<SignedInPerson> {
    return new Promise((resolve, reject) => {
      this.#finish = { resolve, reject };
      request.signal.addEventListener('abort', () => {
        reject(new AuthFailure({ code: 'sign-in-cancelled', at: 0 }, { kind: 'final' }));
      });
    });
  }

  succeed(person: SignedInPerson): void {
    this.#finish?.resolve(person);
  }

  fail(error: unknown): void {
    this.#finish?.reject(error);
  }

  acquireToken(account: AccountKey): Promise<{ token: string; expiresAt: number }> {
    return Promise.resolve({ token: account.homeAccountId, expiresAt: Number.MAX_SAFE_INTEGER / 2 });
  }

  removeAccount(account: AccountKey): Promise<void> {
    if (this.removalFailure !== null) {
      return Promise.reject(this.removalFailure);
    }
    return this.keyring.then(() => {
      this.removed.push(account.homeAccountId);
    });
  }

  dispose(): void {}
}

/** Accounts and their sign-ins, with a browser and a server that do as a test says. */
export class SignInBench {
  readonly auth = new ScriptedAuth();
  readonly server = new ScriptedImap();
  readonly clock = new FakeClock();
  readonly accounts: AccountRegistry;
  readonly signIn: SignInController;
  /** The accounts as last saved. */
  saved: readonly AccountRecord[] = [];
  /** Whose sign-in was said to be done. */
  readonly signedIn: string[] = [];
  /** Whose loss was said to be over. */
  readonly regained: string[] = [];
  /** Called with it, and the approval that it waited for. */
  onRegained: (accountId: string, approvalId: string | null) => void = () => {};

  constructor() {
    let ids = 0;
    const shared = { auth: this.auth, clock: this.clock, log: recordingLog(), onChange: () => {} };
    this.accounts = new AccountRegistry([], {
      ...shared,
      openSession: this.server.open,
      loadCa: () => Promise.resolve(undefined),
      ledgers: createLedgerStore({ value: emptyMailboxesFile, set: () => {} }),
      isOnline: () => true,
      onRead: () => {},
      random: () => 0.5,
      onNewMessages: () => {},
      onRemoved: () => {},
      createId: () => `account-${(ids += 1)}`,
      saveRecords: (records) => {
        this.saved = records;
      },
    });
    this.signIn = new SignInController({
      ...shared,
      accounts: this.accounts,
      onRegained: (accountId, approvalId) => {
        this.regained.push(accountId);
        this.onRegained(accountId, approvalId);
      },
      onSignedIn: (accountId) => {
        this.signedIn.push(accountId);
      },
    });
  }

  /** Signs in for a new account. */
  async add(person: SignedInPerson, by: DeploymentProfile = profile): Promise<void> {
    this.signIn.begin(by);
    this.auth.succeed(person);
    await settle();
  }

  /** Signs in again for that account, and picks `person` on the page. */
  async again(accountId: string, person: SignedInPerson): Promise<void> {
    this.signIn.beginAgain(accountId);
    this.auth.succeed(person);
    await settle();
  }
}
