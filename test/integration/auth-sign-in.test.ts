import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { requestLimitMs } from '../../electron/main/auth/network-client.ts';
import { openPage, walkSignIn } from '../standin/identity/page-walker.ts';
import { ada, lin, sam } from '../standin/people.ts';
import { accountOf, type Bench, failureOf, isListening, signIn, startAbandoned, startBench } from './auth-bench.ts';

let bench: Bench;
const anId: unknown = expect.stringMatching(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/u);

beforeEach(async () => {
  bench = await startBench();
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await bench.dispose();
});

describe('signing in', () => {
  it.each([ada, lin, sam])('gives the person, and a token at once without asking again: $address', async (person) => {
    const run = bench.start();
    const signedIn = await bench.signIn(run, person);
    expect(signedIn).toEqual({
      homeAccountId: `${person.oid}.${person.tid}`,
      address: person.address,
      displayName: person.displayName,
    });
    const token = await run.auth.acquireToken(accountOf(bench, signedIn), { forceRefresh: false });
    expect(token.token).toMatch(/^eyJ/u);
    expect(token.expiresAt).toBeGreaterThan(Date.now() + 3_000_000);
    expect(bench.identity.log.tokenRequestCount()).toBe(1);
  });

  it('shows the page that says to go back to Tidings', async () => {
    const { auth } = bench.start();
    let page = '';
    bench.browser = async (url) => {
      page = (await walkSignIn(url, ada)).text;
    };
    await signIn(bench, auth);
    expect(page).toContain('well done');
  });

  it('asks for the picker, the IMAP scope and a refresh token, with PKCE and on a loopback address', async () => {
    const controller = new AbortController();
    const { authorizeUrl, running } = await startAbandoned(bench, controller);
    const query = Object.fromEntries(authorizeUrl.searchParams);
    expect(query).toMatchObject({
      prompt: 'select_account',
      response_mode: 'form_post',
      code_challenge_method: 'S256',
    });
    expect(query['scope']?.split(' ').toSorted()).toEqual(
      ['https://outlook.office.com/IMAP.AccessAsUser.All', 'email', 'offline_access', 'openid', 'profile'].toSorted(),
    );
    expect(query['redirect_uri']).toMatch(/^http:\/\/localhost:\d+\/?$/u);
    expect(query).not.toHaveProperty('client_secret');
    controller.abort();
    await failureOf(running);
  });

  it('offers the address when signing in again', async () => {
    const controller = new AbortController();
    const { authorizeUrl, running } = await startAbandoned(bench, controller, ada.address);
    expect(authorizeUrl.searchParams.get('login_hint')).toBe(ada.address);
    expect(authorizeUrl.searchParams.has('prompt')).toBe(false);
    controller.abort();
    await failureOf(running);
  });
});

