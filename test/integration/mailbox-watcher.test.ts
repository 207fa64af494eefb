import { once } from 'node:events';
import { createServer } from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { TokenOverrides } from '../standin/identity/token-mint.ts';
import { imapServerNames } from '../support/imap-server.ts';
import { WatcherBench } from '../support/watcher-bench.ts';

/** What the watcher makes of any server; what only a server on order does is in mailbox-watcher-faults.test.ts. */
describe.each(imapServerNames)('MailboxWatcher over the wire to the %s', (name) => {
  let bench: WatcherBench;

  beforeEach(async () => {
    bench = await WatcherBench.start(name);
  });

  afterEach(async () => {
    await bench.dispose();
  });

  it('counts, then tells a push with sender and subject, cleaned', async () => {
    await bench.deliver('old');
    bench.watch();
    await bench.counted(1);
    await bench.deliver({ from: { name: 'Zoë 王', address: 'zoe@example.org' }, subject: 'Grüße \u202Efdp.exe' });
    const found = await bench.trail.waitFor((event) => event.kind === 'new-messages' && event.origin === 'arrived');
    expect(found).toMatchObject({
      messages: [{ fromName: 'Zoë 王', fromAddress: 'zoe@example.org', subject: 'Grüße fdp.exe', uid: 2 }],
    });
    await bench.counted(2);
    expect(bench.told()).toEqual(['Grüße fdp.exe']);
  });

  it('does not mark mail read by telling it', async () => {
    bench.watch();
    await bench.counted(0);
    await bench.deliver('still unread');
    await bench.counted(1);
    let unseen: number | undefined;
    await bench.elsewhere(async (client) => {
      const status = await client.status('INBOX', { unseen: true });
      unseen = status === false ? undefined : status.unseen;
    });
    expect(unseen).toBe(1);
  });

  it('follows what another program reads, puts back to unread, moves and deletes', async () => {
    await bench.deliver('one', 'two', 'three');
    bench.watch();
    await bench.counted(3);
    await bench.elsewhere((client) => client.messageFlagsAdd('1', ['\\Seen'], { uid: true }));
    await bench.counted(2);
    await bench.elsewhere((client) => client.messageMove('2', 'Archive', { uid: true }));
    await bench.counted(1);
    await bench.elsewhere((client) => client.messageDelete('3', { uid: true }));
    await bench.counted(0);
    const { mark } = bench.trail;
    await bench.elsewhere((client) => client.messageFlagsRemove('1', ['\\Seen'], { uid: true }));
    await bench.counted(1, mark);
    expect(bench.told()).toEqual([]);
  });

  it('tells each of many mails once, in their order, however the server bundles them', async () => {
    bench.watch();
    await bench.counted(0);
    const subjects = Array.from({ length: 12 }, (_, place) => `number ${place}`);
    await bench.deliver(...subjects);
    await bench.counted(12);
    expect(bench.told()).toEqual(subjects);
  });

  it('tells, started anew, what came meanwhile, once', async () => {
    await bench.deliver('before the first start');
    bench.watch();
    await bench.counted(1);
    await bench.stop();
    await bench.deliver('while away');
    const { mark } = bench.trail;
    bench.watch();
    await bench.counted(2, mark);
    expect(bench.told()).toEqual(['while away']);
  });

  it('comes back after a BYE', async () => {
    const { server } = bench.world;
    bench.watch();
    await bench.counted(0);
    const { mark } = bench.trail;
    await server.sayBye();
    await bench.counted(0, mark);
    expect(server.connections).toBe(2);
  });

  it.each([
    ['expired', { expiresInSeconds: -60 }],
    ['for another resource', { audience: 'https://graph.microsoft.com' }],
    ['badly signed', { signature: 'foreign' }],
  ] satisfies [string, TokenOverrides][])('renews a token that is %s, once, and is in', async (_, firstToken) => {
    bench.watch({ firstToken });
    await bench.counted(0);
    expect(bench.renewals).toBe(1);
    expect(bench.world.server.connections).toBe(2);
  });

  it('never trusts a server whose certificate it cannot trust', async () => {
    bench.watch({ caFile: null });
    const refused = await bench.trail.waitFor(({ kind }) => kind === 'refused');
    expect(refused).toMatchObject({ error: { code: 'certificate-untrusted' } });
  });

  it('says that there is no TLS, and where, at a port that speaks plain text', async () => {
    let heard = '';
    const plain = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', (bytes: Buffer) => {
        heard += bytes.toString('latin1');
      });
      socket.write('* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready\r\n');
    });
    plain.listen(0, '127.0.0.1');
    await once(plain, 'listening');
    const address = plain.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    try {
      bench.watch({ endpoint: { host: 'localhost', port } });
      const refused = await bench.trail.waitFor(({ kind }) => kind === 'refused');
      expect(refused).toMatchObject({
        error: { code: 'imap-tls-failed', detail: `localhost:${port}: ERR_SSL_WRONG_VERSION_NUMBER` },
      });
      expect(heard).not.toMatch(/AUTHENTICATE|CAPABILITY/u);
    } finally {
      plain.close();
    }
  });

  it('logs out when disposed', async () => {
    bench.watch();
    await bench.counted(0);
    await bench.stop();
    await bench.world.server.untilLogouts(1);
    await bench.world.server.untilNoConnection();
  });
});
