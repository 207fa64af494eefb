import { createHash } from 'node:crypto';

import { ServerError } from '@azure/msal-node';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { daemonApp, demoApp } from '../standin/identity/app-registration.ts';
import { postForm } from '../standin/identity/https-client.ts';
import type { IdentityStandin } from '../standin/identity/identity-standin.ts';
import { openPage, walkSignIn } from '../standin/identity/page-walker.ts';
import {
  createMsal,
  IMAP_SCOPE,
  listenForAnswer,
  signInAs,
  signInBy,
  signInToDeadEnd,
  startTrial,
} from '../standin/identity/trial.ts';
import type { Trial } from '../standin/identity/trial.ts';
import { ada, lin, sam } from '../standin/people.ts';

const scopes = [IMAP_SCOPE, 'offline_access', 'openid', 'profile', 'email'];
const verifier = 'a-code-verifier-of-more-than-forty-three-characters';
const codeChallenge = createHash('sha256').update(verifier).digest('base64url');

let trial: Trial;
let identity: IdentityStandin;

beforeEach(async () => {
  trial = await startTrial();
  identity = trial.identity;
});

afterEach(async () => {
  await identity.dispose();
});

function authorizeUrl(changes: Readonly<Record<string, string | null>> = {}, tenant = 'common'): string {
  const query = new URLSearchParams({
    client_id: demoApp.clientId,
    redirect_uri: 'http://localhost:49152',
    response_type: 'code',
    response_mode: 'form_post',
    scope: scopes.join(' '),
    code_challenge: codeChallenge,
    code_challenge_method: 'S256',
    state: 'a-state',
  });
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  return `${identity.pageOrigin}/${tenant}/oauth2/v2.0/authorize?${query.toString()}`;
}

/** Signs Ada in without MSAL, up to the code. */
async function obtainCode(): Promise<{ code: string; redirectUri: string }> {
  const { redirectUri, answer } = await listenForAnswer();
  await walkSignIn(authorizeUrl({ redirect_uri: redirectUri }), ada);
  const form = await answer;
  expect(form.get('state')).toBe('a-state');
  return { code: form.get('code') ?? '', redirectUri };
}

function redeem(fields: Readonly<Record<string, string>>) {
  return postForm(`${identity.authority}/oauth2/v2.0/token`, trial.caPem, { client_id: demoApp.clientId, ...fields });
}

describe('a sign-in with MSAL', () => {
  it.each([ada, lin, sam])('ends with the account of $address and a token for IMAP', async (person) => {
    const result = await signInBy(createMsal(trial), (url) => walkSignIn(url, person));
    expect(result.account).toMatchObject({
      homeAccountId: `${person.oid}.${person.tid}`,
      username: person.address,
      name: person.displayName,
      tenantId: person.tid,
    });
    const { payload, protectedHeader } = await jwtVerify(result.accessToken, createLocalJWKSet(identity.jwks), {
      audience: 'https://outlook.office.com',
      issuer: `${identity.origin}/${person.tid}/v2.0`,
    });
    expect(payload).toMatchObject({
      scp: 'IMAP.AccessAsUser.All',
      upn: person.address,
      oid: person.oid,
      idtyp: 'user',
    });
    expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'JWT' });
  });

  it('asks for consent the first time only', async () => {
    await signInAs(trial, ada);
    const page = await openPage(authorizeUrl());
    expect((await page.press(ada.address)).heading).toBe('Back to Tidings');
    identity.forgetConsent(ada);
    const again = await (await openPage(authorizeUrl())).press(ada.address);
    expect(again.text).toContain('Read and write your mail by IMAP');
  });

  it('comes back with access_denied when consent is refused or the pages are cancelled', async () => {
    const refused = signInBy(createMsal(trial), (url) => walkSignIn(url, ada, 'refuse'));
    await expect(refused).rejects.toMatchObject({ errorCode: 'access_denied' });
    const cancelled = signInBy(createMsal(trial), async (url) =>
      (await (await openPage(url)).press('Cancel')).press('Continue'),
    );
    await expect(cancelled).rejects.toThrow(ServerError);
    await expect(cancelled).rejects.toMatchObject({ errorMessage: expect.stringContaining('AADSTS65004') });
  });

  it('stays on the page with an unknown client id, and the app hears nothing', async () => {
    const page = await signInToDeadEnd(
      createMsal(trial, { clientId: '11111111-2222-4333-8444-555555555555' }),
      openPage,
    );
    expect(page.status).toBe(400);
    expect(page.text).toMatch(/AADSTS700016: .* Correlation Id [\da-f-]{36} Timestamp \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ/);
  });

  it('offers the hinted account first, and another by its address', async () => {
    const [first] = (await openPage(authorizeUrl({ login_hint: sam.address }))).buttons;
    expect(first).toContain(sam.address);
    const other = await (await openPage(authorizeUrl())).press('Use another account');
    const wrong = await other.press('Next', { address: 'who@nowhere.example' });
    expect(wrong.text).toContain('no account with that address');
    expect((await wrong.press('Next', { address: ' LIN@fabrikam.example ' })).text).toContain(lin.address);
  });

  it('lets each kind of account in where Microsoft does', async () => {
    const personal = await signInToDeadEnd(createMsal(trial, { tenant: 'organizations' }), (url) =>
      walkSignIn(url, sam),
    );
    expect(personal.text).toContain('AADSTS500208');
    const stranger = await signInToDeadEnd(createMsal(trial, { tenant: 'fabrikam.example' }), (url) =>
      walkSignIn(url, ada),
    );
    expect(stranger.text).toContain('AADSTS50020');
    expect((await stranger.press('Choose another account')).heading).toBe('Pick an account');
    await expect(
      signInBy(createMsal(trial, { tenant: lin.tid }), (url) => walkSignIn(url, lin)),
    ).resolves.toBeDefined();
  });
});

