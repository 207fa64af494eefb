import type { AccountInfo, AuthenticationResult, ICachePlugin, PublicClientApplication } from '@azure/msal-node';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import { classifyAuthError, isRefreshTokenDead, isRefreshTokenRefused } from './auth-error.ts';
import { type AccessToken, type AccountKey, AuthFailure } from './auth-types.ts';
import { type CallContext, runWithContext } from './call-context.ts';
import { KeyringFailure, keyringFailure } from './keyring-failure.ts';
import { imapScope } from './msal-client.ts';
import { createCachePlugin } from './token-cache.ts';
import { tokenRef, type TokenRef } from './token-ref.ts';
import type { TokenStore } from './token-store.ts';

/** Pause before a refused renewal is tried once more, ms: such refusals can pass (observed). */
export const refusalPauseMs = 2_000;

export interface TokenServiceOptions {
  readonly tokens: TokenStore;
  /** Makes the account's own client of MSAL; rejects with an {@link AuthFailure} for a profile that can't be used. */
  readonly createClient: (account: AccountKey, plugin: ICachePlugin) => Promise<PublicClientApplication>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Gives tokens silently, and forgets them. */
export interface TokenService {
  acquire(account: AccountKey, options: { readonly forceRefresh: boolean }): Promise<AccessToken>;
  /** Whether there are tokens of the account; false where that can't be known. */
  has(account: AccountKey): Promise<boolean>;
  /** Takes over the cache of a finished sign-in; what a renewal still under way brings is then dropped. */
  adopt(account: AccountKey, cache: string): Promise<void>;
  /** Takes an {@link adopt} back. Never rejects: what can't be deleted now goes with the next save. */
  disown(account: AccountKey): Promise<void>;
  /** Resolves when the tokens are gone; when it rejects, all of them are still there. */
  remove(account: AccountKey): Promise<void>;
  /** Gives up what is under way. */
  dispose(): void;
}

interface InFlight {
  readonly isForced: boolean;
  readonly token: Promise<AccessToken>;
}

/**
 * What is kept of an account between calls, from one sign-in to the next: each begins anew, so that a renewal from
 * before it can neither bring old tokens back nor keep anybody waiting.
 */
interface Slot {
  account: AccountKey;
  readonly ref: TokenRef;
  client: Promise<PublicClientApplication> | null;
  inFlight: InFlight | null;
}

export function createTokenService({ tokens, createClient, clock, log }: TokenServiceOptions): TokenService {
  const slots = new Map<string, Slot>();
  const disposal = new AbortController();

  function slotOf(account: AccountKey): Slot {
    const ref = tokenRef(account);
    const slot = slots.get(keyOf(ref)) ?? { account, ref, client: null, inFlight: null };
    slots.set(keyOf(ref), slot);
    // The same tokens by way of another CA file or list of hosts: another client.
    if (JSON.stringify(slot.account.profile) !== JSON.stringify(account.profile)) slot.client = null;
    slot.account = account;
    return slot;
  }

  function isCurrent(slot: Slot): boolean {
    return slots.get(keyOf(slot.ref)) === slot;
  }

  async function clientOf(slot: Slot): Promise<PublicClientApplication> {
    const client = (slot.client ??= createClient(slot.account, pluginOf(slot)));
    try {
      return await client;
    } catch (error) {
      if (slot.client === client) slot.client = null;
      throw error;
    }
  }

  async function renew(slot: Slot, forceRefresh: boolean): Promise<AccessToken> {
    const context: CallContext = { signal: disposal.signal, transport: null, discovery: null };
    try {
      const read = await tokens.read(slot.ref);
      if (read.kind === 'absent') throw signInNeeded(read.isDamaged);
      const client = await clientOf(slot);
      const result = await runWithContext(context, () => silently(client, slot, forceRefresh, context));
      return { token: result.accessToken, expiresAt: result.expiresOn?.getTime() ?? clock.now() };
    } catch (error) {
      // A refused refresh token is never sent again, not after a restart either.
      if (isRefreshTokenRefused(error) && isCurrent(slot)) await tokens.discard(slot.ref);
      throw asFailure(error, context);
    }
  }

  function pluginOf(slot: Slot): ICachePlugin {
    return createCachePlugin({
      current: () => (isCurrent(slot) ? tokens.peek(slot.ref) : null),
      changed: async (cache) => {
        if (isCurrent(slot)) await tokens.update(slot.ref, cache);
      },
    });
  }

  async function silently(
    client: PublicClientApplication,
    slot: Slot,
    forceRefresh: boolean,
    context: CallContext,
  ): Promise<AuthenticationResult> {
    const account: AccountInfo | null = await client.getTokenCache().getAccountByHomeId(slot.account.homeAccountId);
    if (account === null) throw signInNeeded(false);
    const before = tokens.peek(slot.ref);
    const request = { account, scopes: [imapScope(slot.account.profile.resource)], forceRefresh };
    try {
      return await client.acquireTokenSilent(request);
    } catch (error) {
      if (!isRefreshTokenDead(error) || disposal.signal.aborted) throw error;
      log.info('renewal refused, one more try', { aadsts: classifyAuthError(error, context, clock.now()).info.aadsts });
      await pause(refusalPauseMs);
      // A sign-in meanwhile has brought better tokens, which are no business of this renewal.
      if (!isCurrent(slot)) throw error;
      context.transport = null;
      // MSAL drops a refresh token at once that was called bad, and could then try nothing.
      if (before !== null && tokens.peek(slot.ref) !== before) await tokens.update(slot.ref, before);
      return await client.acquireTokenSilent(request);
    }
  }

  function pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        cancel();
        disposal.signal.removeEventListener('abort', end);
        resolve();
      };
      const cancel = clock.setTimer(delayMs, end);
      disposal.signal.addEventListener('abort', end, { once: true });
    });
  }

  function signInNeeded(isDamaged: boolean): AuthFailure {
    const code = isDamaged ? 'token-cache-damaged' : 'sign-in-expired';
    const why = tokens.isSessionOnly() && !isDamaged ? ({ explanation: 'session-only', who: 'you' } as const) : {};
    return new AuthFailure({ code, at: clock.now(), ...why }, { kind: 'interactive' });
  }

  function asFailure(error: unknown, context: CallContext): AuthFailure {
    // Unlocking the keyring mends it. Each try may ask: the vault answers from what it knows and looks itself in time.
    if (error instanceof KeyringFailure) return new AuthFailure(error.info, { kind: 'transient', retryAfterMs: null });
    return classifyAuthError(error, context, clock.now());
  }

  async function acquire(slot: Slot, forceRefresh: boolean): Promise<AccessToken> {
    for (;;) {
      const { inFlight } = slot;
      if (inFlight === null) break;
      // A renewal under way serves everybody; one that may answer from the cache doesn't serve who wants a fresh one.
      if (inFlight.isForced || !forceRefresh) return inFlight.token;
      await inFlight.token.catch(() => undefined);
    }
    const inFlight: InFlight = {
      isForced: forceRefresh,
      token: renew(slot, forceRefresh).finally(() => {
        if (slot.inFlight === inFlight) slot.inFlight = null;
      }),
    };
    slot.inFlight = inFlight;
    return inFlight.token;
  }

  return {
    acquire: (account, { forceRefresh }) => acquire(slotOf(account), forceRefresh),
    async has(account) {
      try {
        return (await tokens.read(tokenRef(account))).kind === 'present';
      } catch (error) {
        log.info('not known whether there are tokens', { reason: keyringFailure(error, clock.now()).info.code });
        return false;
      }
    },
    async adopt(account, cache) {
      const ref = tokenRef(account);
      slots.delete(keyOf(ref));
      await tokens.write(ref, cache);
    },
    async disown(account) {
      const ref = tokenRef(account);
      slots.delete(keyOf(ref));
      await tokens.discard(ref);
    },
    async remove(account) {
      const ref = tokenRef(account);
      try {
        await tokens.remove(ref);
        slots.delete(keyOf(ref));
      } catch (error) {
        throw asFailure(error, { signal: disposal.signal, transport: null, discovery: null });
      }
    },
    dispose: () => {
      disposal.abort();
    },
  };
}

function keyOf({ item, partition }: TokenRef): string {
  return `${item} ${partition}`;
}
