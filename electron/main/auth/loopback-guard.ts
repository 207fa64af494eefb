import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { IncomingMessage } from 'node:http';

/** Bytes of a request's body. An answer of Microsoft's has some thousands: a code, a state and little else. */
export const maxCallbackSize = 65_536;

/** Node publishes each request of any HTTP server here before the server's own handler sees it (Node 18 and later). */
const requestStarted = 'http.server.request.start';

/** What MSAL's listener answers with nothing, as a browser's request for its icon. */
const ignoredTarget = '/favicon.ico';

/**
 * Keeps from MSAL's loopback listener (read in LoopbackClient, msal-node 7.2.1) what it can't bear. It puts whatever it
 * is sent into one string: the connection of a body beyond {@link maxCallbackSize} is cut (measured: a POST of 50 MB
 * cost 149 MB of memory). And it lets `new URL` throw at a target that is none, such as `//`, which nobody catches:
 * such a target becomes one that it ignores. MSAL offers no way to its server, hence the channel; it listens before
 * anybody learns the port, hence every HTTP server of the process, which has no other. The returned function ends the
 * guard.
 */
export function guardLoopback(): () => void {
  const onRequest = (message: unknown): void => {
    const request = requestOf(message);
    if (request === null) return;
    if (!URL.canParse(request.url ?? '', 'http://localhost')) request.url = ignoredTarget;
    // Counted as it comes in, since a length that is told may be none or a lie; a listener for data would set it
    // flowing, and who reads it later would wait for ever.
    let size = 0;
    const push = request.push.bind(request);
    request.push = (chunk: Buffer | null, ...rest) => {
      size += chunk?.length ?? 0;
      if (size > maxCallbackSize) request.socket.destroy();
      return push(chunk, ...rest);
    };
  };
  subscribe(requestStarted, onRequest);
  return () => {
    unsubscribe(requestStarted, onRequest);
  };
}

function requestOf(message: unknown): IncomingMessage | null {
  const fields: object = typeof message === 'object' && message !== null ? message : {};
  const request: unknown = Reflect.get(fields, 'request');
  return request instanceof IncomingMessage ? request : null;
}
