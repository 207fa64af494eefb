import { readFile } from 'node:fs/promises';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createNetworkClient, createWaitRequest } from '../../electron/main/auth/network-client.ts';
import { silentLog } from '../../electron/main/log.ts';
import { TransportFailure } from '../../electron/main/auth/transport-failure.ts';
import { systemClock } from '../../electron/main/clock.ts';
import { createImapConnector } from '../../electron/main/imap/imap-connection.ts';
import { classifyImapError } from '../../electron/main/imap/imap-error.ts';
import { createDial, type Dial } from '../../electron/main/network/dial.ts';
import { createProxySignIns } from '../../electron/main/network/proxy-sign-ins.ts';
import type { ProxyCredentials, ProxyKind } from '../../electron/main/network/proxy-server.ts';
import { anchorFolders, loadTrustedCa } from '../../electron/main/trusted-ca.ts';
import { createThrowAwayCa } from '../standin/ca.ts';
import { ada } from '../standin/people.ts';
import { startWorld, type World } from '../standin/world.ts';
import {
  startInspectingProxy,
  startMicrosocks,
  startRefusingProxy,
  startTinyproxy,
  startTlsFront,
} from '../support/proxies.ts';

const credentials = { user: 'ada', password: 'mellon-and-9-others' };

/** Both of the app's connections, each by a real proxy on this machine, to the stand-ins. */
describe('a proxy', () => {
  let folder: string;
  let world: World;
  let ca: string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tidings-proxies-'));
    world = await startWorld({ folder });
    ca = [await readFile(world.caFile, 'utf8')];
  });

  afterAll(async () => {
    await world.dispose();
    rmSync(folder, { recursive: true });
  });

  function by(server: { host: string; port: number }, who: ProxyCredentials | null = null, kind: ProxyKind = 'http') {
    const proxy = { kind, host: server.host, port: server.port };
    const answer = who === null ? null : () => Promise.resolve(who);
    const route = { kind: 'proxy', server: proxy, credentials: answer } as const;
    return createDial(
      () => Promise.resolve([route]),
      () => Promise.resolve(ca),
      createProxySignIns(systemClock),
    );
  }

  /** A request of the kind that MSAL makes; `reached`, or the words of what went wrong. */
  async function ask(
    dial: Dial,
    trusted: readonly string[] | undefined = ca,
  ): Promise<{ readonly outcome: string; readonly detail: string }> {
    const client = createNetworkClient({ ca: trusted, clock: systemClock, wait: createWaitRequest(), dial });
    try {
      await client.sendGetRequestAsync(`${world.identity.authority}/v2.0/.well-known/openid-configuration`);
      return { outcome: 'reached', detail: '' };
    } catch (error) {
      if (error instanceof TransportFailure) return { outcome: error.problem, detail: error.message };
      throw error;
    }
  }

  /** A mailbox opened and left again; `reached`, or the words of what went wrong. */
  async function openMailbox(
    dial: Dial,
    trusted: readonly string[] | undefined = ca,
  ): Promise<{ readonly outcome: string; readonly detail: string }> {
    const open = createImapConnector({ clock: systemClock, clientVersion: '0.0.0', dial });
    try {
      const session = await open({
        endpoint: world.profile.imap,
        credentials: { user: ada.address, accessToken: await world.identity.issueToken(ada) },
        ca: trusted,
        mailbox: 'INBOX',
        signal: new AbortController().signal,
        onChange: () => {},
        onClose: () => {},
        onAuthenticated: () => {},
        log: silentLog,
      });
      await session.logout(5_000);
      return { outcome: 'reached', detail: '' };
    } catch (error) {
      const failure = classifyImapError(error, 0);
      return { outcome: failure.error.code, detail: failure.error.detail ?? '' };
    }
  }

  async function both(dial: Dial): Promise<string[]> {
    return [(await ask(dial)).outcome, (await openMailbox(dial)).outcome];
  }

  const twice = (outcome: string): string[] => [outcome, outcome];

  it('leads to both by HTTP with a password, and nothing goes beside it', async () => {
    const proxy = await startTinyproxy({ credentials });
    try {
      const connections = world.imap.counts.connections;
      const dial = by(proxy, credentials);
      expect(await both(dial)).toEqual(twice('reached'));
      await proxy.waitForOutput(new RegExp(`CONNECT localhost:${world.profile.imap.port}`, 'u'));
      await proxy.waitForOutput(new RegExp(`CONNECT localhost:${new URL(world.identity.authority).port}`, 'u'));
      expect(world.imap.counts.connections).toBe(connections + 1);
      expect(await both(by(proxy, { ...credentials, password: 'wrong' }))).toEqual(twice('proxy-sign-in-refused'));
      expect(await both(by(proxy))).toEqual(twice('proxy-sign-in-refused'));
      await proxy.dispose();
      // The servers are there, and would be reached without it.
      expect(await both(dial)).toEqual(twice('proxy-unreachable'));
      expect(world.imap.counts.connections).toBe(connections + 1);
    } finally {
      await proxy.dispose();
    }
  });

  it('leads to both by SOCKS 5 with a password, and nothing goes beside it', async () => {
    const proxy = await startMicrosocks(credentials);
    try {
      const connections = world.imap.counts.connections;
      const dial = by(proxy, credentials, 'socks5');
      expect(await both(dial)).toEqual(twice('reached'));
      expect(await both(by(proxy, { ...credentials, password: 'wrong' }, 'socks5'))).toEqual(
        twice('proxy-sign-in-refused'),
      );
      expect(await both(by(proxy, null, 'socks5'))).toEqual(twice('proxy-sign-in-refused'));
      await proxy.dispose();
      expect(await both(dial)).toEqual(twice('proxy-unreachable'));
      expect(world.imap.counts.connections).toBe(connections + 1);
    } finally {
      await proxy.dispose();
    }
  });

  it('is told from the host behind it: refused by the one, not there at the other', async () => {
    const proxy = await startTinyproxy({ ports: [new URL(world.identity.authority).port].map(Number) });
    const socks = await startMicrosocks();
    try {
      expect(await both(by(proxy))).toEqual(['reached', 'proxy-refused']);
      const nobody = createNetworkClient({
        ca,
        clock: systemClock,
        wait: createWaitRequest(),
        dial: by(socks, null, 'socks5'),
      });
      await expect(nobody.sendGetRequestAsync('https://127.0.0.1:9/')).rejects.toMatchObject({
        problem: 'proxy-no-way',
      });
    } finally {
      await Promise.all([proxy.dispose(), socks.dispose()]);
    }
  });

  it('is spoken to by TLS where its address says so, and shows a certificate that is trusted', async () => {
    const inside = await startTinyproxy({ credentials });
    const outside = await startTlsFront(await world.ca.issue({ hosts: ['localhost'] }), inside);
    const foreign = await startTlsFront(await (await createThrowAwayCa()).issue({ hosts: ['localhost'] }), inside);
    try {
      const at = ({ port }: { port: number }) => by({ host: 'localhost', port }, credentials, 'https');
      expect(await both(at(outside))).toEqual(twice('reached'));
      expect(await both(at(foreign))).toEqual(twice('proxy-untrusted'));
      expect((await ask(at(foreign))).detail).toMatch(/^proxy: [A-Z_]+, issued by “/u);
      expect(inside.output()).not.toContain('bad request');
    } finally {
      await Promise.all([inside.dispose(), outside.dispose(), foreign.dispose()]);
    }
  });

  it('that takes NTLM and Kerberos only is told so; one that is no proxy, that it isn’t there', async () => {
    const head =
      'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM';
    const proxy = await startRefusingProxy(head);
    try {
      expect(await ask(by(proxy, credentials))).toEqual({
        outcome: 'proxy-sign-in-unsupported',
        detail: 'proxy: HTTP 407: Negotiate, NTLM',
      });
      expect((await openMailbox(by(proxy, credentials))).outcome).toBe('proxy-sign-in-unsupported');
      // A server that speaks TLS to whoever comes.
      expect(await both(by(world.profile.imap))).toEqual(twice('proxy-unreachable'));
    } finally {
      await proxy.dispose();
    }
  });

  it('that reads along is refused, by the name of who vouches for it, until its authority is trusted', async () => {
    const company = await createThrowAwayCa('Contoso inspection CA');
    const proxy = await startInspectingProxy(await company.issue({ hosts: ['localhost'] }));
    try {
      const dial = by(proxy);
      const logins = world.imap.counts.logins;
      const asked = await ask(dial);
      const opened = await openMailbox(dial);
      expect([asked.outcome, opened.outcome]).toEqual(['certificate', 'certificate-untrusted']);
      expect(asked.detail).toMatch(/issued by “Contoso inspection CA/u);
      expect(opened.detail).toMatch(/issued by “Contoso inspection CA/u);
      expect(world.imap.counts.logins).toBe(logins);
      // Where an administrator puts it: the profile's file, or a folder of the system's.
      const anchors = join(folder, 'anchors');
      mkdirSync(anchors);
      const file = join(anchors, 'contoso.crt');
      writeFileSync(file, company.caPem);
      for (const trusting of [await loadTrustedCa(file), await loadTrustedCa(null, anchorFolders([anchors]))]) {
        expect((await ask(dial, trusting)).outcome).toBe('reached');
        expect((await openMailbox(dial, trusting)).outcome).toBe('reached');
      }
    } finally {
      await proxy.dispose();
    }
  });
});
