import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { IncomingMessage, Server } from 'node:http';

/** Bytes of a request's body. An answer of Microsoft's has some thousands: a code, a state and little else. */
export const maxCallbackSize = 65_536;

/** Node publishes each request of any HTTP server here before the server's own handler sees it (Node 18 and later). */
const requestStarted = 'http.server.request.start';

/**
 * Keeps bodies beyond {@link maxCallbackSize} from MSAL's loopback listener on `port`, which puts whatever it is sent
 * into one string (read in LoopbackClient, msal-node 7.2.1; measured: a POST of 50 MB cost 149 MB of memory). Their
 * connection is cut. MSAL offers no way to its server, hence the channel. The returned function ends the guard.
 */
export function guardLoopback(port: number): () => void {
  const onRequest = (message: unknown): void => {
    const { request, server } = requestOf(message);
    if (request === null || server === null || portOf(server) !== port) return;
    // Counted, since a length that is told may be none or a lie.
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxCallbackSize) request.socket.destroy();
    });
  };
  subscribe(requestStarted, onRequest);
  return () => {
    unsubscribe(requestStarted, onRequest);
  };
}

function requestOf(message: unknown): { request: IncomingMessage | null; server: Server | null } {
  const fields: object = typeof message === 'object' && message !== null ? message : {};
  const request: unknown = Reflect.get(fields, 'request');
  const server: unknown = Reflect.get(fields, 'server');
  return {
    request: request instanceof IncomingMessage ? request : null,
    server: server instanceof Server ? server : null,
  };
}

function portOf(server: Server): number | null {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : null;
}
