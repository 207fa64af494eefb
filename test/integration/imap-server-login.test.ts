import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { TokenOverrides } from '../standin/identity/token-mint.ts';
import { exchangeCapabilities } from '../standin/imap/imap-standin.ts';
import { ada, lin } from '../standin/people.ts';
import { ImapBench, xoauth2 } from '../support/imap-bench.ts';
import { imapServerNames, type ImapServerName } from '../support/imap-server.ts';

/**
 * Exchange refuses every token with these words alone (seen 2026-11), and so does the stand-in. Dovecot sends the JSON
 * of Google's description of XOAUTH2 first, which imapflow gives as `oauthError`, and a code of RFC 5530.
 */
const refusalOf: Readonly<Record<ImapServerName, object>> = {
  'stand-in': { responseText: 'AUTHENTICATE failed.' },
  Dovecot: { serverResponseCode: 'AUTHENTICATIONFAILED', oauthError: { status: '401' } },
};

/*
 * Not described, because the two differ and Tidings meets neither: a token with several audiences or further scopes
 * or none (Dovecot looks for one value in `aud` and compares `scp` as a whole, if there is any), an app's own token
 * (without `upn` Dovecot says UNAVAILABLE). Nor the end of a token: Exchange says BYE (Microsoft's own limit of a
 * session, seen 2026-11), Dovecot keeps the session, and the stand-in does either, on order.
 */
describe.each(imapServerNames)('signing in at the %s', (name) => {
  let bench: ImapBench;

  beforeAll(async () => {
    bench = await ImapBench.start(name);
  });

  afterAll(async () => {
    await bench.dispose();
  });

  /** What the client was told; null when it got in. */
  const refusal = (overrides: TokenOverrides): Promise<unknown> =>
    bench.signIn(ada, overrides).then(
      () => null,
      (error: unknown) => error,
    );

  it('is who it is taken for', async () => {
    const client = await bench.signIn(ada);
    expect(client.serverInfo?.['name']).toContain(name);
    // The stand-in is there in both worlds.
    expect(bench.world.imap.counts.logins > 0).toBe(name === 'stand-in');
  });

  it('lets the owner of a token in, however the address is written', async () => {
    await bench.signIn(ada);
    const client = await bench.signIn(ada, {}, { user: 'ADA@Contoso.example' });
    expect(client.usable).toBe(true);
    expect(await client.mailboxOpen('INBOX')).toMatchObject({ exists: 0, uidNext: 1 });
  });

  it.each<[string, TokenOverrides]>([
    ['has expired', { expiresInSeconds: -60 }],
    ['is for another resource', { audience: 'https://graph.microsoft.com' }],
    ['has another scope', { scope: 'User.Read' }],
    ['is another person’s', { upn: lin.address }],
    ['is signed with another key', { signature: 'foreign' }],
  ])('refuses a token that %s, and takes a right one at once after that', async (_why, overrides) => {
    expect(await refusal(overrides)).toMatchObject({
      authenticationFailed: true,
      responseStatus: 'NO',
      ...refusalOf[name],
    });
    await bench.signIn(ada);
  });

  it('refuses what is no token', async () => {
    await expect(bench.client(ada, 'opaque').connect()).rejects.toMatchObject({
      authenticationFailed: true,
      responseStatus: 'NO',
    });
  });

  it('refuses one token after the other without slowing down or locking anybody out', async () => {
    for (let time = 0; time < 3; time += 1) {
      expect(await refusal({ expiresInSeconds: -60 })).toMatchObject({ authenticationFailed: true });
    }
    await bench.signIn(ada);
  });

  it('offers XOAUTH2 alone before the login, and Exchange’s capabilities after it', async () => {
    const raw = await bench.raw();
    const before = capabilitiesIn(await raw.command('CAPABILITY'));
    expect(before.filter((word) => word.startsWith('AUTH='))).toEqual(['AUTH=XOAUTH2']);
    expect(before).toContain('SASL-IR');
    const client = await bench.signIn(ada);
    expect([...client.capabilities.keys()].toSorted()).toEqual([...exchangeCapabilities].toSorted());
  });

  it('takes the token in the command, and asks for it where the command has none', async () => {
    const token = xoauth2(ada.address, await bench.world.identity.issueToken(ada));
    const raw = await bench.raw();
    expect((await raw.command(`AUTHENTICATE XOAUTH2 ${token}`)).at(-1)).toMatch(/^r1 OK /u);
    expect((await raw.command(`AUTHENTICATE XOAUTH2 ${token}`)).at(-1)).toMatch(/^r2 BAD /u);
    const asked = await bench.raw();
    asked.write('x AUTHENTICATE XOAUTH2\r\n');
    expect(await asked.readLine()).toBe('+ ');
    asked.write('*\r\n');
    expect(await asked.readLine()).toMatch(/^x BAD /u);
    asked.write('y AUTHENTICATE XOAUTH2\r\n');
    expect(await asked.readLine()).toBe('+ ');
    asked.write(`${token}\r\n`);
    // Dovecot's OK names the capabilities again.
    expect(await asked.readLine()).toMatch(/^y OK /u);
  });

  it('lets nobody do anything before the login, and nobody in with a password', async () => {
    const raw = await bench.raw();
    expect((await raw.command('EXAMINE INBOX')).at(-1)).toMatch(/^r1 BAD /u);
    expect((await raw.command('AUTHENTICATE PLAIN AGFkYQBwdw==')).at(-1)).toMatch(/^r2 NO /u);
    expect((await raw.command('LOGIN ada@contoso.example secret')).at(-1)).toMatch(/^r3 NO /u);
    expect((await raw.command('EXAMINE INBOX')).at(-1)).toMatch(/^r4 BAD /u);
  });
});

function capabilitiesIn(lines: readonly string[]): readonly string[] {
  const line = lines.find((text) => text.startsWith('* CAPABILITY ')) ?? '';
  return line.split(' ').slice(2);
}
