import type { AccountInfo, AuthenticationResult, ICachePlugin, PublicClientApplication } from '@azure/msal-node';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import { classifyAuthError, isRefreshTokenDead, isWorthOneRetry } from './auth-error.ts';
import { type AccessToken, type AccountKey, AuthFailure } from './auth-types.ts';
import { type CallContext, runWithContext } from './call-context.ts';
import { KeyringFailure } from './keyring-failure.ts';
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
  /** Takes over the cache of a finished sign-in; what a renewal still under way brings is then dropped. */
  adopt(account: AccountKey, cache: string): Promise<void>;
  remove(account: AccountKey): Promise<void>;
  /** Gives up what is under way. */
  dispose(): void;
}

interface InFlight {
  readonly isForced: boolean;
  readonly token: Promise<AccessToken>;
}

/** What is kept of an account between calls. */
interface Slot {
  account: AccountKey;
  readonly ref: TokenRef;
  client: Promise<PublicClientApplication> | null;
  inFlight: InFlight | null;
  /** Counts sign-ins and removals, so that a renewal begun before one can't bring old tokens back. */
  generation: number;
  /** The generation that the renewal under way began in. */
  renewing: number;
}

export function createTokenService({ tokens, createClient, clock, log }: TokenServiceOptions): TokenService {
  const slots = new Map<string, Slot>();
  const disposal = new AbortController();

  function slotOf(account: AccountKey): Slot {
    const ref = tokenRef(account);
    const key = `${ref.item} ${ref.partition}`;
    const slot = slots.get(key) ?? { account, ref, client: null, inFlight: null, generation: 0, renewing: 0 };
    slots.set(key, slot);
    // The same tokens by way of another CA file or list of hosts: another client.
    if (JSON.stringify(slot.account.profile) !== JSON.stringify(account.profile)) slot.client = null;
    slot.account = account;
    return slot;
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
    slot.renewing = slot.generation;
    try {
      const read = await tokens.read(slot.ref);
      if (read.kind === 'absent') throw signInNeeded(read.isDamaged);
      const client = await clientOf(slot);
      const result = await runWithContext(context, () => silently(client, slot, forceRefresh, context));
      return { token: result.accessToken, expiresAt: result.expiresOn?.getTime() ?? clock.now() };
    } catch (error) {
      if (isRefreshTokenDead(error) && slot.generation === slot.renewing) await forget(slot);
      throw asFailure(error, context);
    }
  }

  function pluginOf(slot: Slot): ICachePlugin {
    return createCachePlugin({
      current: () => tokens.peek(slot.ref),
      changed: async (cache) => {
        if (slot.generation === slot.renewing) await tokens.write(slot.ref, cache);
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
    const request = { account, scopes: [imapScope(slot.account.profile.resource)], forceRefresh };
    try {
      return await client.acquireTokenSilent(request);
    } catch (error) {
      if (!isWorthOneRetry(error) || disposal.signal.aborted) throw error;
      log.info('renewal refused, one more try', { aadsts: classifyAuthError(error, context, clock.now()).info.aadsts });
      await pause(refusalPauseMs);
      context.transport = null;
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

  /** A refused refresh token is never sent again, not after a restart either. */
  async function forget(slot: Slot): Promise<void> {
    slot.generation += 1;
    try {
      await tokens.remove(slot.ref);
    } catch (error) {
      log.warn('refused tokens not deleted', { reason: error instanceof KeyringFailure ? error.info.code : 'unknown' });
    }
  }

  function signInNeeded(isDamaged: boolean): AuthFailure {
    const code = isDamaged ? 'token-cache-damaged' : 'sign-in-expired';
    return new AuthFailure({ code, at: clock.now() }, { kind: 'interactive' });
  }

  function asFailure(error: unknown, context: CallContext): AuthFailure {
    // Unlocking the keyring mends it, and each try looks again.
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
    const token = renew(slot, forceRefresh).finally(() => {
      slot.inFlight = null;
    });
    slot.inFlight = { isForced: forceRefresh, token };
    return token;
  }

  return {
    acquire: (account, { forceRefresh }) => acquire(slotOf(account), forceRefresh),
    async adopt(account, cache) {
      const slot = slotOf(account);
      slot.generation += 1;
      await tokens.write(slot.ref, cache);
    },
    async remove(account) {
      const slot = slotOf(account);
      slot.generation += 1;
      slot.client = null;
      try {
        await tokens.remove(slot.ref);
      } catch (error) {
        throw asFailure(error, { signal: disposal.signal, transport: null, discovery: null });
      }
    },
    dispose: () => {
      disposal.abort();
    },
  };
}
