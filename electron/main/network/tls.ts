import { isIP, type Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import type { DialOptions } from './connect-tcp.ts';
import { tlsTerms } from './tls-terms.ts';

export interface TlsPeer {
  /** The name that the certificate must have. */
  readonly host: string;
  /** All certificates to trust, PEM; undefined for Node's own default. */
  readonly ca: readonly string[] | undefined;
}

/** TLS 1.2 or later over `socket`, which it takes over: where it rejects, the socket is closed. */
export function connectTls(
  socket: Socket,
  { host, ca }: TlsPeer,
  { clock, limitMs, signal }: DialOptions,
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const secured = connect({
      socket,
      ...(isIP(host) === 0 && { servername: host }),
      host,
      ...tlsTerms(ca),
    });
    const settle = (): void => {
      cancel();
      signal.removeEventListener('abort', onAbort);
      secured.off('error', fail);
    };
    const fail = (error: Error): void => {
      settle();
      // What it says while it is taken down, nobody wants.
      secured.on('error', () => {}).destroy();
      socket.destroy();
      reject(error);
    };
    const onAbort = (): void => {
      fail(new Error('No longer wanted'));
    };
    const cancel = clock.setTimer(limitMs, () => {
      fail(Object.assign(new Error('TLS took too long'), { code: 'CONNECT_TIMEOUT' }));
    });
    signal.addEventListener('abort', onAbort, { once: true });
    secured.once('error', fail);
    secured.once('secureConnect', () => {
      settle();
      resolve(secured);
    });
    if (signal.aborted) onAbort();
  });
}
