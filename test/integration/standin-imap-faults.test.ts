import { once } from 'node:events';
import { connect } from 'node:net';

import { ImapFlow } from 'imapflow';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { exchangeFaults } from '../standin/imap/faults.ts';
import { connectRaw } from '../standin/imap/raw-client.ts';
import { ada, lin, startScene } from './standin-imap-scene.ts';
import type { Scene } from './standin-imap-scene.ts';

const mail = { from: { name: 'Grace', address: 'grace@contoso.example' }, subject: 'Hello' };
let scene: Scene;

beforeEach(async () => {
  scene = await startScene();
});

afterEach(async () => {
  expect(scene.imap.events.since().filter(({ kind }) => kind === 'failed')).toEqual([]);
  await scene.dispose();
});

async function idling(address = ada): Promise<ImapFlow> {
  const client = await scene.signedIn(address);
  await client.mailboxOpen('INBOX');
  const mark = scene.imap.events.mark;
  client.idle().catch(() => {});
  await scene.imap.events.waitFor(({ kind }) => kind === 'idle-began', mark);
  return client;
}

async function newClient(): Promise<ImapFlow> {
  return scene.client(ada, await scene.token(ada));
}

describe('before the login', () => {
  it('BYE as greeting, so often as ordered', async () => {
    scene.imap.order({ kind: 'greeting', bye: 'Too busy' }, { times: 1 });
    const refused = await newClient();
    await expect(refused.connect()).rejects.toThrow();
    expect(refused.byeReason).toBe('Too busy');
    await scene.signedIn(ada);
  });

  it('no greeting', async () => {
    scene.imap.order({ kind: 'greeting', bye: null }, { times: 1 });
    const client = scene.client(ada, await scene.token(ada), { greetingTimeout: 100 });
    await expect(client.connect()).rejects.toMatchObject({ code: 'GREETING_TIMEOUT' });
  });

  it('frozen: TCP is accepted, TLS never answered, until it is cleared', async () => {
    const clear = scene.imap.order({ kind: 'freeze', connections: 'new' });
    const client = scene.client(ada, await scene.token(ada), { connectionTimeout: 100 });
    await expect(client.connect()).rejects.toThrow();
    const waiting = connectRaw(scene.imap.port, scene.ca);
    const bare = connect({ host: '127.0.0.1', port: scene.imap.port });
    await once(bare, 'connect');
    clear();
    const raw = await waiting;
    expect(await raw.readLine()).toMatch(/^\* OK /);
    bare.destroy();
    raw.destroy();
  });

  it('good tokens refused with a bare NO, and with [UNAVAILABLE]', async () => {
    const clear = scene.imap.order({ kind: 'refuse-login', style: 'bare' });
    await expect((await newClient()).connect()).rejects.toMatchObject({ responseText: 'AUTHENTICATE failed.' });
    clear();
    scene.imap.order(exchangeFaults.unavailable(), { times: 1 });
    await expect((await newClient()).connect()).rejects.toMatchObject({ serverResponseCode: 'UNAVAILABLE' });
    await scene.signedIn(ada);
  });

  it('the login accepted, then closed, again and again', async () => {
    scene.imap.order({ kind: 'close-after-login', how: 'fin' }, { times: 3 });
    for (let time = 0; time < 3; time += 1) {
      const client = await newClient();
      const closed = once(client, 'close');
      await client.connect().catch(() => {});
      await closed;
    }
    expect(scene.imap.counts.logins).toBe(3);
    await scene.signedIn(ada);
  });
});

