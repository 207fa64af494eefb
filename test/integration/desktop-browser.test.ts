import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startBrowser } from '../desktop/browser.ts';
import type { TestBrowser } from '../desktop/browser.ts';
import { commandLine, ownerOf, seccompMode } from '../desktop/processes.ts';
import { startDesktopSession } from '../desktop/session.ts';
import type { DesktopSession } from '../desktop/session.ts';
import { cancelSignIn, signInAs } from '../desktop/sign-in-page.ts';
import { createThrowAwayCa } from '../standin/ca.ts';
import { demoApp } from '../standin/identity/app-registration.ts';
import { startIdentityStandin } from '../standin/identity/identity-standin.ts';
import type { IdentityStandin } from '../standin/identity/identity-standin.ts';
import { ada, lin } from '../standin/people.ts';

let session: DesktopSession;
let browser: TestBrowser;
let identity: IdentityStandin;

/** Stands in for the app's loopback listener: takes the posted answer and shows a result page. */
const answers: URLSearchParams[] = [];
const loopback = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (chunk: string) => {
    body += chunk;
  });
  request.on('end', () => {
    if (request.method === 'POST') answers.push(new URLSearchParams(body));
    response.setHeader('content-type', 'text/html').end('<h1>Back to the app</h1>');
  });
});

beforeAll(async () => {
  const ca = await createThrowAwayCa();
  identity = await startIdentityStandin({ tls: await ca.issue({ hosts: ['localhost'] }) });
  await new Promise<void>((resolve) => void loopback.listen(0, '127.0.0.1', resolve));
  session = await startDesktopSession({ keyring: 'absent' });
  browser = await startBrowser(session, 'full');
});

afterAll(async () => {
  await session.dispose();
  await identity.dispose();
  loopback.closeAllConnections();
  loopback.close();
});

function authorizeUrl(clientId = demoApp.clientId): string {
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    response_mode: 'form_post',
    redirect_uri: `http://localhost:${(loopback.address() as AddressInfo).port}`,
    scope: 'https://outlook.office.com/IMAP.AccessAsUser.All offline_access openid profile',
    state: 'a-state',
    nonce: 'a-nonce',
    prompt: 'select_account',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  });
  return `${identity.pageOrigin}/common/oauth2/v2.0/authorize?${query.toString()}`;
}

test('the browser runs as the ordinary user with its sandbox on, and reaches only this machine', async () => {
  const page = await browser.open('data:text/html,<title>Here</title>');
  expect(await page.title()).toBe('Here');
  const renderers = session.processes().filter(({ pid }) => commandLine(pid).includes('--type=renderer'));
  expect(renderers).not.toEqual([]);
  for (const { pid } of renderers) {
    expect(ownerOf(pid)).toBe(session.user.uid);
    expect(seccompMode(pid)).toBe(2);
  }
  await expect(page.goto('http://example.com/')).rejects.toThrow(/ERR_NAME_NOT_RESOLVED/);
});

describe('a person at the sign-in page', () => {
  test('picks an account, consents and is back at the app; the next time without the question', async () => {
    const page = await browser.open(authorizeUrl());
    expect(await signInAs(page, ada)).toEqual({ at: 'app', heading: 'Back to the app' });
    expect(answers.at(-1)?.get('code')).toBeTruthy();
    expect(answers.at(-1)?.get('state')).toBe('a-state');
    const again = await browser.open(authorizeUrl());
    expect(await signInAs(again, ada)).toEqual({ at: 'app', heading: 'Back to the app' });
    expect(answers).toHaveLength(2);
  });

  test('refuses what the app wants, or cancels before', async () => {
    const page = await browser.open(authorizeUrl());
    expect((await signInAs(page, lin, { consent: 'refuse' })).at).toBe('app');
    expect(answers.at(-1)?.get('error')).toBe('access_denied');
    const another = await browser.open(authorizeUrl());
    expect((await cancelSignIn(another)).at).toBe('app');
    expect(answers.at(-1)?.get('error')).toBe('access_denied');
  });

  test('is told when the sign-in ends on the page of the identity provider', async () => {
    const before = answers.length;
    for (const at of ['authorize', 'account'] as const) {
      identity.order({ at, kind: 'error-page', aadsts: 50058 });
      const page = await browser.open(authorizeUrl());
      expect((await signInAs(page, ada)).at).toBe('identity-provider');
    }
    expect(answers).toHaveLength(before);
  });
});
