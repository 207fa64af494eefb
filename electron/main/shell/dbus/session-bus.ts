import type { Clock } from '../../clock.ts';
import type { Logger } from '../../log.ts';
import { sessionBusAddress, socketsOf } from './bus-address.ts';
import type { BusFailure } from './bus-failure.ts';
import { createBusKeeper } from './bus-keeper.ts';
import { openBusLink, type BusLink, type BusOutcome, type OpenBusLink } from './bus-link.ts';
import { busService, callOfBus, matches, matchRule } from './bus-message.ts';
import type { BusCall, BusReply, BusSignal, OutgoingSignal, SignalFilter } from './bus-message.ts';

/** The person's message bus: one connection for the whole process, made when it is first needed. */
export interface SessionBus {
  /** Connects unless it is connected. @throws BusFailure `no-bus` or `disposed` */
  connect(): Promise<void>;
  /**
   * Calls a method, connecting first if need be; one attempt. `onSettled` runs exactly once, perhaps within this
   * call, and in the order of the wire: an answer is told before the signals that came after it.
   */
  request(call: BusCall, onSettled: (outcome: BusOutcome) => void): void;
  /** The same as a promise, without that order. @throws BusFailure */
  call(call: BusCall): Promise<BusReply>;
  /** Broadcasts; false when it isn't connected. @throws BusFailure `bad-call` */
  emit(signal: OutgoingSignal): boolean;
  /** Calls back on each signal that matches, across reconnections, until the returned function is called. */
  onSignal(filter: SignalFilter, listener: (signal: BusSignal) => void): () => void;
  /**
   * Says who has a well-known name (a unique name like `:1.5`), at first and whenever it changes; null for nobody,
   * and while there is no connection.
   */
  watchOwner(name: string, listener: (owner: string | null) => void): () => void;
  /** Calls back at each new connection: what was broadcast is to be said again. */
  onConnect(listener: () => void): () => void;
  /** Writes what is still to be written and closes. Never rejects. */
  dispose(): Promise<void>;
}

export interface SessionBusOptions {
  /** As in `DBUS_SESSION_BUS_ADDRESS`; by default what the environment says, and none where it isn't Linux. */
  readonly address?: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly openLink?: OpenBusLink;
}

/** ms. A service that takes longer is stuck. */
const callLimitMs = 10_000;

interface Subscription {
  readonly filter: SignalFilter;
  readonly listener: (signal: BusSignal) => void;
}

interface Watch {
  readonly name: string;
  readonly listener: (owner: string | null) => void;
  /** Undefined as long as nothing was told. */
  told: string | null | undefined;
}

/** The session's bus by D-Bus; where there is none every call fails with `no-bus`, and nothing else happens. */
export function createSessionBus({ address, clock, log, openLink = openBusLink }: SessionBusOptions): SessionBus {
  const named = address ?? (process.platform === 'linux' ? sessionBusAddress(process.env) : null);
  const subscriptions = new Set<Subscription>();
  const watches = new Set<Watch>();
  const connectListeners = new Set<() => void>();

  /** One listener's failure isn't the others'. */
  const tell = (listener: () => void): void => {
    try {
      listener();
    } catch (error) {
      log.error('dbus: a listener failed', { error });
    }
  };

  const keeper = createBusKeeper({
    sockets: named === null ? [] : socketsOf(named),
    clock,
    log,
    openLink,
    isWanted: () => subscriptions.size + watches.size + connectListeners.size > 0,
    onOpen: (link) => {
      for (const { filter } of subscriptions) addRule(link, filter);
      for (const watch of watches) ask(link, watch);
      for (const listener of connectListeners) tell(listener);
    },
    onSignal: (signal) => {
      for (const { filter, listener } of subscriptions) {
        if (matches(filter, signal)) tell(() => listener(signal));
      }
    },
    onLost: () => {
      for (const watch of watches) tellOwner(watch, null);
    },
  });

  const addRule = (link: BusLink, filter: SignalFilter): void => {
    link.request(callOfBus('AddMatch', matchRule(filter)), callLimitMs, (outcome) => {
      if (outcome.kind === 'failure') warn('signals can’t be listened to', outcome.failure, matchRule(filter));
    });
  };

  const warn = (what: string, failure: BusFailure, about: string): void => {
    // What the connection's end takes with it is put back at the next one.
    if (failure.kind !== 'closed') log.warn(`dbus: ${what}`, { about, reason: failure.message });
  };

  const tellOwner = (watch: Watch, owner: string | null): void => {
    if (watch.told === owner || !watches.has(watch)) return;
    watch.told = owner;
    tell(() => watch.listener(owner));
  };

  const ask = (link: BusLink, watch: Watch): void => {
    link.request(callOfBus('GetNameOwner', watch.name), callLimitMs, (outcome) => {
      if (outcome.kind === 'reply') tellOwner(watch, String(outcome.reply.body[0]));
      else if (outcome.failure.kind === 'refused') tellOwner(watch, null);
      else warn('an owner can’t be asked for', outcome.failure, watch.name);
    });
  };

  const request = (call: BusCall, onSettled: (outcome: BusOutcome) => void): void => {
    const link = keeper.link();
    if (link !== null) {
      link.request(call, callLimitMs, onSettled);
      return;
    }
    keeper.open().then(
      (opened) => {
        opened.request(call, callLimitMs, onSettled);
      },
      (failure: BusFailure) => {
        onSettled({ kind: 'failure', failure });
      },
    );
  };

  const onSignal = (filter: SignalFilter, listener: (signal: BusSignal) => void): (() => void) => {
    const subscription = { filter, listener };
    subscriptions.add(subscription);
    const link = keeper.link();
    if (link === null) keeper.want();
    else addRule(link, filter);
    return () => {
      if (!subscriptions.delete(subscription)) return;
      keeper.link()?.request(callOfBus('RemoveMatch', matchRule(filter)), callLimitMs, (outcome) => {
        if (outcome.kind === 'failure') warn('a rule stays', outcome.failure, matchRule(filter));
      });
    };
  };

  return {
    connect: async () => {
      await keeper.open();
    },
    request,
    call: (call) =>
      new Promise((resolve, reject) => {
        request(call, (outcome) => {
          if (outcome.kind === 'reply') resolve(outcome.reply);
          else reject(outcome.failure);
        });
      }),
    emit: (signal) => {
      const link = keeper.link();
      link?.emit(signal);
      return link !== null;
    },
    onSignal,
    watchOwner: (name, listener) => {
      const watch: Watch = { name, listener, told: undefined };
      watches.add(watch);
      const filter = { sender: busService, interface: busService, member: 'NameOwnerChanged', arg0: name };
      const stop = onSignal(filter, ({ body }) => {
        const [, , owner] = body;
        tellOwner(watch, typeof owner === 'string' && owner !== '' ? owner : null);
      });
      const link = keeper.link();
      if (link !== null) ask(link, watch);
      return () => {
        watches.delete(watch);
        stop();
      };
    },
    onConnect: (listener) => {
      connectListeners.add(listener);
      keeper.want();
      return () => {
        connectListeners.delete(listener);
      };
    },
    dispose: () => keeper.dispose(),
  };
}
