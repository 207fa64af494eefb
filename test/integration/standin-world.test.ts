import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ImapFlow } from 'imapflow';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { postForm, requestHttps } from '../standin/identity/https-client.ts';
import { signInAs } from '../standin/identity/trial.ts';
import { ada, lin } from '../standin/people.ts';
import { startWorld } from '../standin/world.ts';
import type { World, WorldOptions } from '../standin/world.ts';

let folder: string;
let world: World | null = null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidings-world-'));
});

afterEach(async () => {
  await world?.dispose();
  world = null;
  await rm(folder, { recursive: true, force: true });
});

async function start(options: Omit<WorldOptions, 'folder'> = {}): Promise<World> {
  world = await startWorld({ folder, ...options });
  return world;
}

function connect(here: World, user: string, accessToken: string): ImapFlow {
  const client = new ImapFlow({
    ...here.profile.imap,
    secure: true,
    auth: { user, accessToken },
    tls: { ca: here.ca.caPem },
    logger: false,
  });
  // Without a listener a late error would end the process.
  client.on('error', () => {});
  return client;
}

it('leads from the profile by real MSAL and imapflow to a person’s mailbox, and to no one else’s', async () => {
  const here = await start();
  const profile: unknown = JSON.parse(await readFile(here.profileFile, 'utf8'));
  expect(profile).toEqual(here.profile);
  const caPem = await readFile(here.caFile, 'utf8');
  const signedIn = await signInAs({ identity: here.identity, caPem }, ada);
  const { accessToken } = await signedIn.renew();
  const client = connect(here, ada.address, accessToken);
  await client.connect();
  expect((await client.mailboxOpen('INBOX')).path).toBe('INBOX');
  await client.logout();
  await expect(connect(here, lin.address, accessToken).connect()).rejects.toMatchObject({
    authenticationFailed: true,
  });
});

it('closes both servers at once', async () => {
  const here = await start();
  const client = connect(here, ada.address, await here.identity.issueToken(ada));
  await client.connect();
  const closed = new Promise<void>((resolve) => {
    client.once('close', resolve);
  });
  here.identity.order({ at: 'token', kind: 'hang' });
  const request = postForm(`${here.identity.authority}/oauth2/v2.0/token`, here.ca.caPem, {});
  const refused = expect(request).rejects.toThrow('socket hang up');
  await here.identity.log.waitFor(({ outcome }) => outcome?.kind === 'hanging');
  await here.dispose();
  await Promise.all([closed, refused]);
});

it('can have a certificate that nobody should trust, on either side', async () => {
  const here = await start({ identityCertificate: 'foreign-ca', imapCertificate: 'expired' });
  const trusting = { ca: here.ca.caPem };
  await expect(requestHttps(here.identity.origin, trusting)).rejects.toMatchObject({
    code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  });
  const client = connect(here, ada.address, await here.identity.issueToken(ada));
  await expect(client.connect()).rejects.toMatchObject({ code: 'CERT_HAS_EXPIRED' });
});