describe('the authorize address', () => {
  it.each([
    ['another path', { redirect_uri: 'http://localhost:49152/callback' }, 50011],
    ['a number in place of localhost', { redirect_uri: 'http://127.0.0.1:49152' }, 50011],
    ['https', { redirect_uri: 'https://localhost:49152' }, 50011],
    ['no redirect', { redirect_uri: null }, 900971],
    ['.default', { scope: 'https://outlook.office.com/.default offline_access' }, 70011],
    ['two resources', { scope: `${IMAP_SCOPE} https://outlook.office365.com/IMAP.AccessAsUser.All` }, 700022],
    ['an unknown scope', { scope: 'https://outlook.office.com/IMAP.Everything' }, 650053],
    ['an unknown resource', { scope: 'https://mail.example/IMAP.AccessAsUser.All' }, 500011],
    ['no scope', { scope: null }, 900144],
    ['an ID token wanted', { response_type: 'code id_token' }, 700054],
    ['no PKCE', { code_challenge: null }, 9002325],
    ['plain PKCE', { code_challenge_method: 'plain' }, 50147],
  ])('refuses %s on its own page', async (_what, changes, aadsts) => {
    const page = await openPage(authorizeUrl(changes));
    expect(page.text).toContain(`AADSTS${aadsts}:`);
    expect(page.buttons).toEqual([]);
  });

  it('escapes what it was given, and lets the answer go nowhere but to the app', async () => {
    const hostile = `"><script>alert(1)</script>&amp;'`;
    const { redirectUri, answer } = await listenForAnswer();
    const page = await (await openPage(authorizeUrl({ redirect_uri: redirectUri, state: hostile }))).press('Cancel');
    expect(page.headers.get('content-security-policy')).toContain(`form-action ${redirectUri}`);
    await page.press('Continue');
    expect((await answer).get('state')).toBe(hostile);
  });

  it('answers a silent sign-in with login_required', async () => {
    const response = await fetch(authorizeUrl({ prompt: 'none', response_mode: 'query' }), { redirect: 'manual' });
    const location = new URL(response.headers.get('location') ?? '');
    expect(location.origin).toBe('http://localhost:49152');
    expect(Object.fromEntries(location.searchParams)).toMatchObject({ error: 'login_required', state: 'a-state' });
  });
});

