import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { request as httpsRequest } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { ImapEndpoint } from '../../shared/profile.ts';
import type { Clock } from '../clock.ts';
import { nameIssuer } from '../network/certificate-issuer.ts';
import { type Dial, dialDirectly } from '../network/dial.ts';
import { connectTls } from '../network/tls.ts';
import { type CallContext, currentContext } from './call-context.ts';
import { aadstsOf, guidOf, safeDetail, traceIdOf } from './error-detail.ts';
import { type AnswerIds, noIds, parseRetryAfter, TransportFailure, transportFailureOf } from './transport-failure.ts';

/** Longest exchange, DNS to last byte, ms. MSAL's own client has no limit for a POST (measured: 301 s). */
export const requestLimitMs = 30_000;
/** For the connection within that, and once more for TLS, ms. */
const connectLimitMs = 18_000;
/** Longest answer, bytes. Microsoft's are a few kilobytes. */
const maxAnswerSize = 1_048_576;

/** Until when a provider asked to be left alone, by the monotonic clock: setting the other must not make it a day. */
export interface WaitRequest {
  until: number;
}

export function createWaitRequest(): WaitRequest {
  return { until: 0 };
}

export interface NetworkClientOptions {
  /** All certificates to trust, PEM; undefined for Node's own default. */
  readonly ca: readonly string[] | undefined;
  readonly clock: Clock;
  /** How the provider is reached; without a proxy unless given. */
  readonly dial?: Dial;
  /** Heeded and updated by all requests; shared by the clients of one app registration. */
  readonly wait: WaitRequest;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/**
 * MSAL's way to the network: HTTPS only, TLS 1.2 or later, one total limit, a bounded answer, no redirects. Rejects
 * with a {@link TransportFailure}, which is also noted in the call's context since MSAL hides it. 429 and 5xx are such
 * failures too: left to MSAL, they would start its own throttling, whose errors tell neither cause nor time.
 */
export function createNetworkClient(options: NetworkClientOptions): INetworkModule {
  async function exchange<T>(
    method: 'GET' | 'POST',
    url: string,
    request: NetworkRequestOptions | undefined,
  ): Promise<NetworkResponse<T>> {
    const context = currentContext();
    try {
      heed(options);
      if (method === 'POST') context?.onPost?.();
      else refuseInstanceDiscovery(url, context);
      const answer = await send(method, url, request, options, context);
      checkAnswer(answer, options.clock.now());
      if (context !== undefined && method === 'GET' && answer.status >= 400) noteRefusal(context, answer);
      // What the body is, MSAL says and checks; nothing here can know it.
      const body: T = JSON.parse(answer.text, dropRefreshIn);
      return { status: answer.status, headers: flatten(answer.headers), body };
    } catch (error) {
      const failure = transportFailureOf(error);
      if (failure.retryAfterMs !== null) {
        options.wait.until = Math.max(options.wait.until, options.clock.monotonic() + failure.retryAfterMs);
      }
      if (context !== undefined) context.transport = failure;
      throw failure;
    }
  }

  return {
    sendGetRequestAsync: (url, request) => exchange('GET', url, request),
    sendPostRequestAsync: (url, request) => exchange('POST', url, request),
  };
}

/**
 * For an authority that it doesn't know, MSAL asks Microsoft, naming the host, and reports whatever comes of that. Which
 * hosts are trusted is the profile's to say, so this is answered here, with the field that lacks it.
 */
function refuseInstanceDiscovery(url: string, context: CallContext | undefined): void {
  const target = new URL(url);
  if (!target.pathname.endsWith('/discovery/instance')) return;
  const { host } = new URL(target.searchParams.get('authorization_endpoint') ?? url);
  const detail = `knownAuthorities: must name ${host}, the authority's host`;
  if (context !== undefined) context.discovery = { status: null, aadsts: null, detail, ...noIds };
  throw new TransportFailure('unavailable', detail);
}

/**
 * With `refresh_in`, which Microsoft sends with long-lived tokens, MSAL would renew by itself while it answers from the
 * cache, swallowing what comes of it (read in ClientApplication, msal-node 7.2.1): nobody would learn of a refresh token
 * that was refused, which would go out at every connect, each of which waits for the answer. When to renew is decided
 * by the watching alone.
 */
function dropRefreshIn(key: string, value: unknown): unknown {
  return key === 'refresh_in' ? undefined : value;
}

/** Sends nothing before the time that the provider asked for is over. */
function heed({ wait, clock }: NetworkClientOptions): void {
  const retryAfterMs = wait.until - clock.monotonic();
  if (retryAfterMs <= 0) return;
  throw new TransportFailure('unavailable', 'the sign-in service asked for a pause', { retryAfterMs });
}

async function send(
  method: 'GET' | 'POST',
  url: string,
  request: NetworkRequestOptions | undefined,
  options: NetworkClientOptions,
  context: CallContext | undefined,
): Promise<Answer> {
  const target = new URL(url);
  if (target.protocol !== 'https:') throw new TransportFailure('unavailable', 'the provider named an http address');
  const { clock, ca, dial = dialDirectly } = options;
  const exchange = new AbortController();
  const onAbort = (): void => {
    exchange.abort(new TransportFailure('aborted', 'given up'));
  };
  const cancelLimit = clock.setTimer(requestLimitMs, () => {
    exchange.abort(new TransportFailure('timeout', `no answer within ${requestLimitMs / 1_000} s`));
  });
  context?.signal.addEventListener('abort', onAbort, { once: true });
  if (context?.signal.aborted === true) onAbort();
  const reach = { clock, limitMs: connectLimitMs, signal: exchange.signal };
  try {
    exchange.signal.throwIfAborted();
    const endpoint = endpointOf(target);
    // Its own socket: a kept one could have died in a network change, and renewals are an hour apart.
    const socket = await dial(endpoint, reach);
    return await ask(
      method,
      target,
      request,
      await connectTls(socket, { host: endpoint.host, ca }, reach),
      exchange.signal,
    );
  } catch (error) {
    // Whatever the socket then says, this is why.
    exchange.signal.throwIfAborted();
    throw await nameIssuer(error, endpointOf(target), dial, { clock, signal: exchange.signal });
  } finally {
    cancelLimit();
    context?.signal.removeEventListener('abort', onAbort);
  }
}

function endpointOf({ hostname, port }: URL): ImapEndpoint {
  return { host: hostname.replace(/^\[(.*)\]$/u, '$1'), port: port === '' ? 443 : Number(port) };
}

/** One exchange over `socket`, which then is closed. Ended by `signal`, it rejects with the signal's reason. */
function ask(
  method: 'GET' | 'POST',
  target: URL,
  request: NetworkRequestOptions | undefined,
  socket: TLSSocket,
  signal: AbortSignal,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const body = method === 'POST' ? Buffer.from(request?.body ?? '', 'utf8') : null;
    const outgoing = httpsRequest(target, {
      method,
      createConnection: () => socket,
      headers: {
        accept: 'application/json',
        ...request?.headers,
        ...(body !== null && { 'content-length': body.length }),
      },
    });
    const giveUp = (failure: Error): void => {
      // First, since a destroyed request reports its own error once the answer has begun.
      reject(failure);
      outgoing.destroy();
    };
    const onAbort = (): void => {
      giveUp(transportFailureOf(signal.reason));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    outgoing.on('close', () => {
      signal.removeEventListener('abort', onAbort);
      socket.destroy();
    });
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      let size = 0;
      incoming.on('error', reject);
      incoming.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > maxAnswerSize) giveUp(new TransportFailure('unavailable', 'the answer is far too long'));
        else chunks.push(chunk);
      });
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text });
      });
    });
    outgoing.end(body ?? undefined);
  });
}