describe('after the login', () => {
  it('throttled, with Exchange’s words', async () => {
    const client = await scene.signedIn(ada);
    await client.mailboxOpen('INBOX');
    scene.imap.order(exchangeFaults.throttled(20, 'UID SEARCH'), { times: 1 });
    await expect(client.search({ seen: false }, { uid: true })).rejects.toMatchObject({
      code: 'ETHROTTLE',
      throttleReset: 20,
    });
    expect(await client.search({ seen: false }, { uid: true })).toEqual([]);
  });

  it('authenticated but not connected, for one person only', async () => {
    scene.imap.order(exchangeFaults.notConnected(), { address: ada });
    const raw = await scene.rawSignedIn(ada);
    expect(await raw.command('SELECT INBOX')).toEqual(['r2 BAD User is authenticated but not connected.']);
    expect(await raw.command('LOGOUT')).toHaveLength(2);
    const other = await scene.signedIn(lin);
    await other.mailboxOpen('INBOX');
  });

  it('SELECT refused', async () => {
    const client = await scene.signedIn(ada);
    scene.imap.order(exchangeFaults.selectRefused());
    await expect(client.mailboxOpen('INBOX')).rejects.toMatchObject({ responseText: 'SELECT failed.' });
  });

  it('IDLE not supported, and IDLE never answered', async () => {
    const client = await scene.signedIn(ada);
    scene.imap.setCapabilities(['IMAP4rev1', 'SASL-IR']);
    const without = await scene.signedIn(ada);
    expect(without.capabilities.has('IDLE')).toBe(false);
    const raw = await scene.rawSignedIn(ada);
    expect(await raw.command('IDLE')).toEqual(['r2 BAD Command Error. Unknown command.']);
    scene.imap.order(exchangeFaults.idleUnanswered);
    client.idle().catch(() => {});
    await scene.imap.events.waitFor((event) => event.kind === 'command' && event.name === 'IDLE');
    expect(scene.imap.sessions().some((session) => session.idling)).toBe(false);
  });

  it('BYE in IDLE, and “Connection is closed. 13”', async () => {
    const client = await idling();
    const closed = once(client, 'close');
    scene.imap.bye('Server shutting down', { idling: true });
    await closed;
    expect(client.byeReason).toBe('Server shutting down');
    scene.imap.order(exchangeFaults.connectionClosed('NOOP'), { times: 1 });
    const raw = await scene.rawSignedIn(ada);
    raw.write('x NOOP\r\n');
    expect(await raw.readLine()).toBe('* BYE Connection is closed. 13');
    expect(await raw.closed).toBe(null);
  });

  it('pushes held back, and given when it is cleared', async () => {
    const client = await idling();
    let told = 0;
    client.on('exists', () => (told += 1));
    const clear = scene.imap.order({ kind: 'hold-pushes' });
    scene.imap.deliver(ada, mail);
    scene.imap.deliver(ada, mail);
    expect(scene.imap.existsSentAt()).toEqual([]);
    const exists = once(client, 'exists');
    clear();
    expect(await exists).toMatchObject([{ count: 2, prevCount: 0 }]);
    expect(told).toBe(1);
  });

  it('a frozen session answers nothing and hears no end, then goes on where it was', async () => {
    const raw = await scene.rawSignedIn(ada);
    await raw.command('SELECT INBOX');
    const clear = scene.imap.order({ kind: 'freeze', connections: 'all' }, { address: ada });
    expect(scene.imap.sessions()).toMatchObject([{ frozen: true }]);
    const answer = raw.command('NOOP');
    scene.imap.deliver(ada, mail);
    const other = await scene.rawSignedIn(lin);
    await other.command('NOOP');
    expect(scene.imap.counts.commands.get('NOOP')).toBe(1);
    clear();
    expect(await answer).toEqual(['* 1 EXISTS', 'r3 OK NOOP completed.']);
  });

  it('connections cut by an end and by a reset', async () => {
    const [first, second] = [await scene.rawSignedIn(ada), await scene.rawSignedIn(lin)];
    scene.imap.cut('fin', { address: ada });
    expect(await first.closed).toBe(null);
    scene.imap.cut('rst');
    expect(await second.closed).toBe('ECONNRESET');
  });

  it('lines of the test’s own', async () => {
    const client = await idling();
    const exists = once(client, 'exists');
    scene.imap.inject('* 77 EXISTS', { address: ada });
    expect(await exists).toMatchObject([{ count: 77 }]);
  });
});

describe('the listener', () => {
  it('goes and comes back on the same port, while what is open goes on', async () => {
    const raw = await scene.rawSignedIn(ada);
    scene.imap.stopListening();
    await expect((await newClient()).connect()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(await raw.command('NOOP')).toHaveLength(1);
    await scene.imap.listenAgain();
    await scene.signedIn(ada);
  });

  it('says so when a client refuses its certificate', async () => {
    const client = new ImapFlow({ host: 'localhost', port: scene.imap.port, secure: true, logger: false });
    client.on('error', () => {});
    await expect(client.connect()).rejects.toThrow();
    client.close();
    await scene.imap.events.waitFor(({ kind }) => kind === 'handshake-failed');
  });

  it('closes everything at once', async () => {
    const raw = await scene.rawSignedIn(ada);
    const waiting = scene.imap.events.waitFor(() => false);
    const rejected = expect(waiting).rejects.toThrow('disposed');
    await scene.imap.dispose();
    await rejected;
    await raw.closed;
    expect(scene.imap.sessions()).toEqual([]);
  });
});