describe('the token endpoint', () => {
  it('redeems a code once, for the right redirect and verifier', async () => {
    const grant = { grant_type: 'authorization_code', code_verifier: verifier };
    const first = await obtainCode();
    const good = await redeem({ ...grant, code: first.code, redirect_uri: first.redirectUri });
    expect(good.body).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: IMAP_SCOPE });
    const twice = await redeem({ ...grant, code: first.code, redirect_uri: first.redirectUri });
    expect(twice.body).toMatchObject({ error: 'invalid_grant', error_codes: [54005] });
    const second = await obtainCode();
    const stolen = await redeem({
      ...grant,
      code: second.code,
      redirect_uri: second.redirectUri,
      code_verifier: 'guess',
    });
    expect(stolen.body).toMatchObject({ error: 'invalid_grant', error_codes: [501481] });
    const third = await obtainCode();
    const elsewhere = await redeem({ ...grant, code: third.code, redirect_uri: 'http://localhost:1' });
    expect(elsewhere.body).toMatchObject({ error_codes: [500112] });
  });

  it('refuses in the shape of Microsoft’s bodies', async () => {
    const { status, body } = await redeem({ grant_type: 'refresh_token', refresh_token: 'none', client_secret: 'x' });
    expect(status).toBe(401);
    expect(body).toEqual({
      error: 'invalid_client',
      error_description: expect.stringMatching(
        /^AADSTS700025: .* Trace ID: \S+ Correlation ID: \S+ Timestamp: \S+ \S+Z$/,
      ),
      error_codes: [700025],
      timestamp: expect.any(String),
      trace_id: expect.any(String),
      correlation_id: expect.any(String),
      error_uri: expect.stringContaining('/error?code=700025'),
    });
  });

  it('serves MSAL from its cache, and renews with a new refresh token each time', async () => {
    const { app, account, renew, refreshToken } = await signInAs(trial, ada);
    await app.acquireTokenSilent({ account, scopes: [IMAP_SCOPE] });
    expect(identity.log.tokenRequestCount()).toBe(1);
    const old = refreshToken();
    expect((await renew()).fromCache).toBe(false);
    expect(refreshToken()).not.toBe(old);
    await renew();
    expect(identity.log.tokenRequestCount('refresh_token')).toBe(2);
    const reused = await redeem({ grant_type: 'refresh_token', refresh_token: old, scope: IMAP_SCOPE });
    expect(reused.body).toMatchObject({ error: 'invalid_grant', error_codes: [70000] });
  });

  it('has MSAL renew a token with less than 300 s to live without being told to', async () => {
    identity.setAccessTokenLifetime(290);
    const { app, account } = await signInAs(trial, ada);
    await app.acquireTokenSilent({ account, scopes: [IMAP_SCOPE] });
    expect(identity.log.tokenRequestCount('refresh_token')).toBe(1);
  });

  it('gives a server an app-only token, which names no person', async () => {
    const fields = {
      client_id: daemonApp.clientId,
      client_secret: daemonApp.secret ?? '',
      grant_type: 'client_credentials',
    };
    const url = `${identity.origin}/${ada.tid}/oauth2/v2.0/token`;
    const { body } = await postForm(url, trial.caPem, { ...fields, scope: 'https://outlook.office.com/.default' });
    const { access_token: token = '', ...rest } = body as { access_token?: string };
    expect(rest).toEqual({ token_type: 'Bearer', expires_in: 3600, ext_expires_in: 3600 });
    const { payload } = await jwtVerify(token, createLocalJWKSet(identity.jwks));
    expect(payload).toMatchObject({ idtyp: 'app', roles: ['IMAP.AccessAsApp'], oid: payload.sub });
    expect(payload).not.toHaveProperty('scp');
    const explicit = await postForm(url, trial.caPem, { ...fields, scope: IMAP_SCOPE });
    expect(explicit.body).toMatchObject({ error: 'invalid_scope', error_codes: [1002012] });
  });

  it('logs no secret', async () => {
    const { renew, refreshToken } = await signInAs(trial, ada);
    const { accessToken } = await renew();
    const log = JSON.stringify(identity.log.requests);
    expect(log).toContain(ada.address);
    for (const secret of [accessToken, refreshToken(), 'code_verifier', 'code=']) expect(log).not.toContain(secret);
  });
});
