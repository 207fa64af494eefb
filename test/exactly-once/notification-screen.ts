import type { Clock } from '../../electron/main/clock.ts';
import { BusFailure } from '../../electron/main/shell/dbus/bus-failure.ts';
import type { BusOutcome } from '../../electron/main/shell/dbus/bus-link.ts';
import type { BusCall, BusSignal } from '../../electron/main/shell/dbus/bus-message.ts';
import { notificationSignals } from '../../electron/main/shell/dbus/notification-service.ts';
import type { SessionBus } from '../../electron/main/shell/dbus/session-bus.ts';
import { MessageLine } from './message-line.ts';
import type { ScreenEntry, Telling } from './telling.ts';

/** What the app speaks to. */
export type ScreenBus = Pick<SessionBus, 'connect' | 'request' | 'onSignal' | 'watchOwner'>;

/** One run of the app, as the bus sees it. */
export interface Speaker {
  readonly run: number;
  /** The words that are about to leave were announced as these; null for none. Takes them. */
  takeAnnounced(): Pick<Telling, 'id' | 'refs'> | null;
}

interface Request {
  readonly connection: Connection;
  readonly call: BusCall;
  readonly telling: Telling | null;
  readonly settle: (outcome: BusOutcome) => void;
}

/** A run's connection to the bus. */
class Connection {
  readonly speaker: Speaker;
  isOpen = true;
  readonly signals = new Set<{ readonly member: string | undefined; readonly tell: (signal: BusSignal) => void }>();
  readonly owners = new Set<(owner: string | null) => void>();

  constructor(speaker: Speaker) {
    this.speaker = speaker;
  }
}

/**
 * A session's bus with a notification service that goes and comes, and the screen that a person sees. Messages take
 * their time, each way in their order. It outlives the app: what a killed app has said still arrives.
 */
export class NotificationScreen {
  readonly tellings: Telling[] = [];
  readonly entries: ScreenEntry[] = [];
  /** What can't be. */
  readonly defects: string[] = [];
  readonly #clock: Clock;
  readonly #toService: MessageLine<Request>;
  readonly #toApp: MessageLine<{ readonly connection: Connection; readonly tell: () => void }>;
  readonly #connections = new Set<Connection>();
  #owner: string | null = ':1.1';
  #lastOwner = 1;
  #lastId = 0;

