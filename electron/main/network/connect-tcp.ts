import { lookup } from 'node:dns/promises';
import { createConnection, type Socket } from 'node:net';
import type { ImapEndpoint } from '../../shared/profile.ts';
import type { Clock } from '../clock.ts';

/** A next address is tried this long (ms) after the first (RFC 8305 section 5), each further one twice as long after. */
const firstAttemptDelayMs = 250;

export interface DialOptions {
  readonly clock: Clock;
  /** For all addresses together and the look-up of the name, ms. */
  readonly limitMs: number;
  /** Ends the attempt, which then rejects. */
  readonly signal: AbortSignal;
}

/**
 * Connects to the first of the host's addresses that answers, IPv6 and IPv4 in turns (RFC 8305). Node's own choice
 * among them (`autoSelectFamily`) gives an address up before it tries the next: where an answer takes longer than
 * 250 ms only the last address has a chance, and that one is of IPv6, which many networks don't have.
 * @throws the system's error; code `CONNECT_TIMEOUT` at the limit
 */
export async function connectTcp(endpoint: ImapEndpoint, options: DialOptions): Promise<Socket> {
  const attempts = new Set<Socket>();
  const timers = new Map<'limit' | 'next', () => void>();
  const { clock, limitMs, signal } = options;
  let onAbort = (): void => {};
  try {
    const ended = new Promise<never>((_, reject) => {
      onAbort = () => {
        reject(new Error('No longer wanted'));
      };
      signal.addEventListener('abort', onAbort);
      const tooLong = Object.assign(new Error('No address answered in time'), { code: 'CONNECT_TIMEOUT' });
      timers.set(
        'limit',
        clock.setTimer(limitMs, () => {
          reject(tooLong);
        }),
      );
    });
    if (signal.aborted) onAbort();
    const found = await Promise.race([lookup(endpoint.host, { all: true, verbatim: true }), ended]);
    const connected = race(inTurns(found), endpoint.port, clock, attempts, timers);
    const socket = await Promise.race([connected, ended]);
    attempts.delete(socket);
    return socket;
  } finally {
    signal.removeEventListener('abort', onAbort);
    for (const cancel of timers.values()) cancel();
    for (const socket of attempts) socket.destroy();
  }
}

interface Address {
  readonly address: string;
  readonly family: number;
}

/** The families in turns, beginning with that of the first. */
function inTurns(addresses: readonly Address[]): readonly Address[] {
  const first = addresses.filter(({ family }) => family === addresses[0]?.family);
  const others = addresses.filter(({ family }) => family !== addresses[0]?.family);
  const turns = Array.from({ length: Math.max(first.length, others.length) }, (_, turn) => [first[turn], others[turn]]);
  return turns.flat().filter((address) => address !== undefined);
}

/** Of several failures one that says more than that there is no way. */
const noWay = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT']);

function race(
  addresses: readonly Address[],
  port: number,
  clock: Clock,
  attempts: Set<Socket>,
  timers: Map<'limit' | 'next', () => void>,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const failures: NodeJS.ErrnoException[] = [];
    let begun = 0;
    let isOver = false;
    const tryNext = (): void => {
      timers.get('next')?.();
      const address = addresses[begun];
      if (address === undefined) return;
      begun += 1;
      const socket = createConnection({ host: address.address, port, family: address.family, noDelay: true });
      attempts.add(socket);
      socket.once('connect', () => {
        isOver = true;
        resolve(socket);
      });
      socket.on('error', (error) => {
        // Whoever has the socket that was connected hears of it.
        if (isOver) return;
        attempts.delete(socket);
        failures.push(error);
        if (begun < addresses.length) tryNext();
        else if (attempts.size === 0) reject(failures.find(({ code = '' }) => !noWay.has(code)) ?? error);
      });
      timers.set('next', clock.setTimer(firstAttemptDelayMs * 2 ** (begun - 1), tryNext));
    };
    tryNext();
  });
}
