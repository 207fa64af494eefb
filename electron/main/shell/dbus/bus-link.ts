import { connect, type Socket } from 'node:net';
import type { Message, MessageBus } from 'dbus-native';
import type { Clock } from '../../clock.ts';
import { BusFailure } from './bus-failure.ts';
import { busService, type BusCall, type BusReply, type BusSignal, type OutgoingSignal } from './bus-message.ts';

/** What became of a call. */
export type BusOutcome =
  | { readonly kind: 'reply'; readonly reply: BusReply }
  | { readonly kind: 'failure'; readonly failure: BusFailure };

/** One connection to a bus, from its greeting to its end. */
export interface BusLink {
  /**
   * Calls a method. `onSettled` runs exactly once, in the order of the wire: an answer is told before the signals
   * that came after it.
   */
  request(call: BusCall, timeoutMs: number, onSettled: (outcome: BusOutcome) => void): void;
  /** @throws BusFailure `bad-call` */
  emit(signal: OutgoingSignal): void;
  /** Writes what is still to be written and closes, by force after 300 ms. Calls under way fail. Never rejects. */
  close(): Promise<void>;
}

export interface BusLinkOptions {
  /** As `net.connect` takes it: see bus-address.ts. */
  readonly socket: string;
  readonly clock: Clock;
  readonly onSignal: (signal: BusSignal) => void;
  /** The connection is over, after `openBusLink` resolved and not by our `close`. */
  readonly onLost: (reason: string) => void;
  /** Something of ours threw while a message was handled; the connection goes on. */
  readonly onFault: (error: unknown) => void;
}

/** Opens one. @throws BusFailure `no-bus`, within 5 s */
export type OpenBusLink = (options: BusLinkOptions) => Promise<BusLink>;

/** A bus that hasn't greeted us by then (ms) never will; measured: 3 ms on an idle machine. */
const greetingLimitMs = 5_000;
const closeLimitMs = 300;

/** Opens a connection by dbus-native, which is loaded at the first use: most of the app's systems have no bus. */
export const openBusLink: OpenBusLink = async (options) => {
  const dbus = await import('dbus-native');
  const socket = connect(options.socket);
  const ended = new Promise<void>((resolve) => {
    socket.once('close', () => resolve());
  });
  let cause: string | null = null;
  socket.on('error', (error) => {
    cause ??= error.message;
  });
  const bus = dbus.createClient({
    stream: socket,
    // The other ways of proving who we are aren't needed on a local socket, and a refusal of one of them throws
    // out of the library's line reader.
    authMethods: ['EXTERNAL'],
    // The library greets by itself otherwise, and throws into the event loop when the bus refuses.
    direct: true,
    timeout: 0,
  });
  // Without a listener either of them would end the process.
  bus.connection.on('error', (error) => {
    cause ??= error.message;
    socket.destroy();
  });
  bus.connection.on('handlerError', options.onFault);
  const link = createLink(bus, socket, ended, options.clock);
  const stopLimit = options.clock.setTimer(greetingLimitMs, () => {
    cause ??= `no greeting within ${greetingLimitMs} ms`;
    socket.destroy();
  });
  try {
    bus.name = await greet(link);
  } catch (error) {
    socket.destroy();
    throw new BusFailure('no-bus', cause ?? (error instanceof Error ? error.message : String(error)));
  } finally {
    stopLimit();
  }
  bus.connection.on('message', (message) => {
    if (message.type === dbus.messageType.signal) options.onSignal(toSignal(message));
  });
  void ended.then(() => {
    if (!link.closing()) options.onLost(cause ?? 'closed by the bus');
  });
  return link;
};

interface OwnBusLink extends BusLink {
  closing(): boolean;
}

function createLink(bus: MessageBus, socket: Socket, ended: Promise<void>, clock: Clock): OwnBusLink {
  let closing = false;
  let sender = '';
  // Runs before the library's own listener, which calls the callback of an answer without saying whose it is.
  bus.connection.prependListener('message', (message: Message) => {
    sender = message.sender ?? '';
  });
  return {
    closing: () => closing,
    request: (call, timeoutMs, onSettled) => {
      const { body, signature, ...target } = call;
      const message = signature === '' ? target : { ...target, signature, body: [...body] };
      bus.invoke(message, { timeout: timeoutMs }, (error, ...values) => {
        onSettled(
          error === null
            ? { kind: 'reply', reply: { sender, body: values } }
            : { kind: 'failure', failure: toFailure(error) },
        );
      });
      // The library holds all of a turn's messages back until its end; a kill before that would take what was said.
      while (socket.writableCorked > 0) socket.uncork();
    },
    emit: ({ path, interface: name, member, signature, body }) => {
      try {
        bus.sendSignal(path, name, member, signature, [...body]);
      } catch (error) {
        throw new BusFailure('bad-call', String(error));
      }
    },
    close: async () => {
      closing = true;
      const stopLimit = clock.setTimer(closeLimitMs, () => {
        socket.destroy();
      });
      socket.end();
      await ended;
      stopLimit();
    },
  };
}

/** Says hello, as every connection has to first, and gives our unique name. */
function greet(link: BusLink): Promise<string> {
  const hello = { destination: busService, path: '/org/freedesktop/DBus', interface: busService, member: 'Hello' };
  return new Promise((resolve, reject) => {
    link.request({ ...hello, signature: '', body: [] }, 0, (outcome) => {
      if (outcome.kind === 'reply') resolve(String(outcome.reply.body[0]));
      else reject(outcome.failure);
    });
  });
}

function toSignal({ sender, path, interface: name, member, body }: Message): BusSignal {
  return { sender: sender ?? '', path: path ?? '', interface: name ?? '', member: member ?? '', body: body ?? [] };
}

/** The library's errors by their documented marks: `code` where it made them itself, `dbusName` for an answer. */
function toFailure(error: Error & { readonly code?: unknown; readonly dbusName?: unknown }): BusFailure {
  if (error.code === 'ECONNCLOSED') return new BusFailure('closed', error.message);
  if (error.code === 'ETIMEDOUT') return new BusFailure('timed-out', error.message);
  if (typeof error.dbusName === 'string') return new BusFailure('refused', error.message, error.dbusName);
  return new BusFailure('bad-call', error.message);
}
