import type { AppErrorInfo } from '../../shared/app-error.ts';
import type { DeploymentProfile } from '../../shared/profile.ts';
import type { SignInState } from '../../shared/snapshot.ts';
import { AuthFailure, type AuthService } from '../auth/auth-types.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { AccountRegistry } from './account-registry.ts';

/** How long a sign-in may wait in the browser (ms). */
export const signInLimitMs = 5 * 60_000;

export interface SignInControllerDeps {
  readonly auth: AuthService;
  readonly accounts: AccountRegistry;
  readonly clock: Clock;
  readonly log: Logger;
  readonly onChange: () => void;
  /** The person is back from the browser and their account is being watched. */
  readonly onSignedIn: (accountId: string) => void;
}

/** The one interactive sign-in at a time: starts it, cancels it, and leads its person to the registry. */
export class SignInController {
  readonly #deps: SignInControllerDeps;
  #state: SignInState = { kind: 'idle' };
  #abort: AbortController | null = null;

  constructor(deps: SignInControllerDeps) {
    this.#deps = deps;
  }

  get state(): SignInState {
    return this.#state;
  }

  /** Opens the browser for a new account. A sign-in already waiting is replaced: the person has lost its tab. */
  begin(profile: DeploymentProfile): void {
    this.#start(profile, null);
  }

  /** Opens the browser for an account that is there; does nothing when it isn't. */
  beginAgain(accountId: string): void {
    const record = this.#deps.accounts.find(accountId);
    if (record !== null) {
      this.#start(record.profile, { id: record.id, address: record.address });
    }
  }

  /** Ends the waiting sign-in and closes its listener. */
  cancel(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.#set({ kind: 'idle' });
  }

  /** Leaves the failed state. */
  dismiss(): void {
    if (this.#state.kind === 'failed') {
      this.#set({ kind: 'idle' });
    }
  }

  dispose(): void {
    this.#abort?.abort();
    this.#abort = null;
  }

  #set(state: SignInState): void {
    this.#state = state;
    this.#deps.onChange();
  }

  #start(profile: DeploymentProfile, again: { readonly id: string; readonly address: string } | null): void {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    const deadline = this.#deps.clock.now() + signInLimitMs;
    this.#set({ kind: 'waiting', accountId: again?.id ?? null, deadline });
    this.#signIn(profile, again, abort.signal).then(
      () => {
        if (this.#abort === abort) {
          this.#abort = null;
          this.#set({ kind: 'idle' });
        }
      },
      (error: unknown) => {
        // A cancelled or replaced sign-in has been answered already.
        if (this.#abort !== abort) {
          return;
        }
        this.#abort = null;
        this.#deps.log.warn('Sign-in failed', { error: error instanceof AuthFailure ? error.info.code : error });
        const info = this.#explain(error);
        // Where tokens can't be kept, the vault's own state says so and offers the ways on.
        const isVaults = info.code === 'keyring-unavailable' || info.code === 'keyring-locked';
        this.#set(isVaults ? { kind: 'idle' } : { kind: 'failed', accountId: again?.id ?? null, error: info });
      },
    );
  }

  async #signIn(
    profile: DeploymentProfile,
    again: { readonly id: string; readonly address: string } | null,
    signal: AbortSignal,
  ): Promise<void> {
    const { accounts, auth, clock } = this.#deps;
    const person = await auth.signIn({ profile, loginHint: again?.address ?? null, signal });
    if (signal.aborted) {
      if (accounts.findByHomeAccountId(person.homeAccountId, profile) === null) {
        await auth.removeAccount({ profile, homeAccountId: person.homeAccountId });
      }
      return;
    }
    const expected = again === null ? null : accounts.find(again.id);
    const isRemoved = again !== null && expected === null;
    const isOther = expected !== null && expected.homeAccountId !== person.homeAccountId;
    if ((isRemoved || isOther) && accounts.findByHomeAccountId(person.homeAccountId, profile) === null) {
      await auth.removeAccount({ profile, homeAccountId: person.homeAccountId });
    }
    if (isRemoved) {
      return;
    }
    if (isOther) {
      const detail = `${person.address} ≠ ${expected.address}`;
      throw new AuthFailure({ code: 'other-account-signed-in', at: clock.now(), detail }, { kind: 'final' });
    }
    const accountId = await accounts.welcome(person, profile);
    this.#deps.onSignedIn(accountId);
  }

  #explain(error: unknown): AppErrorInfo {
    return error instanceof AuthFailure ? error.info : { code: 'unexpected', at: this.#deps.clock.now() };
  }
}
