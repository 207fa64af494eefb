import { readFileSync } from 'node:fs';

import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { describe, expect, it } from 'vitest';

import { signInInteractively } from '../../electron/main/auth/interactive-sign-in.ts';
import { createMsalClient, imapScope } from '../../electron/main/auth/msal-client.ts';
import { personOf } from '../../electron/main/auth/person.ts';
import { cloudOf } from '../../electron/main/profile/cloud.ts';
import { builtInProfile, overlay, parseProfileLayer } from '../../electron/main/profile/deployment-profile.ts';
import type { DeploymentProfile } from '../../electron/shared/profile.ts';
import { ada, sam, type StandinPerson } from '../standin/people.ts';
import { HandClock } from './auth-bench.ts';
import { recordingLog } from '../support/recording-log.ts';

/** Every profile that the docs hand out, signed in with by real MSAL: which hosts it asks, and for what. */

const clientId = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';

function profileOf(example: string): DeploymentProfile & { readonly clientId: string } {
  const text = readFileSync(new URL(`../../docs/examples/${example}.json`, import.meta.url), 'utf8');
  return { ...overlay(builtInProfile, parseProfileLayer(JSON.parse(text), example, 0)), clientId };
}

/** Answers as Microsoft does, for whatever host is asked, and notes what that was. */
class RecordedNetwork {
  readonly urls: URL[] = [];
  readonly forms: URLSearchParams[] = [];
  readonly #person: StandinPerson;

  constructor(person: StandinPerson) {
    this.#person = person;
  }

  /** For MSAL, which says itself what it takes the answers for. */
  readonly module: INetworkModule = {
    sendGetRequestAsync: async <T>(url: string): Promise<NetworkResponse<T>> => {
      const body: T = JSON.parse(this.#discovery(new URL(url)));
      return { headers: {}, status: 200, body };
    },
    sendPostRequestAsync: async <T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> => {
      const body: T = JSON.parse(this.#tokens(new URL(url), new URLSearchParams(options?.body)));
      return { headers: {}, status: 200, body };
    },
  };

  #discovery(url: URL): string {
    this.urls.push(url);
    const tenant = url.pathname.split('/')[1] ?? '';
    const of = (path: string): string => `${url.origin}/${tenant}/${path}`;
    return JSON.stringify({
      issuer: `${url.origin}/{tenantid}/v2.0`,
      authorization_endpoint: of('oauth2/v2.0/authorize'),
      token_endpoint: of('oauth2/v2.0/token'),
      jwks_uri: of('discovery/v2.0/keys'),
    });
  }

  #tokens(url: URL, form: URLSearchParams): string {
    this.urls.push(url);
    this.forms.push(form);
    const { oid, tid, address, displayName } = this.#person;
    const identity = { oid, tid, preferred_username: address, name: displayName };
    const claims = { aud: clientId, iss: `${url.origin}/${tid}/v2.0`, ...identity };
    return JSON.stringify({
      token_type: 'Bearer',
      scope: form.get('scope'),
      expires_in: 3_600,
      access_token: `access-${this.forms.length}`,
      refresh_token: `refresh-${this.forms.length}`,
      id_token: [{ alg: 'none' }, claims, {}].map(base64).join('.'),
      client_info: base64({ uid: oid, utid: tid }),
    });
  }
}

function base64(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

const rows = [
  ['public-cloud', ada, 'login.microsoftonline.com', 'common', 'outlook.office.com', 'outlook.office365.com'],
  ['public-cloud', sam, 'login.microsoftonline.com', 'common', 'outlook.office.com', 'outlook.office365.com'],
  ['personal-only', sam, 'login.microsoftonline.com', 'consumers', 'outlook.office.com', 'outlook.office365.com'],
  ['work-only', ada, 'login.microsoftonline.com', 'organizations', 'outlook.office.com', 'outlook.office365.com'],
  [
    'one-tenant',
    ada,
    'login.microsoftonline.com',
    'contoso.onmicrosoft.com',
    'outlook.office.com',
    'outlook.office365.com',
  ],
  ['us-government', ada, 'login.microsoftonline.us', 'organizations', 'outlook.office365.us', 'outlook.office365.us'],
  [
    'china-21vianet',
    ada,
    'login.partner.microsoftonline.cn',
    'organizations',
    'partner.outlook.cn',
    'partner.outlook.cn',
  ],
] as const;

describe.each(rows)('docs/examples/%s.json, for a $1.kind account', (example, person, host, tenant, resource, imap) => {
  const profile = profileOf(example);

  it(`asks ${host} alone, as ${tenant}, for the mail of ${resource}`, async () => {
    const network = new RecordedNetwork(person);
    const client = await createMsalClient({ profile, networkClient: network.module, log: recordingLog() });
    let page: URL | null = null;
    const result = await signInInteractively({
      client,
      resource: profile.resource,
      loginHint: null,
      signal: new AbortController().signal,
      openBrowser: async (address) => {
        page = new URL(address);
        await fetch(page.searchParams.get('redirect_uri') ?? '', {
          method: 'POST',
          body: new URLSearchParams({ code: 'a-code', state: page.searchParams.get('state') ?? '' }),
        });
      },
      onDeadline: () => {},
      resultPages: { success: 'in', failure: 'not in' },
      clock: new HandClock(),
      log: recordingLog(),
    });
    const account = result.account;
    if (account === null || page === null) throw new Error('nobody signed in');
    await client.acquireTokenSilent({ account, scopes: [imapScope(profile.resource)], forceRefresh: true });

    const { origin, pathname, searchParams } = page as URL;
    expect(`${origin}${pathname}`).toBe(`https://${host}/${tenant}/oauth2/v2.0/authorize`);
    const mail = `https://${resource}/IMAP.AccessAsUser.All`;
    const all = [mail, 'email', 'offline_access', 'openid', 'profile'];
    expect(searchParams.get('scope')?.split(' ').toSorted()).toEqual(all.toSorted());
    expect(network.forms.map((form) => form.get('grant_type'))).toEqual(['authorization_code', 'refresh_token']);
    for (const form of network.forms) {
      expect(form.get('scope')?.split(' ')).toContain(mail);
      expect(form.get('scope')).not.toContain('.default');
      expect(form.has('client_secret')).toBe(false);
    }
    // Nobody else hears of the sign-in: no other cloud, no service for the discovery of clouds.
    expect(new Set(network.urls.map((url) => url.host))).toEqual(new Set([host]));
    expect(new Set(network.urls.map((url) => url.pathname.split('/')[1]))).toEqual(new Set([tenant]));
    expect(personOf(result)).toMatchObject({
      homeAccountId: `${person.oid}.${person.tid}`,
      address: person.address,
    });
  });

  it(`reads the mail at ${imap}`, () => {
    expect(profile.imap).toEqual({ host: imap, port: 993 });
    const cloud = { 'us-government': 'us-government', 'china-21vianet': 'china' }[example as string] ?? 'public';
    expect(cloudOf(profile)).toBe(cloud);
  });
});
