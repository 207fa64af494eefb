import { createServer } from 'node:http';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { approvalLink } from '../../electron/main/accounts/approval-link.ts';
import { builtInProfile } from '../../electron/main/profile/deployment-profile.ts';
import { demoApp } from '../standin/identity/app-registration.ts';
import { openPage, walkSignIn } from '../standin/identity/page-walker.ts';
import { createMsal, signInBy, signInToDeadEnd, startTrial } from '../standin/identity/trial.ts';
import type { Trial } from '../standin/identity/trial.ts';
import { ada, lin, mira, sam, standinPeople } from '../standin/people.ts';

/** A tenant that lets nobody in before an administrator approved, as Microsoft's are by default since 2025-11. */
let trial: Trial;

beforeEach(async () => {
  trial = await startTrial({ people: [...standinPeople, mira] });
  trial.identity.requireAdminApproval(ada.tid);
});

afterEach(async () => {
  await trial.identity.dispose();
});

/** The link as the app makes it, on the stand-in's pages. */
function link(tenant: string, redirectUri = 'http://localhost'): string {
  const profile = { ...builtInProfile, clientId: demoApp.clientId, authority: `${trial.identity.pageOrigin}/common` };
  return approvalLink(profile, tenant, 'a-state', redirectUri);
}

const knock = () => signInToDeadEnd(createMsal(trial), (url) => walkSignIn(url, ada));

it('lets nobody of it in, and says so on the page only', async () => {
  expect((await knock()).heading).toBe('Need admin approval');
  expect((await knock()).text).toContain('AADSTS90094');
  await expect(signInBy(createMsal(trial), (url) => walkSignIn(url, lin))).resolves.toBeDefined();
});

/** The administrator's answer, and what the redirect address was told. */
async function answer(button: 'Accept' | 'Cancel', tenant: string): Promise<URLSearchParams> {
  const { redirectUri, target } = await listenForTarget();
  const page = await (await openPage(link(tenant, redirectUri))).press(mira.address);
  expect(page.heading).toBe('Permissions requested for Contoso');
  expect(page.text).toContain('Read and write your mail by IMAP');
  await page.press(button);
  return (await target).searchParams;
}

/** A listener that is told by the address, as Microsoft's page does it. */
async function listenForTarget(): Promise<{ redirectUri: string; target: Promise<URL> }> {
  const server = createServer();
  const target = new Promise<URL>((resolve) => {
    server.on('request', (request, response) => {
      response.end('<h1>Heard</h1>');
      resolve(new URL(request.url ?? '/', 'http://localhost'));
      server.close();
    });
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The listener has no TCP port.');
  return { redirectUri: `http://localhost:${address.port}`, target };
}

it.each([ada.tid, 'contoso.example', 'organizations'])(
  'once approved at %s, lets its people in without asking',
  async (tenant) => {
    const told = await answer('Accept', tenant);
    expect(Object.fromEntries(told)).toMatchObject({ admin_consent: 'True', tenant: ada.tid, state: 'a-state' });
    expect(told.has('error')).toBe(false);
    await expect(signInBy(createMsal(trial), (url) => walkSignIn(url, ada))).resolves.toMatchObject({
      account: { username: ada.address },
    });
  },
);

it('declined, says so in the address, which has admin_consent=True as well', async () => {
  const told = await answer('Cancel', 'contoso.example');
  expect(Object.fromEntries(told)).toMatchObject({
    admin_consent: 'True',
    error: 'consent_required',
    state: 'a-state',
  });
  expect((await knock()).heading).toBe('Need admin approval');
});

it.each([
  ['no administrator', 'contoso.example', ada.address, 'AADSTS90094'],
  ['an administrator of another tenant', 'fabrikam.example', mira.address, 'AADSTS50020'],
  ['a personal account', 'organizations', sam.address, 'AADSTS90094'],
])('is approved by %s nowhere', async (_who, tenant, address, code) => {
  const page = await (await openPage(link(tenant))).press(address);
  expect(page.text).toContain(code);
});

it.each([
  ['common', 'http://localhost', 'AADSTS90002'],
  ['nowhere.example', 'http://localhost', 'AADSTS90002'],
  ['contoso.example', 'http://localhost/callback', 'AADSTS50011'],
])('a link to %s with %s is refused at once', async (tenant, redirectUri, code) => {
  expect((await openPage(link(tenant, redirectUri))).text).toContain(code);
});
