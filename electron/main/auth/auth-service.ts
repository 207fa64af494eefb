import type { ICachePlugin, PublicClientApplication } from '@azure/msal-node';
import type { DeploymentProfile } from '../../shared/profile.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { Dial } from '../network/dial.ts';
import { classifyAuthError } from './auth-error.ts';
import { type AccountKey, AuthFailure, type AuthService, type SignInRequest } from './auth-types.ts';
import type { SignedInPerson } from './auth-types.ts';
import { signInInteractively } from './interactive-sign-in.ts';
import { createMsalClient } from './msal-client.ts';
import { createNetworkClient, createWaitRequest, type WaitRequest } from './network-client.ts';
import { personOf } from './person.ts';
import type { ResultPages } from './result-page.ts';
import { tokenItemName } from './token-ref.ts';
import { createTokenService } from './token-service.ts';
import type { TokenVault } from './vault.ts';

export interface AuthServiceOptions {
  /** Opens the sign-in page that the profile's authority names; rejects when there is no browser. */
  readonly openBrowser: (url: string, profile: DeploymentProfile) => Promise<void>;
  readonly vault: TokenVault;
  readonly clock: Clock;
  readonly log: Logger;
  /** How a provider is reached; without a proxy unless given. */
  readonly dial?: Dial;
  /** The PEM certificates to trust for a profile's `extraCaFile`; undefined for Node's own default. */
  readonly loadCa: (extraCaFile: string | null) => Promise<readonly string[] | undefined>;
  /** Asked at each sign-in, since the language can change. */
  readonly resultPages: () => ResultPages;
}

/** Signs people in and keeps their tokens. Loads MSAL at the first need. */
export function createAuthService(options: AuthServiceOptions): AuthService {
  const { vault, clock, log } = options;
  const disposal = new AbortController();
  /** What each app registration's provider asked for; its accounts share one patience. */
  const waits = new Map<string, WaitRequest>();

  const tokenService = createTokenService({
    tokens: vault.tokens,
    createClient: ({ profile }: AccountKey, plugin: ICachePlugin) => createClient(profile, waitOf(profile), plugin),
    clock,
    log,
  });

  function waitOf(profile: DeploymentProfile): WaitRequest {
    const name = tokenItemName(profile);
    const wait = waits.get(name) ?? createWaitRequest();
    waits.set(name, wait);
    return wait;
  }

  async function createClient(
    profile: DeploymentProfile,
    wait: WaitRequest,
    cachePlugin?: ICachePlugin,
  ): Promise<PublicClientApplication> {
    const { clientId } = profile;
    if (clientId === null) throw final('client-id-missing');
    const networkClient = createNetworkClient({
      ca: await trustedCertificates(profile.extraCaFile),
      clock,
      wait,
      ...(options.dial !== undefined && { dial: options.dial }),
    });
    const client = { profile: { ...profile, clientId }, networkClient, log };
    return createMsalClient(cachePlugin === undefined ? client : { ...client, cachePlugin });
  }

  async function trustedCertificates(extraCaFile: string | null): Promise<readonly string[] | undefined> {
    try {
      return await options.loadCa(extraCaFile);
    } catch (error) {
      const reason = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
      throw final('profile-invalid', `extraCaFile: can't be read${reason}`);
    }
  }

  function final(code: AuthFailure['info']['code'], detail?: string): AuthFailure {
    return new AuthFailure({ code, at: clock.now(), ...(detail !== undefined && { detail }) }, { kind: 'final' });
  }

  /** Nobody is sent through a sign-in whose tokens could then not be kept. */
  async function requireVault(): Promise<void> {
    const state = await vault.probe();
    if (state.kind === 'unavailable') throw new AuthFailure(state.error, { kind: 'final' });
  }

  async function signIn({ profile, loginHint, signal, onDeadline, accepts }: SignInRequest): Promise<SignedInPerson> {
    const either = AbortSignal.any([signal, disposal.signal]);
    await orCancelled(requireVault(), either);
    const client = await createClient(profile, createWaitRequest());
    const result = await signInInteractively({
      client,
      resource: profile.resource,
      loginHint,
      signal: either,
      openBrowser: (url) => options.openBrowser(url, profile),
      onDeadline: (deadline) => onDeadline?.(deadline),
      resultPages: options.resultPages(),
      clock,
      log,
    });
    const person = personOf(result);
    if (person === null) throw final('identity-misconfigured', 'the ID token names no mail address');
    if (accepts !== undefined && !(await orCancelled(accepts(person), either))) throw final('sign-in-cancelled');
    await adopt({ profile, homeAccountId: person.homeAccountId }, client.getTokenCache().serialize(), either);
    return person;
  }

  /** A sign-in cancelled at the last moment leaves nothing behind, but takes nothing from an account that was there. */
  async function adopt(account: AccountKey, cache: string, signal: AbortSignal): Promise<void> {
    const hadTokens = await orCancelled(tokenService.has(account), signal);
    try {
      await orCancelled(tokenService.adopt(account, cache), signal);
      if (signal.aborted) throw final('sign-in-cancelled');
    } catch (error) {
      if (!hadTokens) await tokenService.disown(account);
      throw error;
    }
  }

  function orCancelled<T>(running: Promise<T>, signal: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        reject(final('sign-in-cancelled'));
      };
      if (signal.aborted) onAbort();
      signal.addEventListener('abort', onAbort, { once: true });
      void running.then(resolve, reject).finally(() => {
        signal.removeEventListener('abort', onAbort);
      });
    });
  }

  return {
    async signIn(request) {
      try {
        return await signIn(request);
      } catch (error) {
        throw classifyAuthError(error, { transport: null, discovery: null }, clock.now());
      }
    },
    acquireToken: (account, request) => tokenService.acquire(account, request),
    removeAccount: (account) => tokenService.remove(account),
    dispose() {
      disposal.abort();
      tokenService.dispose();
    },
  };
}
