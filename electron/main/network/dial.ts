import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ImapEndpoint } from '../../shared/profile.ts';
import { connectTcp, type DialOptions } from './connect-tcp.ts';
import { openHttpTunnel } from './http-tunnel.ts';
import { ProxyFailure, proxyUnreachable } from './proxy-failure.ts';
import type { ProxyCredentials, ProxyServer } from './proxy-server.ts';
import { openSocksTunnel } from './socks-tunnel.ts';
import { connectTls } from './tls.ts';

/** One way to a host. */
export type Route =
  | { readonly kind: 'direct' }
  | { readonly kind: 'proxy'; readonly server: ProxyServer; readonly credentials: ProxyCredentials | null };

/** The ways to a host, best first; never empty. Rejects only where the proxy's password can't be had. */
export type FindRoutes = (target: ImapEndpoint) => Promise<readonly Route[]>;

/**
 * Connects to a host, by whatever way this network has. What comes back is a bare connection to the host itself: TLS
 * with it is the caller's. @throws the system's error, or ProxyFailure for what a proxy did
 */
export type Dial = (target: ImapEndpoint, options: DialOptions) => Promise<Socket>;

/** Without a proxy. */
export const dialDirectly: Dial = connectTcp;

/** The certificates to trust, PEM; undefined for Node's own default. */
export type LoadCa = () => Promise<readonly string[] | undefined>;

/**
 * Goes by what `findRoutes` says for each host; a further route is tried where a proxy can't be reached. `loadCa` is for
 * proxies that are spoken to by TLS.
 */
export function createDial(findRoutes: FindRoutes, loadCa: LoadCa): Dial {
  return async (target, options) => {
    const { clock, limitMs } = options;
    const beganAt = clock.monotonic();
    const routes = await findRoutes(target);
    for (const [index, route] of routes.entries()) {
      const left = { ...options, limitMs: Math.max(1, limitMs - (clock.monotonic() - beganAt)) };
      try {
        return await (route.kind === 'direct' ? connectTcp(target, left) : byProxy(route, target, loadCa, left));
      } catch (error) {
        const isUnreachable = error instanceof ProxyFailure && error.problem === 'unreachable';
        if (!isUnreachable || index === routes.length - 1 || options.signal.aborted) throw error;
      }
    }
    throw new Error('no route');
  };
}

async function byProxy(
  { server, credentials }: Extract<Route, { kind: 'proxy' }>,
  target: ImapEndpoint,
  loadCa: LoadCa,
  options: DialOptions,
): Promise<Socket> {
  const socket = await reach(server, loadCa, options);
  try {
    await withinLimits(socket, options, tunnel(server.kind, socket, target, credentials));
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** What goes wrong before the proxy was spoken to is the proxy's, not the host's. */
async function reach(server: ProxyServer, loadCa: LoadCa, options: DialOptions): Promise<Socket> {
  try {
    const socket = await connectTcp(server, options);
    if (server.kind !== 'https') return socket;
    return await connectTls(socket, { host: server.host, ca: await loadCa() }, options);
  } catch (error) {
    if (options.signal.aborted) throw error;
    throw proxyUnreachable(error);
  }
}

function tunnel(
  kind: ProxyServer['kind'],
  socket: Duplex,
  target: ImapEndpoint,
  credentials: ProxyCredentials | null,
): Promise<void> {
  return kind === 'socks5' ? openSocksTunnel(socket, target, credentials) : openHttpTunnel(socket, target, credentials);
}

/** A proxy that takes the connection and then says nothing. */
function withinLimits(socket: Duplex, { clock, limitMs, signal }: DialOptions, opening: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      reject(error);
      socket.destroy();
    };
    const onAbort = (): void => {
      fail(new Error('No longer wanted'));
    };
    const cancel = clock.setTimer(limitMs, () => {
      fail(new ProxyFailure('unreachable', 'the proxy took too long to answer'));
    });
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    void opening.then(resolve, reject).finally(() => {
      cancel();
      signal.removeEventListener('abort', onAbort);
    });
  });
}