/** Throws a {@link TransportFailure} for an answer that isn't JSON of the provider's, and for one that says "later". */
function checkAnswer(answer: Answer, now: number): void {
  const { status, headers, text } = answer;
  const body = parseJson(text);
  if (status === 429 || status >= 500) {
    // A date is the provider's, whose clock needn't be ours.
    const retryAfterMs = parseRetryAfter(headers['retry-after'], parseDate(headers.date) ?? now);
    throw new TransportFailure('unavailable', `HTTP ${status}`, {
      retryAfterMs,
      aadsts: aadstsOf(field(body, 'error_description')),
      ids: idsIn(body),
    });
  }
  if (status >= 300 && status < 400) throw new TransportFailure('unavailable', `HTTP ${status}, a redirect`);
  if (typeof body !== 'object' || body === null) {
    throw new TransportFailure('unavailable', `HTTP ${status} without JSON: not the sign-in service`);
  }
}

function noteRefusal(context: CallContext, { status, text }: Answer): void {
  const body = parseJson(text);
  const description = field(body, 'error_description');
  const detail = description === null ? `HTTP ${status}` : safeDetail(description);
  context.discovery = { status, aadsts: aadstsOf(description), detail, ...idsIn(body) };
}

/** Of an answer's body, or of the description in it. */
function idsIn(body: unknown): AnswerIds {
  return {
    correlationId: guidOf(field(body, 'correlation_id')),
    traceId: guidOf(field(body, 'trace_id')) ?? traceIdOf(field(body, 'error_description') ?? ''),
  };
}

function parseDate(text: string | undefined): number | null {
  const date = Date.parse(text ?? '');
  return Number.isNaN(date) ? null : date;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Judged by the caller: an error page of 503 is as good as any.
    return null;
  }
}

function field(body: unknown, name: string): string | null {
  if (typeof body !== 'object' || body === null) return null;
  const value: unknown = Reflect.get(body, name);
  return typeof value === 'string' ? value : null;
}

function flatten(headers: IncomingHttpHeaders): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}
