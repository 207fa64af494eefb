import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { DrivenApp } from '../desktop/app.ts';
import { ada } from '../standin/people.ts';
import { setStage, type Stage, type StageOptions } from './stage.ts';

/** Chromium's log of its network (chrome://net-export), with the numbers that this version has for its kinds. */
interface NetLog {
  readonly constants: { readonly logEventTypes: Readonly<Record<string, number>> };
  readonly events: readonly { readonly type: number; readonly params?: unknown }[];
}

/** What goes out of the computer, or asks somebody there. Questions that are answered at once are none of it. */
const outgoing = ['HOST_RESOLVER_DNS_TASK', 'HOST_RESOLVER_SYSTEM_TASK', 'TCP_CONNECT', 'UDP_BYTES_SENT'];

/**
 * Mail and sign-in go through Node. Whatever else is asked for on a network is a leak, whoever asks; looked for in the
 * app that `options` say.
 */
export function describeSilentChromium(what: string, options: StageOptions = {}): void {
  describe(`${what}: Chromium`, () => {
    let stage: Stage;
    let app: DrivenApp;
    let page: Page;
    let netLog: string;
    const udp: Socket = createSocket('udp4');
    const tcp: Server = createServer((socket) => {
      hits.push('tcp');
      socket.on('error', () => undefined).destroy();
    });
    const hits: string[] = [];

    beforeAll(async () => {
      udp.on('message', () => hits.push('udp')).bind(0, '127.0.0.1');
      tcp.listen(0, '127.0.0.1');
      await Promise.all([once(udp, 'listening'), once(tcp, 'listening')]);
      stage = await setStage(options);
      netLog = join(stage.desktop.session.env['XDG_STATE_HOME'] ?? '', 'net-log.json');
      app = await stage.launch({ args: [`--log-net-log=${netLog}`] });
      page = await app.firstWindow();
      await stage.addAccount(page, ada);
      await page.getByText('Watching', { exact: true }).waitFor();
    });

    afterAll(async () => {
      udp.close();
      tcp.close();
      await stage.dispose();
    });

    it('lets a page that was taken over reach nobody, by WebRTC neither', async () => {
      // Done long before the rest: nobody is told of these.
      await page.evaluate(() => {
        for (const rel of ['dns-prefetch', 'preconnect']) {
          const link = document.createElement('link');
          link.rel = rel;
          link.href = `http://what-it-found.${rel}.example/`;
          document.head.append(link);
        }
      });
      const ports = { stun: udp.address().port, turn: (tcp.address() as AddressInfo).port };
      const found = await page.evaluate(async ({ stun, turn }) => {
        const connection = new RTCPeerConnection({
          iceServers: [
            { urls: `stun:127.0.0.1:${stun}` },
            { urls: `turn:127.0.0.1:${turn}?transport=tcp`, username: 'what it found', credential: 'x' },
          ],
        });
        const candidates: string[] = [];
        const tried = new Promise<void>((resolve) => {
          connection.addEventListener('icecandidate', ({ candidate }) => {
            if (candidate !== null && candidate.candidate !== '') candidates.push(candidate.candidate);
          });
          connection.addEventListener('icegatheringstatechange', () => {
            if (connection.iceGatheringState === 'complete') resolve();
          });
        });
        connection.createDataChannel('x');
        await connection.setLocalDescription(await connection.createOffer());
        await tried;
        connection.close();
        return candidates;
      }, ports);
      expect(found).toEqual([]);
      expect(hits).toEqual([]);
    });

    it('asks for no name and opens no connection, from its start to its end', async () => {
      await app.quit();
      const { constants, events } = JSON.parse(readFileSync(netLog, 'utf8')) as NetLog;
      const nameOf = new Map(Object.entries(constants.logEventTypes).map(([name, type]) => [type, name]));
      for (const name of outgoing) expect([...nameOf.values()], name).toContain(name);
      const gone = events.filter(({ type }) => outgoing.includes(nameOf.get(type) ?? ''));
      expect(gone.map(({ type, params }) => `${nameOf.get(type) ?? ''} ${JSON.stringify(params)}`)).toEqual([]);
      expect(hits).toEqual([]);
    });
  });
}
