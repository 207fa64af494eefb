import type { Logger } from '../../log.ts';
import { isWithoutService } from './bus-failure.ts';
import type { BusOutcome } from './bus-link.ts';
import type { BusSignal } from './bus-message.ts';
import {
  capabilitiesCall,
  closeCall,
  describeFailure,
  notificationService,
  notificationSignals,
  notifyCall,
  readEvent,
  readsMarkup,
  type ServiceEvent,
  type ServiceNotification,
} from './notification-service.ts';
import type { SessionBus } from './session-bus.ts';

/** What is known of the service that shows notifications now. */
export interface ServerTraits {
  /** Whether `& < >` in a body have to be escaped. */
  readonly markup: boolean;
}

/** What became of a notification. */
export type NotifyOutcome =
  /** `serverId` is null when the service that took it is gone already. */
  | { readonly kind: 'shown'; readonly serverId: number | null }
  /** `reason` is a line for the log. */
  | { readonly kind: 'failed'; readonly reason: string };

export interface NotificationServerOptions {
  readonly bus: Pick<SessionBus, 'request' | 'onSignal' | 'watchOwner'>;
  readonly log: Logger;
  /** `traits` are known from now on. */
  readonly onReady: () => void;
  /** It can't be learnt what service there is: what waits for `onReady` won't be shown. */
  readonly onUnavailable: (reason: string) => void;
  /** The service went or another one came: nothing of what was shown is on the screen, and its numbers are void. */
  readonly onReset: () => void;
  readonly onEvent: (event: ServiceEvent) => void;
}

/** The desktop's notification service, whoever that is at the moment. */
export interface NotificationServer {
  /** Connects and learns what the running service can do; doesn't start one. Any number of times. */
  warmUp(): void;
  /** What is known of the service; null and a question to it (`onReady` or `onUnavailable` follows) when unknown. */
  traits(): ServerTraits | null;
  /** Hands a notification over; `onSettled` runs once, perhaps within this call. */
  notify(notification: ServiceNotification, onSettled: (outcome: NotifyOutcome) => void): void;
  /** Takes one off the screen; that it is gone already is no failure. */
  close(serverId: number): void;
  /** Listens no more. */
  dispose(): void;
}

/** Follows the service through its restarts and asks each one once for its capabilities. */
export function createNotificationServer(options: NotificationServerOptions): NotificationServer {
  const { bus, log, onReady, onUnavailable, onReset, onEvent } = options;
  const stops: (() => void)[] = [];
  let isListening = false;
  /** Unique name of the service. */
  let owner: string | null = null;
  let traits: ServerTraits | null = null;
  let isAsking = false;

  const ask = (): void => {
    if (isAsking) return;
    isAsking = true;
    const asked = owner;
    bus.request(capabilitiesCall(), (outcome) => {
      isAsking = false;
      hearCapabilities(outcome, asked);
    });
  };

  const hearCapabilities = (outcome: BusOutcome, asked: string | null): void => {
    const isCurrent = outcome.kind === 'reply' ? outcome.reply.sender === owner : asked === owner;
    if (!isCurrent && owner !== null) {
      ask();
      return;
    }
    const failure = outcome.kind === 'failure' ? outcome.failure : null;
    if (failure !== null && (failure.kind !== 'refused' || isWithoutService(failure) || owner === null)) {
      onUnavailable(describeFailure(failure));
      return;
    }
    if (owner === null) {
      onUnavailable('no notification service');
      return;
    }
    // A service that can't say is taken for one that reads markup: &amp; on the screen is the smaller evil.
    traits = { markup: outcome.kind === 'failure' || readsMarkup(outcome.reply.body) };
    onReady();
  };

  const follow = (next: string | null): void => {
    owner = next;
    traits = null;
    onReset();
    if (owner !== null) ask();
  };

  const warmUp = (): void => {
    if (isListening) return;
    isListening = true;
    stops.push(bus.watchOwner(notificationService, follow));
    for (const member of ['ActionInvoked', 'NotificationClosed']) {
      const filter = { sender: notificationService, ...notificationSignals, member };
      const hear = (signal: BusSignal): void => {
        const event = signal.sender === owner ? readEvent(signal) : null;
        if (event !== null) onEvent(event);
      };
      stops.push(bus.onSignal(filter, hear));
    }
  };

  return {
    warmUp,
    traits: () => {
      const known = traits;
      if (known === null) {
        warmUp();
        // Unless warming up has got the answer already: `onReady` was its consequence.
        if (traits === null) ask();
      }
      return known;
    },
    notify: (notification, onSettled) => {
      bus.request(notifyCall(notification), (outcome) => {
        if (outcome.kind === 'failure') {
          onSettled({ kind: 'failed', reason: describeFailure(outcome.failure) });
          return;
        }
        const [serverId] = outcome.reply.body;
        const isValid = outcome.reply.sender === owner && typeof serverId === 'number';
        onSettled({ kind: 'shown', serverId: isValid ? serverId : null });
      });
    },
    close: (serverId) => {
      bus.request(closeCall(serverId), (outcome) => {
        // The specification has the service answer with an error when it was gone already.
        if (outcome.kind === 'failure' && outcome.failure.kind !== 'refused') {
          log.debug('notification: could not be withdrawn', { reason: describeFailure(outcome.failure) });
        }
      });
    },
    dispose: () => {
      for (const stop of stops.splice(0)) stop();
    },
  };
}
