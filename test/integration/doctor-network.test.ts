import { once } from 'node:events';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';
import tls, { createServer as createTlsServer } from 'node:tls';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { AuthFailure } from '../../electron/main/auth/auth-types.ts';
import { systemClock } from '../../electron/main/clock.ts';
import type { DoctorRun } from '../../electron/shared/doctor.ts';
import { createThrowAwayCa } from '../standin/ca.ts';
import { DoctorBench, findingOf } from '../support/doctor-bench.ts';

/** What networks put in a mail server's place. No test sends a token anywhere but to the stand-in. */
describe('a network that is in the way', () => {
  let bench: DoctorBench;
  const sockets = new Set<Socket>();
  const servers: (Server | HttpServer)[] = [];

  beforeEach(async () => {
    bench = await DoctorBench.start();
  });

  afterEach(async () => {
    vi.unstubAllEnvs();
    await bench.dispose();
    for (const socket of sockets) socket.destroy();
    for (const server of servers.splice(0)) server.close();
  });

  async function listen(server: Server | HttpServer): Promise<number> {
    servers.push(server);
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  const at = (port: number) => ({ profile: { imap: { host: 'localhost', port } } });
  const nothingWasTried = (): void => {
    expect(bench.world.imap.counts.logins + bench.world.imap.counts.refusedLogins).toBe(0);
  };

  it('a portal in clear', async () => {
    const portal = createServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\n\r\n'));
    });
    expect(findingOf(await bench.examine(at(await listen(portal))))).toEqual({
      step: 'tls',
      cause: { kind: 'captive-portal', host: 'portal.example' },
    });
  });

  it('a portal with a certificate of its own', async () => {
    const certificate = await (await createThrowAwayCa('Portal')).issue({ hosts: ['portal.example'] });
    let heard = '';
    const portal = createTlsServer({ ...certificate }, (socket) => {
      socket.on('error', () => {});
      socket.on('data', (bytes: Buffer) => {
        heard += bytes.toString('latin1');
      });
    });
    const run = await bench.examine(at(await listen(portal)));
    expect(findingOf(run)).toEqual({ step: 'tls', cause: { kind: 'captive-portal', host: 'portal.example' } });
    // A handshake and not a word in it, whatever somebody's environment says of checking certificates.
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    expect(findingOf(await bench.examine(at(await listen(createTlsServer({ ...certificate })))))?.step).toBe('tls');
    expect(heard).toBe('');
    nothingWasTried();
  });

  it('a portal that answers for the sign-in service too, in clear', async () => {
    const certificate = await (await createThrowAwayCa('Portal')).issue({ hosts: ['localhost'] });
    const web = createHttpServer((_request, response) => {
      response.writeHead(302, { location: 'http://wifi.example/terms' }).end();
    });
    const plainOrigin = `http://127.0.0.1:${await listen(web)}/`;
    const run = await bench.examine({ ...at(await listen(createTlsServer({ ...certificate }))), plainOrigin });
    expect(findingOf(run)?.cause).toEqual({ kind: 'captive-portal', host: 'wifi.example' });
  });

  it.each([
    ['a redirect', 302, { location: 'http://wifi.example/' }, 'wifi.example'],
    ['a page', 200, { 'content-type': 'text/html' }, null],
    ['its own status', 511, {}, null],
  ])('a portal in the sign-in service’s place: %s', async (_name, status, headers, host) => {
    const certificate = await bench.world.ca.issue({ hosts: ['localhost'] });
    const web = createHttpsServer({ ...certificate }, (_request, response) => {
      response.writeHead(status, headers).end('<html>Accept the terms</html>');
    });
    const profile = { authority: `https://localhost:${await listen(web)}/common` };
    const failure = new AuthFailure({ code: 'identity-unavailable', at: 1 }, { kind: 'transient', retryAfterMs: null });
    expect(findingOf(await bench.examine({ profile, tokenError: failure }))).toEqual({
      step: 'token',
      cause: { kind: 'captive-portal', host },
    });
    nothingWasTried();
  });

  it('a proxy that opens the encryption to the sign-in service only', async () => {
    const certificate = await (await createThrowAwayCa('Contoso Inspection')).issue({ hosts: ['localhost'] });
    const profile = { authority: `https://localhost:${await listen(createHttpsServer({ ...certificate }))}/common` };
    const failure = new AuthFailure(
      { code: 'certificate-untrusted', at: 1 },
      { kind: 'transient', retryAfterMs: null },
    );
    expect(findingOf(await bench.examine({ profile, tokenError: failure }))).toEqual({
      step: 'token',
      cause: { kind: 'intercepted', issuer: expect.stringMatching(/^Contoso Inspection/u) },
    });
  });

  it('a proxy that opens the encryption, by its authority’s name', async () => {
    const proxy = await createThrowAwayCa('Contoso Inspection');
    const certificate = await proxy.issue({ hosts: ['localhost'] });
    const intercepting = await listen(createTlsServer({ ...certificate }));
    const run = await bench.examine(at(intercepting));
    expect(findingOf(run)).toMatchObject({
      step: 'tls',
      cause: { kind: 'intercepted', issuer: expect.stringMatching(/^Contoso Inspection/u) },
    });
    expect(run.steps.at(-1)).toMatchObject({ facts: { nameFits: true, chain: [{ subject: 'localhost' }] } });
    nothingWasTried();
  });

  it.each([
    ['expired', { notAfter: new Date(Date.now() - 3_600_000) }, 'certificate-expired'],
    ['that vouches for itself', { isSelfSigned: true }, 'certificate-self-signed'],
    ['of another name', { hosts: ['mail.elsewhere.example'] }, 'certificate-wrong-name'],
  ])('a certificate %s', async (_name, more, kind) => {
    const certificate = await bench.world.ca.issue({ hosts: ['localhost'], ...more });
    const run = await bench.examine(at(await listen(createTlsServer({ ...certificate }))));
    expect(findingOf(run)?.cause.kind).toBe(kind);
  });

  it('a wrong clock, which makes good certificates look old', async () => {
    const aheadMs = 3 * 86_400_000;
    // What this computer takes for the past is the present by the other host's time.
    const certificate = await bench.world.ca.issue({
      hosts: ['localhost'],
      notAfter: new Date(Date.now() - 3_600_000),
    });
    const web = createHttpServer((_request, response) => {
      const there = new Date(Date.now() - aheadMs).toUTCString();
      response.writeHead(301, { date: there, location: 'https://127.0.0.1/' }).end();
    });
    const plainOrigin = `http://127.0.0.1:${await listen(web)}/`;
    const run = await bench.examine({ ...at(await listen(createTlsServer({ ...certificate }))), plainOrigin });
    expect(findingOf(run)).toEqual({ step: 'tls', cause: { kind: 'clock-wrong', aheadMs: expect.any(Number) } });
    const found = findingOf(run)?.cause;
    expect(found?.kind === 'clock-wrong' && Math.abs(found.aheadMs - aheadMs)).toBeLessThan(60_000);
  });

  it('a wrong clock where all else works, as a remark', async () => {
    const clock = { ...systemClock, now: () => Date.now() - 2 * 3_600_000 };
    const run = await bench.examine({ clock });
    expect(run.state).toBe('fine');
    expect(run.steps[3]).toMatchObject({ remarks: [{ kind: 'clock-wrong' }] });
  });

  it('an old TLS', async () => {
    const { DEFAULT_MIN_VERSION, DEFAULT_CIPHERS } = tls;
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    tls.DEFAULT_MIN_VERSION = 'TLSv1';
    tls.DEFAULT_CIPHERS = old.ciphers;
    try {
      const certificate = await bench.world.ca.issue({ hosts: ['localhost'] });
      const port = await listen(createTlsServer({ ...certificate, ...old }));
      expect(findingOf(await bench.examine(at(port)))).toEqual({ step: 'tls', cause: { kind: 'tls-too-old' } });
    } finally {
      tls.DEFAULT_MIN_VERSION = DEFAULT_MIN_VERSION;
      tls.DEFAULT_CIPHERS = DEFAULT_CIPHERS;
    }
  });

  it('a reset in the handshake, and a server without TLS', async () => {
    const resetting = createServer((socket) => {
      socket.once('data', () => socket.resetAndDestroy());
    });
    expect(findingOf(await bench.examine(at(await listen(resetting))))?.cause).toEqual({ kind: 'tls-cut' });
    const plain = createServer((socket) => {
      socket.write('* OK IMAP4rev1 ready\r\n');
    });
    expect(findingOf(await bench.examine(at(await listen(plain))))?.cause).toEqual({ kind: 'not-tls' });
  });

  it('nobody at the port, and no such name', async () => {
    const port = await listen(createServer());
    servers.splice(0)[0]?.close();
    expect(findingOf(await bench.examine(at(port)))).toEqual({ step: 'tcp', cause: { kind: 'port-refused' } });
    const nowhere = { profile: { imap: { host: 'mail.invalid', port: 993 } } };
    const nameless = findingOf(await bench.examine(nowhere));
    expect(nameless?.step).toBe('dns');
    expect(['name-unknown', 'name-server-silent']).toContain(nameless?.cause.kind);
    expect(findingOf(await bench.examine({ ...nowhere, isOnline: false }))?.cause).toEqual({ kind: 'no-network' });
  });

  it('is given up on wish, with what was found so far and nothing left open', async () => {
    const silent = createServer((socket) => {
      socket.resume();
    });
    const port = await listen(silent);
    const doctor = bench.doctor(at(port));
    const [one, another] = [{ kind: 'terminal' }, { kind: 'terminal' }] as const;
    const done = doctor.examine('a', one);
    await expect.poll(() => doctor.runs()[0]?.steps.length).toBe(3);
    // Another who asks meanwhile gets the same examination.
    const same = doctor.examine('a', another);
    doctor.leave(one);
    doctor.cancel('a', one);
    expect(doctor.runs()[0]?.state).toBe('running');
    doctor.cancel('a', another);
    // Who asks after that isn't answered with what others gave up.
    const next = doctor.examine('a', one);
    const run = await done;
    expect(await same).toBe(run);
    expect(run).toMatchObject({ state: 'cancelled', steps: [{ name: 'dns' }, { name: 'tcp' }] });
    await expect.poll(() => doctor.runs()[0]?.steps.length).toBe(3);
    expect(doctor.runs()[0]).toMatchObject({ state: 'running' });
    doctor.leave(one);
    expect(await next).not.toBe(run);
    await expect.poll(() => [...sockets].every((socket) => socket.destroyed)).toBe(true);
  });

  it('tells the token’s own trouble in its words, and what is remarkable about one that is had', async () => {
    const info = { code: 'sign-in-expired', at: 1, aadsts: '50173', correlationId: 'c' } as const;
    const failure = new AuthFailure(info, { kind: 'interactive' });
    expect(findingOf(await bench.examine({ tokenError: failure }))).toEqual({
      step: 'token',
      cause: { kind: 'known-error', error: info },
    });
    nothingWasTried();
    bench.world.identity.order({ at: 'discovery', kind: 'reset' }, 'until-cleared');
    const run: DoctorRun = await bench.examine();
    expect(run.state).toBe('fine');
    expect(run.steps[3]).toMatchObject({ remarks: [{ kind: 'sign-in-service-unreachable' }] });
    expect(bench.world.imap.counts.logins).toBe(1);
    await bench.world.imap.events.waitUntil(() => bench.world.imap.sessions().length === 0);
  });
});
