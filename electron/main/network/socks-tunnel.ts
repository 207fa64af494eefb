import type { Duplex } from 'node:stream';
import { SocksClient } from 'socks';
import type { ImapEndpoint } from '../../shared/profile.ts';
import { ProxyFailure, type ProxyProblem } from './proxy-failure.ts';
import { fitsSocks, type ProxyCredentials } from './proxy-server.ts';

/**
 * Has the SOCKS 5 proxy at the other end of `socket` lead on to `target` (RFC 1928), whose name the proxy looks up,
 * with a user name and password where there are any (RFC 1929). When it resolves, `socket` is a connection to `target`.
 * @throws ProxyFailure
 */
export async function openSocksTunnel(
  socket: Duplex,
  target: ImapEndpoint,
  credentials: ProxyCredentials | null,
): Promise<void> {
  // The library writes each length as one byte and throws, at a wrong place, where there is no room (2.8.10, read).
  if (credentials !== null && !fitsSocks(credentials)) {
    throw new ProxyFailure('sign-in-refused', 'proxy: SOCKS, user name and password must have 1 to 255 bytes each');
  }
  try {
    await SocksClient.createConnection({
      command: 'connect',
      destination: { host: target.host, port: target.port },
      proxy: {
        // Both are asked for, and neither used: the connection is there.
        host: target.host,
        port: target.port,
        type: 5,
        ...(credentials !== null && { userId: credentials.user, password: credentials.password }),
      },
      existing_socket: socket,
    });
  } catch (error) {
    throw failureOf(error);
  }
}

/** The library's messages are all that it says (socks 2.8.10, `constants.ts`). */
const problems: readonly (readonly [RegExp, ProxyProblem])[] = [
  [/no accepted authentication type|Authentication failed/iu, 'sign-in-refused'],
  [/- NotAllowed/u, 'refused'],
  [/rejected connection/iu, 'no-way'],
];

function failureOf(error: unknown): ProxyFailure {
  const message = error instanceof Error ? error.message : '';
  const problem = problems.find(([pattern]) => pattern.test(message))?.[1] ?? 'unreachable';
  const reason = /rejected connection - (\w+)/u.exec(message)?.[1];
  // Not the error as the cause: the library puts its options, with the password, into it.
  return new ProxyFailure(problem, reason === undefined ? 'proxy: SOCKS' : `proxy: SOCKS ${reason}`);
}