describe('a sign-in that fails', () => {
  it('says that consent was refused', async () => {
    const { auth } = bench.start();
    bench.browser = (url) => walkSignIn(url, ada, 'refuse');
    const { info, remedy } = await failureOf(signIn(bench, auth));
    expect(info).toMatchObject({ code: 'consent-refused', aadsts: '65004' });
    expect(info.detail).toContain('declined');
    expect(remedy).toEqual({ kind: 'final' });
    expect(bench.keyring.texts.size).toBe(0);
  });

  it('says that an administrator must approve', async () => {
    bench.identity.order({ at: 'account', kind: 'returned', aadsts: 90094 });
    const { auth } = bench.start();
    bench.browser = (url) => walkSignIn(url, ada);
    const { info } = await failureOf(signIn(bench, auth));
    expect(info).toMatchObject({ code: 'admin-approval-needed', aadsts: '90094' });
  });

  it('waits on when the provider keeps the error on its own page, as with a wrong client id', async () => {
    const run = bench.start();
    const controller = new AbortController();
    const profile = { ...bench.profile, clientId: '11111111-2222-4333-8444-555555555555' };
    let page = '';
    const shown = new Promise<void>((resolve) => {
      bench.browser = async (url) => {
        page = (await openPage(url)).text;
        resolve();
      };
    });
    const running = run.auth.signIn({ profile, loginHint: null, signal: controller.signal });
    await shown;
    expect(page).toContain('AADSTS700016');
    controller.abort();
    expect((await failureOf(running)).info.code).toBe('sign-in-cancelled');
  });

  it.each([
    [{ at: 'token', kind: 'refused', aadsts: 7_000_218 } as const, 'client-id-refused', 'final'],
    [{ at: 'token', kind: 'refused', aadsts: 54_005 } as const, 'sign-in-refused', 'interactive'],
    [{ at: 'token', kind: 'html-unavailable' } as const, 'identity-unavailable', 'transient'],
    [{ at: 'token', kind: 'reset' } as const, 'network-unreachable', 'transient'],
  ])('explains a refused code: %o', async (fault, code, remedy) => {
    bench.identity.order(fault);
    const { auth } = bench.start();
    bench.browser = (url) => walkSignIn(url, ada);
    const failure = await failureOf(signIn(bench, auth));
    expect(failure.info.code).toBe(code);
    expect(failure.remedy.kind).toBe(remedy);
  });

  it('says that no browser could be opened, and closes its listener', async () => {
    const { auth } = bench.start();
    let address: URL | null = null;
    bench.browser = (url) => {
      address = new URL(url);
      return Promise.reject(new Error('xdg-open: not found'));
    };
    const failure = await failureOf(signIn(bench, auth));
    expect(failure.info.code).toBe('browser-failed');
    expect(address).not.toBeNull();
    if (address !== null) expect(await isListening(address)).toBe(false);
  });

  it('says that the client id is missing, before any browser', async () => {
    const { auth } = bench.start();
    const profile = { ...bench.profile, clientId: null };
    const failure = await failureOf(signIn(bench, auth, profile));
    expect(failure.info.code).toBe('client-id-missing');
  });

  it('names the CA file that cannot be read', async () => {
    const { auth } = bench.start();
    const profile = { ...bench.profile, extraCaFile: `${bench.profile.extraCaFile ?? ''}.missing` };
    const failure = await failureOf(signIn(bench, auth, profile));
    expect(failure.info).toMatchObject({ code: 'profile-invalid', detail: expect.stringContaining('extraCaFile') });
  });

  it.each([
    ['an untrusted certificate', { extraCaFile: null }, 'certificate-untrusted', 'transient'],
    ['a host that is not a known authority', { knownAuthorities: [] }, 'identity-misconfigured', 'final'],
    ['a port where nobody listens', { authority: 'https://localhost:9/common' }, 'network-unreachable', 'transient'],
    ['a name that does not exist', { authority: 'https://nowhere.invalid/common' }, 'dns-failed', 'transient'],
  ])('explains %s', async (_name, change, code, remedy) => {
    const { auth } = bench.start();
    const { authority = bench.profile.authority, knownAuthorities = [new URL(authority).host] } = {
      ...(change as { authority?: string; knownAuthorities?: string[] }),
    };
    const profile = { ...bench.profile, ...change, authority, knownAuthorities };
    const failure = await failureOf(signIn(bench, auth, profile));
    expect(failure.info.code).toBe(code);
    expect(failure.remedy.kind).toBe(remedy);
  });

  it('tells a tenant that does not exist', async () => {
    bench.identity.order({ at: 'discovery', kind: 'refused', aadsts: 90_002 });
    const { auth } = bench.start();
    const failure = await failureOf(signIn(bench, auth));
    expect(failure.info).toMatchObject({
      ...{ code: 'identity-misconfigured', explanation: 'tenant-unknown', aadsts: '90002' },
      ...{ correlationId: anId, traceId: anId },
    });
  });

  it('has the ids of an answer that asks to wait', async () => {
    bench.identity.order({ at: 'discovery', kind: 'server-error' });
    const { auth } = bench.start();
    const failure = await failureOf(signIn(bench, auth));
    expect(failure.info).toMatchObject({ code: 'identity-unavailable', correlationId: anId, traceId: anId });
  });

  it('gives up on a provider that hangs', async () => {
    const fault = bench.identity.order({ at: 'discovery', kind: 'hang' });
    const { auth } = bench.start();
    const running = signIn(bench, auth);
    running.catch(() => undefined);
    await bench.identity.log.waitFor(({ outcome }) => outcome?.kind === 'hanging');
    bench.clock.fire(requestLimitMs);
    expect((await failureOf(running)).info.code).toBe('timed-out');
    fault.clear();
  });

  it('asks nobody to sign in whose tokens could not be kept', async () => {
    bench.keyring.mode = 'broken';
    const run = bench.start();
    const request = { profile: bench.profile, loginHint: null, signal: new AbortController().signal };
    expect((await failureOf(run.auth.signIn(request))).info.code).toBe('keyring-unavailable');
    expect(bench.identity.log.requests).toHaveLength(0);

    run.vault.useSessionOnly();
    bench.browser = (url) => walkSignIn(url, ada);
    const person = await run.auth.signIn(request);
    await run.auth.acquireToken(accountOf(bench, person), { forceRefresh: true });
    expect(bench.keyring.texts.size).toBe(0);
  });
});

describe('a server certificate that is wrong', () => {
  it.each([
    ['expired', { notAfter: new Date(Date.now() - 3_600_000) }],
    ['of another host', { hosts: ['mail.elsewhere.example'] }],
  ])('is refused, whatever the environment asks of Node: %s', async (_name, certificate) => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const other = await startBench(certificate);
    const { auth } = other.start();
    const request = { profile: other.profile, loginHint: null, signal: new AbortController().signal };
    const failure = await failureOf(auth.signIn(request));
    await other.dispose();
    expect(failure.info.code).toBe('certificate-untrusted');
  });
});
