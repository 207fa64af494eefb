import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { xoauth2 } from '../support/imap-bench.ts';
import { ada, audience, lin, startScene } from './standin-imap-scene.ts';
import type { Scene, TokenChanges } from './standin-imap-scene.ts';

let scene: Scene;
const login = { verifyOnly: true } as const;

beforeEach(async () => {
  scene = await startScene();
});

afterEach(async () => {
  await scene.dispose();
});

describe('a token', () => {
  it('opens its owner’s mailbox, however the address is written', async () => {
    const client = scene.client('ADA@Contoso.example', await scene.token(ada));
    await client.connect();
    expect(scene.imap.sessions()).toMatchObject([{ address: ada, state: 'authenticated' }]);
    expect(scene.imap.counts).toMatchObject({ connections: 1, logins: 1, refusedLogins: 0 });
  });

  it.each<[string, TokenChanges, string]>([
    ['has expired', { lifetime: -1 }, 'ERR_JWT_EXPIRED'],
    ['is for another resource', { claims: { aud: 'https://graph.microsoft.com' } }, 'wrong audience'],
    ['is for several resources', { claims: { aud: [audience] } }, 'wrong audience'],
    ['lacks the scope', { claims: { scp: 'User.Read Mail.Read' } }, 'wrong scope'],
    ['has no scope', { claims: { scp: undefined } }, 'wrong scope'],
    ['is another person’s', { claims: { upn: lin } }, 'another user'],
    ['is an app’s own', { claims: { idtyp: 'app' } }, 'app-only token'],
    ['is from another issuer', { claims: { iss: 'https://evil.example' } }, 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['is signed with another key', { foreignKey: true }, 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'],
  ])('is refused with a bare NO when it %s', async (_why, changes, reason) => {
    const client = scene.client(ada, await scene.token(ada, changes), login);
    const error: unknown = await client.connect().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ authenticationFailed: true, responseStatus: 'NO' });
    expect(error).toMatchObject({ responseText: 'AUTHENTICATE failed.' });
    expect(error).not.toHaveProperty('oauthError');
    expect(scene.imap.events.since().find(({ kind }) => kind === 'login-refused')).toMatchObject({ reason });
    expect(scene.imap.counts.logins).toBe(0);
  });

  it('that is no JWT, or whose owner has no mailbox here, is refused', async () => {
    await expect(scene.client(ada, 'opaque', login).connect()).rejects.toMatchObject({ authenticationFailed: true });
    const stranger = 'stranger@elsewhere.example';
    const token = await scene.token(stranger);
    await expect(scene.client(stranger, token, login).connect()).rejects.toMatchObject({ authenticationFailed: true });
    scene.imap.addPerson(stranger);
    await scene.client(stranger, token, login).connect();
  });

  it('never stands in the event log', async () => {
    const token = await scene.token(ada);
    await scene.signedIn(ada);
    await scene
      .client(ada, token.slice(0, -2), login)
      .connect()
      .catch(() => {});
    expect(JSON.stringify(scene.imap.events.since())).not.toContain(token.slice(0, 20));
  });
});

describe('the exchange', () => {
  it('tells why in JSON where that is asked for', async () => {
    scene.imap.order({ kind: 'refuse-login', style: 'json' }, { times: 1, address: ada });
    const token = await scene.token(ada);
    await expect(scene.client(ada, token, login).connect()).rejects.toMatchObject({
      authenticationFailed: true,
      oauthError: { status: '400', schemes: 'Bearer' },
    });
    await scene.client(ada, token, login).connect();
  });

  it('asks for the answer where the client didn’t send it with the command', async () => {
    scene.imap.setCapabilities(['IMAP4rev1', 'IDLE']);
    const client = await scene.signedIn(ada);
    expect(client.capabilities.has('SASL-IR')).toBe(false);
    const raw = await scene.raw();
    raw.write('x AUTHENTICATE XOAUTH2\r\n');
    expect(await raw.readLine()).toBe('+ ');
    raw.write('*\r\n');
    expect(await raw.readLine()).toBe('x BAD AUTHENTICATE cancelled.');
  });

  it('refuses passwords, other mechanisms, malformed answers and a second login', async () => {
    const raw = await scene.raw();
    expect(await raw.command('LOGIN ada secret')).toEqual(['r1 NO LOGIN failed.']);
    expect((await raw.command('AUTHENTICATE PLAIN AGFkYQBwdw==')).at(-1)).toMatch(/^r2 NO /);
    expect((await raw.command('AUTHENTICATE XOAUTH2 bm9uc2Vuc2U=')).at(-1)).toMatch(/^r3 BAD /);
    expect((await raw.command('SELECT INBOX')).at(-1)).toMatch(/^r4 BAD /);
    const good = xoauth2(ada, await scene.token(ada));
    expect((await raw.command(`AUTHENTICATE XOAUTH2 ${good}`)).at(-1)).toBe('r5 OK AUTHENTICATE completed.');
    expect((await raw.command(`AUTHENTICATE XOAUTH2 ${good}`)).at(-1)).toMatch(/^r6 BAD /);
    const told = await raw.command('CAPABILITY');
    expect(told[0]).not.toContain('AUTH=');
  });
});

describe('the end of a token', () => {
  it('ends nothing unless that is ordered; then the session, with Exchange’s words', async () => {
    let passed = 0;
    const later = await startScene({ now: () => Date.now() + passed });
    try {
      const client = await later.signedIn(ada);
      const closed = new Promise((resolve) => client.once('close', resolve));
      later.imap.order({ kind: 'end-at-expiry' });
      passed = 3_601_000;
      await client.noop();
      // The timer runs on the system's clock; a new order makes the stand-in look at once.
      later.imap.order({ kind: 'end-at-expiry' });
      await closed;
      expect(client.byeReason).toBe('Session invalidated - AccessTokenExpired');
    } finally {
      await later.dispose();
    }
  });

  it('can be had at once', async () => {
    const [first, second] = [await scene.signedIn(ada), await scene.signedIn(lin)];
    const closed = new Promise((resolve) => first.once('close', resolve));
    scene.imap.expireSessions({ address: ada });
    await closed;
    expect(first.byeReason).toBe('Session invalidated - AccessTokenExpired');
    await second.noop();
  });
});
