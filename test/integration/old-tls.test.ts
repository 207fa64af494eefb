import { once } from 'node:events';
import tls from 'node:tls';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createNetworkClient, createWaitRequest } from '../../electron/main/auth/network-client.ts';
import { silentLog } from '../../electron/main/log.ts';
import { systemClock } from '../../electron/main/clock.ts';
import { createImapConnector } from '../../electron/main/imap/imap-connection.ts';
import { classifyImapError } from '../../electron/main/imap/imap-error.ts';
import { createThrowAwayCa, type ThrowAwayCa } from '../standin/ca.ts';

/** What Node itself allows, and its options or a system's settings can widen: the app must not rest on it. */
const { DEFAULT_MIN_VERSION, DEFAULT_CIPHERS } = tls;
const anyCipher = 'DEFAULT@SECLEVEL=0';

describe.each(['TLSv1', 'TLSv1.1', 'TLSv1.2'] as const)('a server that speaks no more than %s', (maxVersion) => {
  let ca: ThrowAwayCa;
  let server: tls.Server;
  let port: number;
  let greeting: string;
  let received: string;

  beforeAll(async () => {
    ca = await createThrowAwayCa();
    const certificate = await ca.issue({ hosts: ['localhost'] });
    server = tls.createServer({ ...certificate, minVersion: 'TLSv1', maxVersion, ciphers: anyCipher }, (socket) => {
      socket.on('error', () => {});
      socket.on('data', (chunk: Buffer) => {
        received += chunk.toString('latin1');
        socket.destroy();
      });
      socket.write(greeting);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });

  afterAll(() => {
    server.close();
  });

  beforeEach(() => {
    greeting = '';
    received = '';
    tls.DEFAULT_MIN_VERSION = 'TLSv1';
    tls.DEFAULT_CIPHERS = anyCipher;
  });

  afterEach(() => {
    tls.DEFAULT_MIN_VERSION = DEFAULT_MIN_VERSION;
    tls.DEFAULT_CIPHERS = DEFAULT_CIPHERS;
  });

  const isNewEnough = maxVersion === 'TLSv1.2';

  it('is met by Node as it is set up here', async () => {
    const socket = tls.connect({ host: 'localhost', port, ca: ca.caPem });
    await once(socket, 'secureConnect');
    expect(socket.getProtocol()).toBe(maxVersion);
    socket.destroy();
  });

  it(`${isNewEnough ? 'is talked to' : 'gets nothing'} as a mail server`, async () => {
    greeting = '* OK Welcome\r\n';
    const open = createImapConnector({ clock: systemClock, clientVersion: '0.0.0' });
    const opening = open({
      endpoint: { host: 'localhost', port },
      credentials: { user: 'ada@contoso.example', accessToken: 'a-token' },
      ca: [ca.caPem],
      mailbox: 'INBOX',
      onChange: () => {},
      onClose: () => {},
      onAuthenticated: () => {},
      log: silentLog,
      signal: new AbortController().signal,
    });
    const failure = await opening.then(
      () => null,
      (error: unknown) => classifyImapError(error, 0),
    );
    expect(received !== '').toBe(isNewEnough);
    expect(failure?.error.code === 'imap-tls-failed').toBe(!isNewEnough);
  });

  it(`${isNewEnough ? 'is talked to' : 'gets nothing'} as an identity provider`, async () => {
    const client = createNetworkClient({ ca: [ca.caPem], clock: systemClock, wait: createWaitRequest() });
    const asking = client.sendGetRequestAsync(`https://localhost:${port}/`);
    await expect(asking).rejects.toThrow();
    expect(received !== '').toBe(isNewEnough);
  });
});
