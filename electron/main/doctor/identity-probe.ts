import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../clock.ts';
import type { Dial } from '../network/dial.ts';
import { connectTls } from '../network/tls.ts';

export interface IdentityProbeOptions {
  /** The profile's authority. */
  readonly authority: string;
  readonly ca: readonly string[] | undefined;
  readonly clock: Clock;
  readonly dial: Dial;
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

/** What a host said about itself. */
export interface HostAnswer {
  /** This computer's clock less the host's, ms, right to a second or so; null where it said no time. */
  readonly clockAheadMs: number | null;
  /** Somebody else answered in its place; `host`: where they send people. */
  readonly portal: { readonly host: string | null } | null;
}

/**
 * Asks the sign-in service for its public description, as MSAL does, for the time in the answer (RFC 9110 section
 * 6.6.1), and to see whether it is the sign-in service that answers. No account is named.
 * @throws the system's error where there is no answer, code `CONNECT_TIMEOUT` at the limit
 */
export async function askIdentityHost(options: IdentityProbeOptions): Promise<HostAnswer> {
  const url = new URL(`${options.authority.replace(/\/$/u, '')}/v2.0/.well-known/openid-configuration`);
  const { answer, text, clockAheadMs } = await ask(url, options);
  const { statusCode = 0 } = answer;
  const isOurs = statusCode === 200 ? isJson(text) : statusCode >= 400 && statusCode !== 511;
  return { clockAheadMs, portal: isOurs ? null : { host: redirectedTo(answer, url) } };
}

/**
 * The same in clear, for when no certificate is to be trusted: what a portal answers, and what time it is. Nothing is
 * said but the host's name.
 */
export async function askPlainHost(origin: string, options: IdentityProbeOptions): Promise<HostAnswer> {
  const url = new URL(origin);
  const { answer, clockAheadMs } = await ask(url, options);
  const { statusCode = 0 } = answer;
  // Microsoft's own answer leads to the same place by https.
  const target = redirectedTo(answer, url);
  const isElsewhere = target !== null && target !== url.hostname;
  const isPortal = isElsewhere || statusCode === 511 || (statusCode === 200 && target === null);
  return { clockAheadMs, portal: isPortal ? { host: isElsewhere ? target : null } : null };
}

/** Longest answer that is read, bytes; Microsoft's has 2 kilobytes. */
const maxAnswer = 65_536;

interface Asked {
  readonly answer: IncomingMessage;
  readonly text: string;
  readonly clockAheadMs: number | null;
}

async function ask(url: URL, options: IdentityProbeOptions): Promise<Asked> {
  const { ca, clock, dial, limitMs, signal } = options;
  const isSecure = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[(.*)\]$/u, '$1');
  const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port);
  const own = new AbortController();
  const reach = { clock, limitMs, signal: AbortSignal.any([signal, own.signal]) };
  const cancel = clock.setTimer(limitMs, () => {
    own.abort();
  });
  try {
    const bare = await dial({ host, port }, reach);
    const socket = isSecure ? await connectTls(bare, { host, ca }, reach) : bare;
    return await exchange(url, socket, clock, reach.signal);
  } finally {
    cancel();
  }
}

function exchange(url: URL, socket: Socket, clock: Clock, signal: AbortSignal): Promise<Asked> {
  return new Promise((resolve, reject) => {
    const beganAt = clock.now();
    // The connection is made already, with TLS where the address says so.
    const options = { method: 'GET', createConnection: () => socket, headers: { accept: 'application/json' } };
    const outgoing = url.protocol === 'https:' ? httpsRequest(url, options) : httpRequest(url, options);
    const onAbort = (): void => {
      reject(Object.assign(new Error('The sign-in service took too long to answer'), { code: 'CONNECT_TIMEOUT' }));
      outgoing.destroy();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    outgoing.once('close', () => {
      signal.removeEventListener('abort', onAbort);
      socket.destroy();
    });
    outgoing.on('error', reject);
    outgoing.once('response', (answer) => {
      // Between the two moments the host wrote its own.
      const clockAheadMs = clockAhead(answer.headers.date, (beganAt + clock.now()) / 2);
      let text = '';
      answer.setEncoding('utf8');
      answer.on('error', reject);
      answer.on('data', (chunk: string) => {
        text += chunk;
        if (text.length <= maxAnswer) return;
        resolve({ answer, text: '', clockAheadMs });
        outgoing.destroy();
      });
      answer.once('end', () => {
        resolve({ answer, text, clockAheadMs });
      });
    });
    outgoing.end();
    if (signal.aborted) onAbort();
  });
}

function clockAhead(date: string | undefined, now: number): number | null {
  const at = Date.parse(date ?? '');
  // The header knows whole seconds only, cut off.
  return Number.isNaN(at) ? null : Math.round(now - (at + 500));
}

function isJson(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}

/** The host that a redirect names, or that it stays with; null where it is none. */
function redirectedTo({ statusCode = 0, headers: { location } }: IncomingMessage, from: URL): string | null {
  if (statusCode < 300 || statusCode >= 400 || location === undefined || !URL.canParse(location, from.href))
    return null;
  return new URL(location, from).hostname;
}
