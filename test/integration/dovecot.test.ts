import { existsSync } from 'node:fs';

import { exportJWK, generateKeyPair } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ordinaryUser } from '../desktop/ordinary-user.ts';
import { ownerOf } from '../desktop/processes.ts';
import { startDovecotProcess } from '../dovecot/dovecot-process.ts';
import { Dovecot, freeDovecotAddress } from '../dovecot/dovecot.ts';
import { createThrowAwayCa } from '../standin/ca.ts';
import { ada } from '../standin/people.ts';
import { ImapBench } from '../support/imap-bench.ts';

describe('the owner of a Dovecot', () => {
  it('runs it as an ordinary user, and leaves no process and no file', async () => {
    const { publicKey } = await generateKeyPair('RS256');
    const dovecot = await Dovecot.start(freeDovecotAddress(), {
      tls: await (await createThrowAwayCa()).issue({ hosts: ['localhost'] }),
      jwks: { keys: [{ ...(await exportJWK(publicKey)), kid: 'one' }] },
      audience: 'https://outlook.office.com',
    });
    const { folder } = dovecot;
    const owners = new Set(dovecot.processes().map(({ pid }) => ownerOf(pid)));
    expect(owners).toEqual(new Set([ordinaryUser().uid]));
    expect(owners.has(0)).toBe(false);
    await dovecot.dispose();
    expect(dovecot.processes()).toEqual([]);
    expect(existsSync(folder)).toBe(false);
  });

  it('says so when it is not installed, and what Dovecot says when it does not start', async () => {
    const options = { config: '/nonexistent/dovecot.conf', user: ordinaryUser(), onStarted: () => {} };
    await expect(startDovecotProcess({ ...options, path: '/nonexistent' })).rejects.toThrow('isn’t installed');
    await expect(startDovecotProcess(options)).rejects.toThrow('/nonexistent/dovecot.conf');
  });
});

describe('a world with Dovecot', () => {
  let bench: ImapBench;

  beforeEach(async () => {
    bench = await ImapBench.start('Dovecot');
  });

  afterEach(async () => {
    await bench.dispose();
  });

  it('gets mail as it was sent, below what a mail server adds', async () => {
    const raw = 'From: a@example.org\r\nSubject: Dots\r\n\r\n.\r\n..two\r\n.three\r\nGrüße\r\n';
    await bench.deliver({ subject: '', raw });
    const client = await bench.open('EXAMINE');
    const message = await client.fetchOne('1', { source: true });
    const source = message === false ? '' : (message.source?.toString() ?? '');
    expect(source.endsWith(raw)).toBe(true);
    expect(source).toMatch(/^Return-Path: <bo@example\.org>\r\nDelivered-To: ada@contoso\.example\r\nReceived: /u);
  });

  it('refuses mail that cannot be delivered', async () => {
    await expect(bench.server.deliver('no body', { from: { address: 'a@b' }, subject: 'x' })).rejects.toThrow(
      'RCPT TO',
    );
  });

  it('is where the profile leads', async () => {
    expect(bench.world.profile.imap).toEqual({ host: 'localhost', port: bench.server.port });
    const before = bench.server.connections;
    await bench.signIn(ada);
    expect(bench.server.connections).toBe(before + 1);
    expect(bench.world.imap.counts.connections).toBe(0);
  });
});
