import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { isIPv6 } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ImapEndpoint } from '../../shared/profile.ts';
import { ProxyFailure } from './proxy-failure.ts';
import type { ProxyCredentials } from './proxy-server.ts';

/**
 * Has the HTTP proxy at the other end of `socket` lead on to `target` (CONNECT, RFC 9110 section 9.3.6), with Basic
 * credentials (RFC 7617) where there are any. When it resolves, `socket` is a connection to `target`.
 * @throws ProxyFailure
 */
export function openHttpTunnel(
  socket: Duplex,
  target: ImapEndpoint,
  credentials: ProxyCredentials | null,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const authority = `${isIPv6(target.host) ? `[${target.host}]` : target.host}:${target.port}`;
    const asking = request({
      method: 'CONNECT',
      path: authority,
      createConnection: () => socket,
      setHost: false,
      headers: {
        host: authority,
        ...(credentials !== null && { 'proxy-authorization': basic(credentials) }),
      },
    });
    asking.on('connect', (answer: IncomingMessage, _socket: unknown, head: Buffer) => {
      const failure = failureOf(answer.statusCode ?? 0, answer.headers, credentials !== null);
      if (failure !== null) {
        reject(failure);
        return;
      }
      if (head.length > 0) socket.unshift(head);
      resolve();
    });
    asking.on('error', (error) => {
      reject(new ProxyFailure('unreachable', 'the proxy hung up, or is none', { cause: error }));
    });
    asking.end();
  });
}

function basic({ user, password }: ProxyCredentials): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}

/** What the answer to a CONNECT means; null for a tunnel. */
export function failureOf(
  status: number,
  headers: Pick<IncomingHttpHeaders, 'proxy-authenticate'>,
  hadCredentials: boolean,
): ProxyFailure | null {
  if (status >= 200 && status < 300) return null;
  const detail = `proxy: HTTP ${status}`;
  if (status === 407) {
    const names = schemesOf([headers['proxy-authenticate'] ?? []].flat().join(', '));
    const takesBasic = names.length === 0 || names.some((name) => name.toLowerCase() === 'basic');
    if (!takesBasic) return new ProxyFailure('sign-in-unsupported', `${detail}: ${names.slice(0, 4).join(', ')}`);
    return new ProxyFailure('sign-in-refused', hadCredentials ? `${detail}, password refused` : detail);
  }
  // Tinyproxy's answer to a wrong password (1.11, run).
  if (status === 401) return new ProxyFailure('sign-in-refused', detail);
  return new ProxyFailure(status >= 500 ? 'no-way' : 'refused', detail);
}

/** The schemes of a challenge (RFC 9110 section 11.6.1): of the parts between commas, those that begin no `name=value`. */
function schemesOf(challenge: string): string[] {
  const parts = challenge.replaceAll(/"(?:[^"\\]|\\.)*"/gu, '""').split(',');
  return parts.flatMap((part) => /^\s*([a-z][a-z0-9-]{0,30})(?:\s+[^\s=]|\s*$)/iu.exec(part)?.[1] ?? []);
}
