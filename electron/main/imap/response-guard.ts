import { EventEmitter } from 'node:events';
import type { ImapFlow } from 'imapflow';
import type { Clock } from '../clock.ts';
import { floodGuard } from './push-rate.ts';

const mebibyte = 1024 * 1024;
/** Bytes that a server may say to one look at the mailbox but for messages: 50,000 UIDs are half a mebibyte. */
const mostSaid = 4 * mebibyte;
/** Messages, and bytes of them, that one look may bring; what is kept of them stays below 100 MB. */
const mostMessages = 200_000;
const mostMessageBytes = 32 * mebibyte;
/** Numbers that the ranges of one response may stand for: `1:16777216` became 600 MB of them (measured). */
const mostNamed = 100_000;

/** One response as imapflow's stream hands it over. */
interface RawResponse {
  /** Without line end and literals. */
  readonly payload: Buffer;
  readonly literals: readonly Buffer[];
}

/** Asks the server for something. A `fetch` may be answered by messages as fast as they come. */
export type Asking = <T>(what: 'fetch' | 'count', ask: () => Promise<T>) => Promise<T>;

/**
 * Looks at every response before imapflow does, whose own limits know neither rate nor sum, and calls `onHostile`, with
 * what happened, when a server says more than a mailbox has to say; what comes after that is left unread. imapflow has
 * no door for this, so that two of its methods are replaced (test/integration/imap-hostile.test.ts shows what happens
 * without). What the server is asked for goes through the function that is returned.
 * @throws TypeError when this imapflow isn't made as it was
 */
export function guardResponses(client: ImapFlow, clock: Clock, onHostile: (what: string) => void): Asking {
  let fetching = false;
  let said = 0;
  let messages = 0;
  let messageBytes = 0;
  let hostile: string | null = null;

  // Every response counts, not only what causes an event: most kinds don't.
  const count = floodGuard(clock, () => {
    hostile = 'More than 1,000 changes a second were told';
  });
  const look = ({ payload, literals }: RawResponse): void => {
    const head = payload.toString('latin1', 0, 32);
    const bytes = literals.reduce((sum, literal) => sum + literal.length, payload.length);
    // Without a UID it is a push, which may come at any time (RFC 3501 §6.4.8).
    if (fetching && /^\* \d+ FETCH /iu.test(head) && payload.includes('UID ')) {
      messages += 1;
      messageBytes += bytes;
      if (messages > mostMessages || messageBytes > mostMessageBytes) hostile = 'The messages had no end';
      return;
    }
    said += bytes;
    if (said > mostSaid) hostile = 'The answer had no end';
    if (/^\* ESEARCH /iu.test(head) && namedIn(payload.toString('latin1')) > mostNamed) hostile = 'Impossible ranges';
    count();
  };

  replaceMethod(client, 'handleResponse', (handle, data) => {
    if (isRawResponse(data)) look(data);
    if (hostile === null) return handle(data);
    onHostile(hostile);
    return Promise.resolve(false);
  });
  // It walks through the UIDs of a VANISHED one by one without a pause: `* VANISHED 1:16777216` kept the whole app from
  // answering for 10 s. Only QRESYNC allows that response (RFC 7162 §3.2.10), and it is never enabled here.
  replaceMethod(client, 'untaggedVanished', () => Promise.resolve());
  // Closing takes imapflow's own listener away, and an error that is on its way then would end the process (it did, by
  // a literal too long, after tens of thousands of responses of the fuzz).
  const streamer: unknown = Reflect.get(client, 'streamer');
  if (!(streamer instanceof EventEmitter)) {
    throw new TypeError('This imapflow has no streamer');
  }
  streamer.on('error', () => {});

  return async (what, ask) => {
    said = 0;
    messages = 0;
    messageBytes = 0;
    fetching = what === 'fetch';
    try {
      return await ask();
    } finally {
      fetching = false;
    }
  };
}

/** How many numbers the ranges in a response stand for. */
function namedIn(text: string): number {
  return [...text.matchAll(/(\d+):(\d+)/gu)].reduce((sum, [, a, b]) => sum + Math.abs(Number(a) - Number(b)), 0);
}

function isRawResponse(data: unknown): data is RawResponse {
  return (
    typeof data === 'object' &&
    data !== null &&
    'payload' in data &&
    Buffer.isBuffer(data.payload) &&
    'literals' in data
  );
}

type Method = (data: unknown) => unknown;

function replaceMethod(target: object, name: string, by: (original: Method, data: unknown) => unknown): void {
  const original: unknown = Reflect.get(target, name);
  if (typeof original !== 'function') {
    throw new TypeError(`This imapflow has no method ${name}`);
  }
  const callOriginal: Method = (data) => Reflect.apply(original, target, [data]) as unknown;
  Object.defineProperty(target, name, { value: (data: unknown) => by(callOriginal, data) });
}