  /** `random`: 0..1, decides how long messages take. */
  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#toService = new MessageLine(clock, random, (request) => {
      this.#serve(request);
    });
    this.#toApp = new MessageLine(clock, random, ({ connection, tell }) => {
      if (connection.isOpen) tell();
    });
  }

  /** Whether no message is on its way that needs no time. */
  get isQuiet(): boolean {
    return !this.#toService.isBusy && !this.#toApp.isBusy;
  }

  get shown(): readonly ScreenEntry[] {
    return this.entries.filter(({ state }) => state === 'shown');
  }

  /** A run's way to the service; `cut` is the end of the run, whose last words are on their way. */
  connect(speaker: Speaker): { readonly bus: ScreenBus; readonly cut: () => void } {
    const connection = new Connection(speaker);
    this.#connections.add(connection);
    const cut = (): void => {
      connection.isOpen = false;
      this.#connections.delete(connection);
      this.#toService.deliverNow();
      for (const telling of this.tellings) {
        if (telling.run === speaker.run && telling.outcome === 'failing') telling.outcome = 'lost';
      }
    };
    const bus: ScreenBus = {
      connect: () => Promise.resolve(),
      request: (call, settle) => {
        if (connection.isOpen) this.#toService.send({ connection, call, settle, telling: this.#hear(speaker, call) });
      },
      onSignal: ({ member }, tell) => {
        const subscription = { member, tell };
        connection.signals.add(subscription);
        return () => connection.signals.delete(subscription);
      },
      watchOwner: (_name, tell) => {
        connection.owners.add(tell);
        this.#toApp.send({ connection, tell: () => tell(this.#owner) });
        return () => connection.owners.delete(tell);
      },
    };
    return { bus, cut };
  }

  /** The service ends, and with it what it showed. `drained`: what was under way to it has reached it. */
  stopService(drained: boolean): void {
    if (drained) this.#toService.deliverNow();
    for (const entry of this.entries) entry.state = 'gone';
    this.#changeOwner(null);
    if (!drained) this.#toService.deliverNow();
  }

  startService(): void {
    this.#lastOwner += 1;
    this.#changeOwner(`:1.${this.#lastOwner}`);
  }

  /** What the person does with a notification that is shown. */
  use(entry: ScreenEntry, how: 'click' | 'close' | 'expire'): void {
    if (how === 'click') this.#signal('ActionInvoked', [entry.serverId, 'default']);
    entry.state = how === 'expire' ? 'expired' : 'gone';
    this.#signal('NotificationClosed', [entry.serverId, how === 'expire' ? 1 : 2]);
  }

  #changeOwner(owner: string | null): void {
    this.#owner = owner;
    for (const connection of this.#connections) {
      for (const tell of connection.owners) this.#toApp.send({ connection, tell: () => tell(owner) });
    }
  }

  #hear(speaker: Speaker, { member, body }: BusCall): Telling | null {
    if (member !== 'Notify') return null;
    const [, , , title, text] = body.map(String);
    const announced = speaker.takeAnnounced();
    if (announced === null) this.defects.push(`“${title ?? ''}” left run ${speaker.run} before it was settled`);
    const { id, refs } = announced ?? { id: '', refs: [] };
    const at = this.#clock.now();
    const telling: Telling = {
      run: speaker.run,
      id,
      refs,
      title: title ?? '',
      body: text ?? '',
      at,
      outcome: 'under-way',
    };
    this.tellings.push(telling);
    return telling;
  }

  #serve({ connection, call, telling, settle }: Request): void {
    const sender = this.#owner;
    if (sender === null) {
      const name = telling === null ? 'ServiceUnknown' : 'NoReply';
      if (telling !== null) telling.outcome = connection.isOpen ? 'failing' : 'lost';
      const failure = new BusFailure('refused', 'nobody', `org.freedesktop.DBus.Error.${name}`);
      this.#toApp.send({
        connection,
        tell: () => {
          settle({ kind: 'failure', failure });
          // Unless it died before it could note that this is still to be told.
          if (telling !== null && connection.isOpen) telling.outcome = 'failed';
        },
      });
      return;
    }
    const body = this.#carryOut(call, telling);
    this.#toApp.send({ connection, tell: () => settle({ kind: 'reply', reply: { sender, body } }) });
  }

  #carryOut({ member, body }: BusCall, telling: Telling | null): readonly unknown[] {
    if (member === 'GetCapabilities') return [['body', 'actions']];
    if (member === 'CloseNotification') {
      const entry = this.#find(body[0]);
      if (entry === undefined) return [];
      entry.state = 'gone';
      this.#signal('NotificationClosed', [entry.serverId, 3]);
      return [];
    }
    if (telling === null) return [];
    telling.outcome = 'shown';
    const replaced = this.#find(body[1]);
    if (replaced !== undefined) {
      replaced.telling = telling;
      return [replaced.serverId];
    }
    this.#lastId += 1;
    this.entries.push({ serverId: this.#lastId, run: telling.run, telling, state: 'shown' });
    return [this.#lastId];
  }

  #find(serverId: unknown): ScreenEntry | undefined {
    return this.entries.find((entry) => entry.serverId === serverId && entry.state !== 'gone');
  }

  #signal(member: string, body: readonly unknown[]): void {
    const sender = this.#owner;
    if (sender === null) return;
    const signal = { sender, ...notificationSignals, member, body };
    for (const connection of this.#connections) {
      const tell = (): void => {
        for (const one of connection.signals) if (one.member === member) one.tell(signal);
      };
      this.#toApp.send({ connection, tell });
    }
  }
}
