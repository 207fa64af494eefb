import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import tls, { createServer as createTlsServer } from 'node:tls';

import { afterEach, describe, expect, vi } from 'vitest';

import { createThrowAwayCa } from '../standin/ca.ts';
import type { CertificateKind } from '../standin/world.ts';
import { WatcherBench } from '../support/watcher-bench.ts';
import { faultTest } from './fault-test.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Runs a test with a server in the IMAP server's place; `heard` is all that it was sent, decrypted where it can. */
async function withServer(
  server: Server,
  run: (bench: WatcherBench, endpoint: { host: string; port: number }) => Promise<void>,
): Promise<void> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const bench = await WatcherBench.start('stand-in');
  try {
    await run(bench, { host: 'localhost', port });
  } finally {
    await bench.dispose();
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

const isEnd = ({ kind }: { kind: string }): boolean => kind === 'refused' || kind === 'offline';

describe('a captive portal on the IMAP port', () => {
  const page = 'HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\nContent-Length: 0\r\n\r\n';

  faultTest(
    13,
    async () => {
      let heard = Buffer.alloc(0);
      const portal = createServer((socket) => {
        socket.on('data', (bytes) => {
          heard = Buffer.concat([heard, bytes]);
          socket.end(page);
        });
      });
      await withServer(portal, async (bench, endpoint) => {
        bench.watch({ endpoint });
        await bench.trail.waitFor(isEnd);
        // The beginning of a TLS handshake (RFC 8446 section 5.1), and nothing in clear.
        expect(heard.at(0)).toBe(22);
        expect(heard.toString('latin1')).not.toMatch(/AUTHENTICATE|CAPABILITY|LOGIN/iu);
      });
    },
    { variant: 'that answers in clear' },
  );

  faultTest(
    13,
    async () => {
      let heard = '';
      const certificate = await (await createThrowAwayCa('Portal')).issue({ hosts: ['portal.example'] });
      const portal = createTlsServer({ ...certificate }, (socket) => {
        socket.write('* OK [CAPABILITY IMAP4rev1 AUTH=XOAUTH2 SASL-IR] ready\r\n');
        socket.on('data', (bytes: Buffer) => {
          heard += bytes.toString('latin1');
        });
        socket.on('error', () => {});
      });
      await withServer(portal, async (bench, endpoint) => {
        bench.watch({ endpoint });
        const refused = await bench.trail.waitFor(isEnd);
        expect(refused).toMatchObject({ kind: 'refused', error: { code: 'certificate-untrusted' } });
        expect(heard).toBe('');
      });
    },
    { variant: 'that speaks TLS and IMAP' },
  );
});

describe('a certificate that proves nothing', () => {
  const kinds: readonly (readonly [CertificateKind, RegExp])[] = [
    ['expired', /expired/iu],
    ['wrong-host', /altnames|hostname/iu],
    ['self-signed', /self.signed/iu],
    ['foreign-ca', /verify|issuer/iu],
  ];
  for (const [kind, why] of kinds) {
    faultTest(
      17,
      async () => {
        // Nor by the environment.
        vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
        const bench = await WatcherBench.start('stand-in', { imapCertificate: kind });
        try {
          bench.watch();
          const refused = await bench.trail.waitFor(isEnd);
          expect(refused).toMatchObject({ kind: 'refused', error: { code: 'certificate-untrusted' } });
          expect(refused).toHaveProperty('error.detail', expect.stringMatching(why));
          expect(bench.world.imap.counts.commands.size).toBe(0);
        } finally {
          await bench.dispose();
        }
      },
      { variant: kind },
    );
  }
});

describe('an old TLS', () => {
  /** What Node itself allows can be widened: the app must not rest on it. */
  const { DEFAULT_MIN_VERSION, DEFAULT_CIPHERS } = tls;
  const anyCipher = 'DEFAULT@SECLEVEL=0';

  afterEach(() => {
    tls.DEFAULT_MIN_VERSION = DEFAULT_MIN_VERSION;
    tls.DEFAULT_CIPHERS = DEFAULT_CIPHERS;
  });

  faultTest(18, async () => {
    tls.DEFAULT_MIN_VERSION = 'TLSv1';
    tls.DEFAULT_CIPHERS = anyCipher;
    const ca = await createThrowAwayCa();
    const certificate = await ca.issue({ hosts: ['localhost'] });
    const versions: (string | null)[] = [];
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: anyCipher } as const;
    const server = createTlsServer({ ...certificate, ...old }, (socket) => {
      versions.push(socket.getProtocol());
      socket.on('error', () => {});
      socket.write('* OK ready\r\n');
    });
    await withServer(server, async (bench, endpoint) => {
      // It does serve who takes it.
      const careless = tls.connect({ ...endpoint, ca: ca.caPem });
      await once(careless, 'data');
      careless.destroy();
      expect(versions).toEqual(['TLSv1.1']);
      bench.watch({ endpoint });
      const refused = await bench.trail.waitFor(isEnd);
      expect(refused).toMatchObject({ kind: 'refused', error: { code: 'imap-tls-failed' } });
      expect(versions).toEqual(['TLSv1.1']);
    });
  });
});
