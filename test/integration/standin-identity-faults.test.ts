import { InteractionRequiredAuthError, ServerError } from '@azure/msal-node';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createThrowAwayCa } from '../standin/ca.ts';
import { postForm, requestHttps } from '../standin/identity/https-client.ts';
import { startIdentityStandin } from '../standin/identity/identity-standin.ts';
import type { IdentityStandin } from '../standin/identity/identity-standin.ts';
import { openPage, walkSignIn } from '../standin/identity/page-walker.ts';
import { createMsal, signInAs, signInBy, signInToDeadEnd, startTrial } from '../standin/identity/trial.ts';
import type { Trial } from '../standin/identity/trial.ts';
import { ada, lin } from '../standin/people.ts';

let trial: Trial;
let identity: IdentityStandin;

beforeEach(async () => {
  trial = await startTrial();
  identity = trial.identity;
});

afterEach(async () => {
  await identity.dispose();
});

const discoveryUrl = (): string => `${identity.authority}/v2.0/.well-known/openid-configuration`;

/** A token request that reaches the faults, though it would be refused without one. */
const postRefresh = () =>
  postForm(`${identity.authority}/oauth2/v2.0/token`, trial.caPem, { grant_type: 'refresh_token', refresh_token: 'x' });

describe('ordered faults of the token endpoint', () => {
  it('throttles with Retry-After, once', async () => {
    identity.order({ at: 'token', kind: 'throttled', retryAfterSeconds: 17 });
    expect(await postRefresh()).toMatchObject({ status: 429, headers: { 'retry-after': '17' } });
    expect(await postRefresh()).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  it('answers 503 with a page or with JSON, until cleared', async () => {
    const page = identity.order({ at: 'token', kind: 'html-unavailable' }, 'until-cleared');
    expect(await postRefresh()).toMatchObject({ status: 503, body: expect.stringContaining('<h1>503') });
    expect(await postRefresh()).toMatchObject({ status: 503 });
    expect(page.hits).toBe(2);
    page.clear();
    identity.order({ at: 'token', kind: 'server-error', status: 500 });
    expect(await postRefresh()).toMatchObject({ status: 500, body: { error_codes: [90033] } });
    expect(page.hits).toBe(2);
  });

  it('hangs until the order is cleared, and can be waited for', async () => {
    const hang = identity.order({ at: 'token', kind: 'hang' });
    const request = postRefresh();
    const seen = await identity.log.waitFor(({ outcome }) => outcome?.kind === 'hanging');
    expect(seen).toMatchObject({ endpoint: 'token', grant: 'refresh_token' });
    hang.clear();
    await expect(request).rejects.toThrow('socket hang up');
  });

  it('resets the connection', async () => {
    identity.order({ at: 'token', kind: 'reset' });
    await expect(postRefresh()).rejects.toThrow('read ECONNRESET');
  });

  it('refuses a refresh token with and without suberror, as MSAL tells them apart', async () => {
    const { renew } = await signInAs(trial, ada);
    identity.order({ at: 'token', kind: 'refused', aadsts: 70043 });
    const plain = await renew().catch((error: unknown) => error);
    expect(plain).toBeInstanceOf(ServerError);
    expect(plain).not.toBeInstanceOf(InteractionRequiredAuthError);
    expect(plain).toMatchObject({ errorCode: 'invalid_grant' });
    identity.order({ at: 'token', kind: 'refused', aadsts: 50076 });
    await expect(renew()).rejects.toMatchObject({ errorCode: 'interaction_required' });
    await expect(renew()).resolves.toMatchObject({ fromCache: false });
    identity.order({ at: 'token', kind: 'refused', aadsts: 70043, details: { suberror: 'bad_token' } });
    await expect(renew()).rejects.toThrow(InteractionRequiredAuthError);
  });

  it('is for one grant or one person where asked', async () => {
    identity.order({ at: 'token', kind: 'refused', aadsts: 50057, grant: 'refresh_token', address: lin.address });
    const [first, second] = [await signInAs(trial, ada), await signInAs(trial, lin)];
    await expect(first.renew()).resolves.toBeDefined();
    await expect(second.renew()).rejects.toMatchObject({ errorMessage: expect.stringContaining('AADSTS50057') });
  });

  it('revokes one person’s refresh tokens', async () => {
    const [first, second] = [await signInAs(trial, ada), await signInAs(trial, lin)];
    identity.revokeRefreshTokens(ada.address);
    await expect(first.renew()).rejects.toMatchObject({ errorMessage: expect.stringContaining('AADSTS50173') });
    await expect(second.renew()).resolves.toBeDefined();
  });
});

describe('other ordered faults', () => {
  it('takes discovery down', async () => {
    const down = identity.order({ at: 'discovery', kind: 'html-unavailable' }, 'until-cleared');
    const attempt = signInBy(createMsal(trial), (url) => walkSignIn(url, ada));
    await expect(attempt).rejects.toMatchObject({ errorCode: 'endpoints_resolution_error' });
    down.clear();
    await expect(signInAs(trial, ada)).resolves.toBeDefined();
  });

  it('shows an error page with the code of choice when opened or when an account is chosen', async () => {
    identity.order({ at: 'authorize', kind: 'error-page', aadsts: 650052, text: 'No subscription.' });
    const opened = await signInToDeadEnd(createMsal(trial), openPage);
    expect(opened.text).toContain('AADSTS650052: No subscription.');
    identity.order({ at: 'account', kind: 'error-page', aadsts: 53003 });
    const chosen = await signInToDeadEnd(createMsal(trial), (url) => walkSignIn(url, ada));
    expect(chosen.text).toContain('AADSTS53003:');
  });

  it('asks for an administrator, and tells the app only when the person goes back', async () => {
    identity.order({ at: 'account', kind: 'admin-approval' }, 'until-cleared');
    const page = await signInToDeadEnd(createMsal(trial), (url) => walkSignIn(url, ada));
    expect(page.heading).toBe('Need admin approval');
    expect(page.text).toContain('AADSTS90094');
    const attempt = signInBy(createMsal(trial), async (url) => {
      const back = await (await walkSignIn(url, ada)).press('Return to the app');
      await back.press('Continue');
    });
    await expect(attempt).rejects.toMatchObject({ errorCode: 'access_denied' });
  });

  it('returns an error of choice to the app', async () => {
    identity.order({ at: 'account', kind: 'returned', aadsts: 90094 });
    const attempt = signInBy(createMsal(trial), (url) => walkSignIn(url, ada));
    await expect(attempt).rejects.toMatchObject({ errorMessage: expect.stringContaining('AADSTS90094') });
  });

  it('signs another account in than the chosen one', async () => {
    identity.order({ at: 'account', kind: 'other-account', address: lin.address });
    const { account } = await signInBy(createMsal(trial), (url) => walkSignIn(url, ada));
    expect(account?.username).toBe(lin.address);
  });
});

describe('tokens made for tests', () => {
  const verify = (token: string) =>
    jwtVerify(token, createLocalJWKSet(identity.jwks), { audience: 'https://outlook.office.com' });

  it('are right unless overridden', async () => {
    const { payload } = await verify(await identity.issueToken(ada));
    expect(payload).toMatchObject({ upn: ada.address, scp: 'IMAP.AccessAsUser.All' });
    const other = await verify(await identity.issueToken(ada, { upn: lin.address, scope: null }));
    expect(other.payload['upn']).toBe(lin.address);
    expect(other.payload).not.toHaveProperty('scp');
  });

  it('can be expired, for another audience, or signed by another key', async () => {
    const expired = await identity.issueToken(ada, { expiresInSeconds: -1 });
    await expect(verify(expired)).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' });
    const elsewhere = await identity.issueToken(ada, { audience: 'https://graph.microsoft.com' });
    await expect(verify(elsewhere)).rejects.toMatchObject({ claim: 'aud' });
    const forged = await identity.issueToken(ada, { signature: 'foreign' });
    await expect(verify(forged)).rejects.toMatchObject({ code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
  });
});

describe('the stand-in itself', () => {
  it('closes at once, with a request hanging and a test waiting', async () => {
    identity.order({ at: 'token', kind: 'hang' });
    const request = postRefresh();
    await identity.log.waitFor(({ outcome }) => outcome?.kind === 'hanging');
    const waiting = identity.log.waitFor(({ grant }) => grant === 'never');
    const outcomes = Promise.allSettled([request, waiting]);
    await identity.dispose();
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(requestHttps(discoveryUrl(), { ca: trial.caPem })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it.each([
    ['expired', { hosts: ['localhost'], notAfter: new Date(0) }, 'CERT_HAS_EXPIRED'],
    ['for another host', { hosts: ['mail.elsewhere.example'] }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('can have a certificate that is %s', async (_what, request, code) => {
    const ca = await createThrowAwayCa();
    const standin = await startIdentityStandin({ tls: await ca.issue(request) });
    await expect(requestHttps(standin.origin, { ca: ca.caPem })).rejects.toMatchObject({ code });
    await standin.dispose();
  });

  it('is not trusted by another CA', async () => {
    const { caPem } = await createThrowAwayCa();
    await expect(requestHttps(discoveryUrl(), { ca: caPem })).rejects.toMatchObject({
      code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    });
    await expect(requestHttps(discoveryUrl(), { ca: trial.caPem })).resolves.toMatchObject({ status: 200 });
  });
});
