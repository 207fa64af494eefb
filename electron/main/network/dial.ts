import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ImapEndpoint } from '../../shared/profile.ts';
import { isCertificateCode, nameIssuer } from './certificate-issuer.ts';
import { connectTcp, type DialOptions } from './connect-tcp.ts';
import { openHttpTunnel } from './http-tunnel.ts';
import { ProxyFailure, proxyUnreachable, proxyUntrusted } from './proxy-failure.ts';
import { proxyAddress, type ProxyCredentials, type ProxyServer } from './proxy-server.ts';
import type { ProxySignIns } from './proxy-sign-ins.ts';
import { openSocksTunnel } from './socks-tunnel.ts';
import { connectTls } from './tls.ts';

/** One way to a host. */
export type Route =
  | { readonly kind: 'direct' }
  | { readonly kind: 'proxy'; readonly server: ProxyServer; readonly credentials: FindCredentials | null };

/** Who one is to the proxy; null where no password is kept. Rejects where it can't be had now. May never answer. */
export type FindCredentials = () => Promise<ProxyCredentials | null>;

/** The ways to a host, best first; never empty. May never answer. */
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
export function createDial(findRoutes: FindRoutes, loadCa: LoadCa, signIns: ProxySignIns): Dial {
  return async (target, options) => {
    const { clock, limitMs } = options;
    const beganAt = clock.monotonic();
    const tooLong = Object.assign(new Error('The system didn’t say in time whether there is a proxy'), {
      code: 'CONNECT_TIMEOUT',
    });
    const routes = await inTime(findRoutes(target), options, tooLong);
    for (const [index, route] of routes.entries()) {
      const left = { ...options, limitMs: Math.max(1, limitMs - (clock.monotonic() - beganAt)) };
      try {
        return await (route.kind === 'direct'
          ? connectTcp(target, left)
          : byProxy(route, target, { loadCa, signIns }, left));
      } catch (error) {
        const isUnreachable = error instanceof ProxyFailure && error.problem === 'unreachable';
        if (!isUnreachable || index === routes.length - 1 || options.signal.aborted) throw error;
      }
    }
    throw new Error('no route');
  };
}

async function byProxy(
  { server, credentials: find }: Extract<Route, { kind: 'proxy' }>,
  target: ImapEndpoint,
  { loadCa, signIns }: { readonly loadCa: LoadCa; readonly signIns: ProxySignIns },
  options: DialOptions,
): Promise<Socket> {
  const credentials = find === null ? null : await passwordFor(find, options);
  const socket = await reach(server, loadCa, options);
  try {
    // One that takes the connection and then says nothing.
    const tooLong = new ProxyFailure('unreachable', 'the proxy took too long to answer');
    const enter = (): Promise<void> => inTime(tunnel(server.kind, socket, target, credentials), options, tooLong);
    await (credentials === null
      ? enter()
      : inTime(
          signIns.run(whoIs(server, credentials), () => (socket.destroyed ? Promise.reject(tooLong) : enter())),
          options,
          tooLong,
        ));
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

function whoIs(server: ProxyServer, { user, password }: ProxyCredentials): string {
  return `${proxyAddress({ server, user })} ${password}`;
}

/** A keyring may wait for the person, and that isn't the proxy's fault: half of the time is left to reach it. */
async function passwordFor(find: FindCredentials, options: DialOptions): Promise<ProxyCredentials | null> {
  const tooLong = new ProxyFailure('password-unavailable', 'the keyring took too long to answer');
  try {
    return await inTime(find(), { ...options, limitMs: options.limitMs / 2 }, tooLong);
  } catch (error) {
    if (options.signal.aborted || error instanceof ProxyFailure) throw error;
    throw new ProxyFailure('password-unavailable', 'the keyring can’t be read', { cause: error });
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
    if (isCertificateCode(codeOf(error))) throw proxyUntrusted(await nameIssuer(error, server, connectTcp, options));
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

/** What `work` comes to; rejects with `tooLong` at the limit, and when nobody wants it any more. */
function inTime<T>(work: Promise<T>, { clock, limitMs, signal }: DialOptions, tooLong: Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      reject(new Error('No longer wanted'));
    };
    const cancel = clock.setTimer(limitMs, () => {
      reject(tooLong);
    });
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    void work.then(resolve, reject).finally(() => {
      cancel();
      signal.removeEventListener('abort', onAbort);
    });
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
