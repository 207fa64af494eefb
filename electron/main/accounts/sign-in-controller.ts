import { isDeepStrictEqual } from 'node:util';
import type { AppErrorCode, AppErrorInfo } from '../../shared/app-error.ts';
import type { DeploymentProfile } from '../../shared/profile.ts';
import type { AccountRecord } from '../../shared/settings.ts';
import type { SignInFor, SignInState } from '../../shared/snapshot.ts';
import { AuthFailure, type AuthService, type SignedInPerson, signInLimitMs } from '../auth/auth-types.ts';
import { explainPasted } from '../auth/pasted-error.ts';
import { tokenRef } from '../auth/token-ref.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { AccountRegistry } from './account-registry.ts';

/** How long the tokens of another account than the one asked for are held, in memory, for the person's decision (ms). */
export const decisionLimitMs = 5 * 60_000;

/** How long a cancelled sign-in is spoken of (ms): whoever saw an error on the page asks about it soon. */
export const cancelledSaidMs = 10 * 60_000;

export interface SignInControllerDeps {
  readonly auth: AuthService;
  readonly accounts: AccountRegistry;
  readonly clock: Clock;
  readonly log: Logger;
  readonly onChange: () => void;
  /**
   * The account is being watched with the tokens of a sign-in, whatever else is to be said of that; with the approval
   * that it waited for.
   */
  readonly onRegained: (accountId: string, approvalId: string | null) => void;
  /** The person is back from the browser, and nothing is left to say. */
  readonly onSignedIn: (accountId: string) => void;
}

/** An account that waited for an administrator's approval. */
export interface AwaitedSignIn {
  readonly id: string;
  /** To be offered on the page; null where the person gave none. */
  readonly address: string | null;
}

/** One run through the browser. */
interface Attempt {
  readonly profile: DeploymentProfile;
  /** The account that signs in again; null for a new one. */
  readonly again: { readonly id: string; readonly address: string } | null;
  readonly awaited: AwaitedSignIn | null;
  readonly abort: AbortController;
  /** Who signed in in the place of the account asked for. */
  other: SignedInPerson | null;
  /** Answers whether the other one is to be added; null while nobody is asked. */
  decide: ((adds: boolean) => void) | null;
  /** Whether nothing more is said than what the state already says. */
  isSaid: boolean;
}

/** The one interactive sign-in at a time: starts it, cancels it, and leads its person to the registry. */
export class SignInController {
  readonly #deps: SignInControllerDeps;
  #state: SignInState = { kind: 'idle' };
  #attempt: Attempt | null = null;
  #forgetCancelled: (() => void) | null = null;

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

  /** Opens the browser for an account that waited for an administrator. */
  beginAwaited(profile: DeploymentProfile, awaited: AwaitedSignIn): void {
    this.#start(profile, null, awaited);
  }

  /** Opens the browser for an account that is there, `awaited` or not; does nothing when it isn't. */
  beginAgain(accountId: string, awaited: AwaitedSignIn | null = null): void {
    const record = this.#deps.accounts.find(accountId);
    if (record !== null) {
      this.#start(record.profile, { id: record.id, address: record.address }, awaited);
    }
  }

