/**
 * A watcher of Ada's INBOX, its server and a proxy between them, in a process of their own: see network-namespace.ts.
 * It answers `[id, method, ...arguments]` with `['answer', result, id]`, and says `['told', …]` of itself.
 */
import { networkInterfaces } from 'node:os';

import { systemClock } from '../../electron/main/clock.ts';
import type { WatcherEvent } from '../../electron/main/imap/watcher-types.ts';
import { followNetworkChanges } from '../../electron/main/shell/network-changes.ts';
import { findIpMonitor } from '../../electron/main/shell/network-monitor.ts';
import type { ImapEvent } from '../standin/imap/event-log.ts';
import { recordingLog } from '../support/recording-log.ts';
import { WatcherBench } from '../support/watcher-bench.ts';
import { FaultProxy, type LinkFaults } from './fault-proxy.ts';

/** What the server is called besides `localhost`; nobody else is (RFC 2606). */
const serverName = 'imap.example';

export type HostTold =
  | { readonly kind: 'ready' }
  | { readonly kind: 'event'; readonly event: WatcherEvent }
  | { readonly kind: 'server'; readonly event: ImapEvent };

const send = (told: HostTold): void => void process.send?.(['told', told, 0]);

const bench = await WatcherBench.start('stand-in', { imapNames: [serverName] });
const proxy = await FaultProxy.open({ host: 'localhost', port: bench.world.imap.port });

const calls = {
  /** Ports on which the server (`direct`) and the proxy before it listen. */
  ports: () => ({ direct: bench.world.imap.port, proxy: proxy.endpoint.port }),
  /** Starts the watcher; `through` the proxy, or not. */
  watch: (host: 'localhost' | typeof serverName, through: 'direct' | 'proxy') => {
    const { port } = through === 'proxy' ? proxy.endpoint : bench.world.imap;
    bench.watch({ endpoint: { host, port } });
  },
  faults: (faults: LinkFaults) => {
    proxy.faults = faults;
  },
  deliver: (subject: string) => bench.deliver(subject),
  networkChanged: () => {
    bench.networkChanged();
  },
  /** Hears of changes as the app does. */
  followNetwork: () => {
    followNetworkChanges({
      onChange: () => {
        bench.networkChanged();
      },
      interfaces: networkInterfaces,
      startMonitor: findIpMonitor(process.env['PATH'] ?? ''),
      clock: systemClock,
      log: recordingLog(),
    });
  },
  /** Logins that the server let in or refused. */
  logins: () => bench.world.imap.counts.logins + bench.world.imap.counts.refusedLogins,
} as const;

export type HostCalls = typeof calls;

bench.trail.listen((event) => {
  send({ kind: 'event', event });
});
bench.world.imap.events.listen((event) => {
  send({ kind: 'server', event });
});

async function answer(message: unknown): Promise<void> {
  const [id, method, ...args] = message as [number, keyof HostCalls, ...unknown[]];
  const call = calls[method] as (...args: readonly unknown[]) => unknown;
  process.send?.(['answer', (await call(...args)) ?? null, id]);
}

process.on('message', (message) => void answer(message));
process.on('disconnect', () => {
  process.exit(0);
});
send({ kind: 'ready' });
