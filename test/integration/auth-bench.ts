import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { createAuthService } from '../../electron/main/auth/auth-service.ts';
import type { AccountKey, AuthService, SignedInPerson } from '../../electron/main/auth/auth-types.ts';
import { AuthFailure } from '../../electron/main/auth/auth-types.ts';
import type { VaultNotice } from '../../electron/main/auth/vault-notice.ts';
import { createTokenVault, type TokenVault } from '../../electron/main/auth/vault.ts';
import type { Clock } from '../../electron/main/clock.ts';
import type { DeploymentProfile } from '../../electron/shared/profile.ts';
import { type CertificateRequest, createThrowAwayCa } from '../standin/ca.ts';
import { demoApp } from '../standin/identity/app-registration.ts';
import { type IdentityStandin, startIdentityStandin } from '../standin/identity/identity-standin.ts';
import { walkSignIn } from '../standin/identity/page-walker.ts';
import type { StandinPerson } from '../standin/people.ts';
import { recordingLog } from '../support/recording-log.ts';
import { MemoryKeyring } from '../unit/auth/memory-keyring.ts';

/** The system's time, moved on at will, with timers that run only when a test says so. */
export class HandClock implements Clock {
  offsetMs = 0;
  /** How far the wall clock alone was set forward. */
  wallOffsetMs = 0;
  readonly #timers = new Map<number, Set<() => void>>();
  readonly #waiters = new Map<number, () => void>();
  /** Delays whose timers run at once. */
  readonly instant = new Set<number>();

  now(): number {
    return Date.now() + this.offsetMs + this.wallOffsetMs;
  }

  monotonic(): number {
    return performance.now() + this.offsetMs;
  }

  setTimer(delayMs: number, run: () => void): () => void {
    if (this.instant.has(delayMs)) {
      const immediate = setImmediate(run);
      return () => {
        clearImmediate(immediate);
      };
    }
    const timers = this.#timers.get(delayMs) ?? new Set();
    this.#timers.set(delayMs, timers);
    timers.add(run);
    this.#waiters.get(delayMs)?.();
    return () => {
      timers.delete(run);
    };
  }

  count(delayMs: number): number {
    return this.#timers.get(delayMs)?.size ?? 0;
  }

  /** Runs the timers of this delay. */
  fire(delayMs: number): void {
    for (const run of [...(this.#timers.get(delayMs) ?? [])]) run();
  }

  /** Resolves when a timer of this delay is set. */
  async untilSet(delayMs: number): Promise<void> {
    if (this.count(delayMs) > 0) return;
    await new Promise<void>((resolve) => {
      this.#waiters.set(delayMs, resolve);
    });
  }
}

/** One run of the app's auth room. */
export interface Run {
  readonly auth: AuthService;
  readonly vault: TokenVault;
  readonly notices: VaultNotice[];
}

/** The identity stand-in, a keyring in memory, and as many runs of the auth room on them as a test wants. */
export interface Bench {
  readonly identity: IdentityStandin;
  readonly profile: DeploymentProfile;
  readonly keyring: MemoryKeyring;
  readonly clock: HandClock;
  readonly log: ReturnType<typeof recordingLog>;
  /** What the person does when the browser opens. */
  browser: (url: string) => Promise<unknown>;
  start(sessionOnly?: boolean): Run;
  /** Signs in as one of the people, by `run`. */
  signIn(run: Run, person: StandinPerson): Promise<SignedInPerson>;
  dispose(): Promise<void>;
}

export async function startBench(certificate: Partial<CertificateRequest> = {}): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'tidings-auth-'));
  const ca = await createThrowAwayCa();
  const identity = await startIdentityStandin({ tls: await ca.issue({ hosts: ['localhost'], ...certificate }) });
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, ca.caPem);
  const clock = new HandClock();
  const keyring = new MemoryKeyring();
  const log = recordingLog();
  const runs: Run[] = [];

  const bench: Bench = {
    identity,
    keyring,
    clock,
    log,
    profile: {
      clientId: demoApp.clientId,
      authority: identity.authority,
      knownAuthorities: [`localhost:${identity.port}`],
      resource: 'https://outlook.office.com',
      imap: { host: 'localhost', port: 993 },
      extraCaFile: caFile,
    },
    browser: () => Promise.reject(new Error('no browser in this test')),
    start(sessionOnly = false) {
      const notices: VaultNotice[] = [];
      const vault = createTokenVault({
        folder,
        sessionOnly,
        expectsAccounts: () => true,
        onNotice: (notice) => notices.push(notice),
        clock,
        log,
        openKeyring: () => Promise.resolve(keyring),
      });
      const auth = createAuthService({
        openBrowser: async (url) => {
          await bench.browser(url);
        },
        vault,
        clock,
        log,
        loadCa: async (path) => (path === null ? undefined : [...rootCertificates, await readFile(path, 'utf8')]),
        resultPages: () => ({ success: '<!doctype html>well done', failure: '<!doctype html>not done' }),
      });
      const run = { auth, vault, notices };
      runs.push(run);
      return run;
    },
    async signIn(run, person) {
      bench.browser = (url) => walkSignIn(url, person);
      const { signal } = new AbortController();
      return run.auth.signIn({ profile: bench.profile, loginHint: null, signal });
    },
    async dispose() {
      for (const { auth, vault } of runs) {
        auth.dispose();
        vault.dispose();
      }
      await identity.dispose();
      await rm(folder, { recursive: true });
    },
  };
  return bench;
}

export function accountOf(bench: Bench, { homeAccountId }: SignedInPerson): AccountKey {
  return { profile: bench.profile, homeAccountId };
}

/** The failure a promise rejects with; anything else fails the test. */
export async function failureOf(running: Promise<unknown>): Promise<AuthFailure> {
  const outcome = await running.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome && outcome.error instanceof AuthFailure) return outcome.error;
  throw new Error(`expected an AuthFailure, got ${JSON.stringify(outcome)}`, { cause: outcome });
}

/** A sign-in that nobody cancels. */
export function signIn(bench: Bench, auth: AuthService, profile = bench.profile): Promise<SignedInPerson> {
  return auth.signIn({ profile, loginHint: null, signal: new AbortController().signal });
}

/** Starts a sign-in whose browser opens and then waits for a person who does nothing. */
export async function startAbandoned(bench: Bench, controller: AbortController, loginHint: string | null = null) {
  const { auth } = bench.start();
  const opened = new Promise<URL>((resolve) => {
    bench.browser = (url) => {
      resolve(new URL(url));
      return Promise.resolve();
    };
  });
  const running = auth.signIn({ profile: bench.profile, loginHint, signal: controller.signal });
  // Whoever awaits it comes later.
  running.catch(() => undefined);
  const ended = running.then(() => Promise.reject(new Error('the sign-in ended by itself')));
  return { running, authorizeUrl: await Promise.race([opened, ended]) };
}

/** Whether something still listens where the browser would return to. */
export async function isListening(authorizeUrl: URL): Promise<boolean> {
  const { port } = new URL(authorizeUrl.searchParams.get('redirect_uri') ?? '');
  return fetch(`http://127.0.0.1:${port}/favicon.ico`).then(
    () => true,
    () => false,
  );
}