  /** Ends the waiting sign-in and closes its listener; of another account's, nothing is kept. */
  cancel(): void {
    const state = this.#state;
    this.#giveUp();
    if (state.kind !== 'waiting') {
      this.#set({ kind: 'idle' });
      return;
    }
    this.#set({ kind: 'cancelled', ...sameAs(state) });
    this.#forgetCancelled = this.#deps.clock.setTimer(cancelledSaidMs, () => {
      this.dismiss();
    });
  }

  /** Leaves the failed or cancelled state. */
  dismiss(): void {
    if (this.#state.kind === 'failed' || this.#state.kind === 'cancelled') {
      this.#giveUp();
      this.#set({ kind: 'idle' });
    }
  }

  /**
   * Explains what a person took from Microsoft's page, as if it had been told to us; false when it says nothing. The
   * page waits on meanwhile: who finds a way there is signed in all the same.
   */
  explain(text: string): boolean {
    const state = this.#state;
    // Over already: there is nothing to explain any more.
    if (state.kind === 'idle' || state.kind === 'other-account') return true;
    const error = explainPasted(text, this.#deps.clock.now());
    if (error === null) return false;
    this.#deps.log.info('An error page was explained', { code: error.code });
    this.#set({ kind: 'failed', ...sameAs(state), error });
    return true;
  }

  /** Keeps the sign-in of another account than the one asked for, as a new account. Does nothing where none waits. */
  addOther(): void {
    this.#attempt?.decide?.(true);
  }

  dispose(): void {
    this.#giveUp();
    this.#forgetCancelled?.();
    this.#forgetCancelled = null;
  }

  #giveUp(): void {
    this.#attempt?.abort.abort();
    this.#attempt?.decide?.(false);
    this.#attempt = null;
  }

  #set(state: SignInState): void {
    this.#forgetCancelled?.();
    this.#forgetCancelled = null;
    this.#state = state;
    this.#deps.onChange();
  }

  #start(profile: DeploymentProfile, again: Attempt['again'], awaited: AwaitedSignIn | null = null): void {
    this.#giveUp();
    const abort = new AbortController();
    const attempt: Attempt = { profile, again, awaited, abort, other: null, decide: null, isSaid: false };
    this.#attempt = attempt;
    const deadline = this.#deps.clock.now() + signInLimitMs;
    this.#set({ kind: 'waiting', ...whom(attempt), host: new URL(profile.authority).host, deadline });
    this.#signIn(attempt).then(
      () => {
        this.#end(attempt, { kind: 'idle' });
      },
      (error: unknown) => {
        this.#end(attempt, this.#failed(attempt, error));
      },
    );
  }

  /** A cancelled or replaced sign-in has been answered already. */
  #end(attempt: Attempt, state: SignInState): void {
    if (this.#attempt !== attempt) return;
    this.#attempt = null;
    // What the person found on the page says more than that it came to nothing.
    if (this.#state.kind === 'failed' && state.kind === 'failed' && saysNothing.has(state.error.code)) return;
    if (!attempt.isSaid || state.kind === 'failed') this.#set(state);
  }

  #failed(attempt: Attempt, error: unknown): SignInState {
    const { again, isSaid, other } = attempt;
    const { accounts, clock, log } = this.#deps;
    // Nobody cancelled, or this would be no longer of interest: it wasn't accepted.
    const isDeclined = error instanceof AuthFailure && error.info.code === 'sign-in-cancelled';
    const isGone = again !== null && accounts.find(again.id) === null;
    if (isDeclined && (isSaid || isGone)) return { kind: 'idle' };
    log.warn('Sign-in failed', { error: error instanceof AuthFailure ? error.info.code : error });
    const info: AppErrorInfo =
      isDeclined && again !== null && other !== null
        ? { code: 'other-account-signed-in', at: clock.now(), detail: `${other.address} ≠ ${again.address}` }
        : this.#explain(error);
    // Where tokens can't be kept, the vault's own state says so and offers the ways on.
    const isVaults = info.code === 'keyring-unavailable' || info.code === 'keyring-locked';
    return isVaults ? { kind: 'idle' } : { kind: 'failed', ...whom(attempt), error: info };
  }

  async #signIn(attempt: Attempt): Promise<void> {
    const { accounts, auth } = this.#deps;
    const { again, awaited, profile } = attempt;
    const { signal } = attempt.abort;
    const loginHint = again?.address ?? awaited?.address ?? null;
    const accepts = (person: SignedInPerson): Promise<boolean> => this.#accepts(attempt, person);
    const onDeadline = (deadline: number): void => {
      // Probing the keyring may have taken its time, of which the pages lose nothing.
      if (this.#attempt === attempt && this.#state.kind === 'waiting') this.#set({ ...this.#state, deadline });
    };
    const person = await auth.signIn({ profile, loginHint, signal, onDeadline, accepts });
    // Without the account it was for, unless the person wanted another one added.
    const isGone = again !== null && attempt.other === null && accounts.find(again.id) === null;
    if (signal.aborted || isGone) {
      if (accounts.findByHomeAccountId(person.homeAccountId, profile) === null) {
        await auth.removeAccount({ profile, homeAccountId: person.homeAccountId });
      }
      return;
    }
    const accountId = await this.#welcome(attempt, person);
    if (!attempt.isSaid) this.#deps.onSignedIn(accountId);
  }

  async #welcome({ profile, awaited, isSaid }: Attempt, person: SignedInPerson): Promise<string> {
    const { accounts, onRegained } = this.#deps;
    try {
      return await accounts.welcome(person, profile);
    } finally {
      // It is watched, also where tokens that it no longer uses couldn't be deleted.
      const record = accounts.findByHomeAccountId(person.homeAccountId, profile);
      // What the account asked for waits for is none of this one's.
      if (record !== null) onRegained(record.id, isSaid ? null : (awaited?.id ?? null));
    }
  }

  /** Whether the sign-in is to be kept. An account that isn't the one asked for is the person's to decide on. */
  async #accepts(attempt: Attempt, person: SignedInPerson): Promise<boolean> {
    const { again, profile } = attempt;
    if (again === null) return true;
    const expected = this.#deps.accounts.find(again.id);
    if (expected === null || this.#attempt !== attempt) return false;
    if (expected.homeAccountId === person.homeAccountId) return true;
    this.#deps.log.info('Another account signed in than asked for', { account: again.id });
    attempt.other = person;
    const known = this.#deps.accounts.findByHomeAccountId(person.homeAccountId, profile);
    return known === null
      ? this.#decision(attempt, expected, person)
      : this.#welcomeBack(attempt, expected, known, person);
  }

  /** One of the accounts: its own tokens are as good for it as any, unless they are of another registration. */
  #welcomeBack(attempt: Attempt, expected: AccountRecord, known: AccountRecord, person: SignedInPerson): boolean {
    attempt.isSaid = true;
    this.#sayOther(expected, person, null);
    return isDeepStrictEqual(tokenRef(known), tokenRef({ ...person, profile: attempt.profile }));
  }

  #decision(attempt: Attempt, expected: AccountRecord, person: SignedInPerson): Promise<boolean> {
    const { clock } = this.#deps;
    return new Promise((resolve) => {
      const cancelLimit = clock.setTimer(decisionLimitMs, () => attempt.decide?.(false));
      attempt.decide = (adds) => {
        cancelLimit();
        attempt.decide = null;
        resolve(adds);
      };
      this.#sayOther(expected, person, clock.now() + decisionLimitMs);
    });
  }

  #sayOther({ id, address }: AccountRecord, person: SignedInPerson, addableUntil: number | null): void {
    const askedFor = address;
    this.#set({ kind: 'other-account', accountId: id, askedFor, signedIn: person.address, addableUntil });
  }

  #explain(error: unknown): AppErrorInfo {
    return error instanceof AuthFailure ? error.info : { code: 'unexpected', at: this.#deps.clock.now() };
  }
}

/** What is told of a sign-in that came to nothing, whatever the page showed. */
const saysNothing: ReadonlySet<AppErrorCode> = new Set(['sign-in-timed-out', 'sign-in-cancelled', 'consent-refused']);

/** Whose sign-in it goes on being. */
function sameAs({ accountId, approvalId }: SignInFor): SignInFor {
  return { accountId, ...(approvalId !== undefined && { approvalId }) };
}

function whom({ again, awaited }: Attempt): SignInFor {
  return { accountId: again?.id ?? null, ...(awaited !== null && { approvalId: awaited.id }) };
}
