import type { ICachePlugin } from '@azure/msal-node';

/** One account's cache as MSAL sees it. */
export interface AccountCache {
  /** The newest cache, JSON that MSAL wrote; null when there is none (any more). */
  readonly current: () => string | null;
  /** Keeps what MSAL changed. Must not reject: MSAL would then fail a call whose tokens it has already got. */
  readonly changed: (cache: string) => Promise<void>;
}

/**
 * MSAL's window to one account's tokens.
 *
 * MSAL clears its memory before it asks a plugin, and writes it while others may ask: with several accounts in one
 * client, two renewals at once can drop an account (read in TokenCache.overwriteCache and serialize, msal-node 7.2.1).
 * So each account has a client and a cache of its own, and its calls run one after another.
 */
export function createCachePlugin({ current, changed }: AccountCache): ICachePlugin {
  return {
    beforeCacheAccess: (context) => {
      const cache = current();
      if (cache !== null) context.tokenCache.deserialize(cache);
      return Promise.resolve();
    },
    afterCacheAccess: async (context) => {
      if (context.cacheHasChanged) await changed(context.tokenCache.serialize());
    },
  };
}
