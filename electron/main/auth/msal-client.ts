import type { ICachePlugin, INetworkModule, PublicClientApplication } from '@azure/msal-node';
import type { DeploymentProfile } from '../../shared/profile.ts';
import type { Logger } from '../log.ts';
import { safeDetail } from './error-detail.ts';

export interface MsalClientOptions {
  readonly profile: DeploymentProfile & { readonly clientId: string };
  readonly networkClient: INetworkModule;
  /** None for a cache that lives and dies with the client. */
  readonly cachePlugin?: ICachePlugin;
  readonly log: Logger;
}

/** A public client of MSAL, which is loaded at the first call. No client capabilities: IMAP can't answer a claims challenge. */
export async function createMsalClient(options: MsalClientOptions): Promise<PublicClientApplication> {
  const { PublicClientApplication: Application, LogLevel } = await import('@azure/msal-node');
  const { clientId, authority, knownAuthorities } = options.profile;
  return new Application({
    auth: { clientId, authority, knownAuthorities: [...knownAuthorities] },
    ...(options.cachePlugin !== undefined && { cache: { cachePlugin: options.cachePlugin } }),
    system: {
      networkClient: options.networkClient,
      loggerOptions: {
        logLevel: LogLevel.Warning,
        piiLoggingEnabled: false,
        loggerCallback: (_level, message, containsPii) => {
          if (!containsPii) options.log.debug('msal', { message: safeDetail(message) });
        },
      },
    },
  });
}

/** What is asked for when a person signs in. */
export function signInScopes(resource: string): string[] {
  // `.default` would be an app-level scope and breaks personal accounts; MSAL adds the rest of OpenID's by itself too.
  return [imapScope(resource), 'offline_access', 'openid', 'profile', 'email'];
}

/** What a token for the mailbox needs. */
export function imapScope(resource: string): string {
  return `${resource}/IMAP.AccessAsUser.All`;
}
