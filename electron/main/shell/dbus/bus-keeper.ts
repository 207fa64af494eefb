import type { Clock } from '../../clock.ts';
import type { Logger } from '../../log.ts';
import { BusFailure } from './bus-failure.ts';
import type { BusLink, OpenBusLink } from './bus-link.ts';
import type { BusSignal } from './bus-message.ts';

/** ms; doubled from failure to failure. */
const firstRetryMs = 250;
const maxRetryMs = 30_000;
/** Some three minutes; from then on it is tried again only when somebody calls. */
const maxRetries = 12;
/** A connection this old (ms) was a good one: its loss is a first failure again. */
const stableMs = 60_000;

/** Delay in ms before the next attempt after so many failures in a row, from 1; null to give up. */
export function busRetryDelayMs(failures: number): number | null {
  return failures > maxRetries ? null : Math.min(maxRetryMs, firstRetryMs * 2 ** (failures - 1));
}

export interface BusKeeperOptions {
  /** Tried in this order, as `net.connect` takes them; none where there is no bus. */
  readonly sockets: readonly string[];
  readonly clock: Clock;
  readonly log: Logger;
  readonly openLink: OpenBusLink;
  /** Whether a lost connection is to be made again without a call. */
  readonly isWanted: () => boolean;
  readonly onOpen: (link: BusLink) => void;
  readonly onSignal: (signal: BusSignal) => void;
  /** An open connection went. */
  readonly onLost: () => void;
}

/** Owner of the one connection and of the timer that makes it again. */
export interface BusKeeper {
  /** The open connection; null when there is none now. */
  link(): BusLink | null;
  /** Opens it unless it is open; a single attempt, shared by all who ask. @throws BusFailure `no-bus`, `disposed` */
  open(): Promise<BusLink>;
  /** Something wants it from now on: opens it, or goes on with its retries. */
  want(): void;
  /** Closes it. Never rejects. */
  dispose(): Promise<void>;
}

type State =
  /** Nobody wants it, or it was given up until somebody calls. */
  | { readonly kind: 'idle' }
  | { readonly kind: 'opening'; readonly opened: Promise<BusLink> }
  | { readonly kind: 'open'; readonly link: BusLink; readonly since: number }
  /** A timer runs. */
  | { readonly kind: 'resting'; readonly stopTimer: () => void }
  | { readonly kind: 'disposed' };

/** Connects at the first need, and again, with growing pauses, when the bus goes. */
export function createBusKeeper(options: BusKeeperOptions): BusKeeper {
  const { sockets, clock, log, openLink, isWanted, onOpen, onSignal, onLost } = options;
  let state: State = { kind: 'idle' };
  /** Attempts that failed and connections that were soon lost, in a row. */
  let failures = 0;

  const setState = (next: State): void => {
    state = next;
  };
  // By a function, for the compiler would go on believing what was seen before an await.
  const isDisposed = (): boolean => state.kind === 'disposed';

  const rest = (reason: string): void => {
    failures += 1;
    const delayMs = isWanted() ? busRetryDelayMs(failures) : null;
    log.debug('dbus: no connection', { reason, failures, retryMs: delayMs });
    if (delayMs === null) {
      setState({ kind: 'idle' });
      return;
    }
    setState({ kind: 'resting', stopTimer: clock.setTimer(delayMs, tryToOpen) });
  };

  /** The first socket that answers. */
  const openAny = async (onEnd: (reason: string) => void): Promise<BusLink> => {
    let failure = new BusFailure('no-bus', 'no session bus is named');
    for (const socket of sockets) {
      try {
        return await openLink({
          socket,
          clock,
          onSignal,
          onLost: onEnd,
          onFault: (error) => {
            log.error('dbus: a message could not be handled', { error });
          },
        });
      } catch (error) {
        failure = error instanceof BusFailure ? error : new BusFailure('no-bus', String(error));
      }
    }
    throw failure;
  };

  const attempt = async (): Promise<BusLink> => {
    let link: BusLink | null = null;
    let endedBy: string | null = null;
    const onEnd = (reason: string): void => {
      endedBy = reason;
      if (state.kind !== 'open' || state.link !== link) return;
      if (clock.now() - state.since >= stableMs) failures = 0;
      log.info('dbus: the connection to the session bus was lost', { reason });
      rest(reason);
      onLost();
    };
    try {
      link = await openAny(onEnd);
      if (endedBy !== null) throw new BusFailure('no-bus', endedBy);
    } catch (error) {
      const failure = error instanceof BusFailure ? error : new BusFailure('no-bus', String(error));
      if (!isDisposed()) rest(failure.message);
      throw failure;
    }
    if (isDisposed()) {
      await link.close();
      throw disposedFailure();
    }
    setState({ kind: 'open', link, since: clock.now() });
    log.debug('dbus: connected to the session bus');
    onOpen(link);
    return link;
  };

  const open = (): Promise<BusLink> => {
    switch (state.kind) {
      case 'open':
        return Promise.resolve(state.link);
      case 'opening':
        return state.opened;
      case 'disposed':
        return Promise.reject(disposedFailure());
      case 'resting':
        state.stopTimer();
        break;
      case 'idle':
        break;
    }
    const opened = Promise.resolve().then(attempt);
    setState({ kind: 'opening', opened });
    return opened;
  };

  const tryToOpen = (): void => {
    open().catch(() => {
      // Logged and dealt with by `attempt`; nobody waits for this one.
    });
  };

  return {
    link: () => (state.kind === 'open' ? state.link : null),
    open,
    want: () => {
      if (state.kind === 'idle') tryToOpen();
    },
    dispose: async () => {
      const last = state;
      setState({ kind: 'disposed' });
      switch (last.kind) {
        case 'open':
          await last.link.close();
          break;
        case 'resting':
          last.stopTimer();
          break;
        case 'opening':
          // It finds us disposed and closes what it opened.
          await last.opened.catch(() => {});
          break;
        case 'idle':
        case 'disposed':
          break;
      }
    },
  };
}

function disposedFailure(): BusFailure {
  return new BusFailure('disposed', 'the session bus is closed already');
}
