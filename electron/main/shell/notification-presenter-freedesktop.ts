import type { Logger } from '../log.ts';
import { createNotificationServer, type NotifyOutcome, type ServerTraits } from './dbus/notification-server.ts';
import type { ServiceEvent } from './dbus/notification-service.ts';
import type { SessionBus } from './dbus/session-bus.ts';
import { escapeMarkup, maxHeldNotifications } from './notification-presenter.ts';
import type { NotificationListener, NotificationPresenter, PresentedNotification } from './notification-presenter.ts';

export interface FreedesktopPresenterOptions {
  readonly bus: Pick<SessionBus, 'request' | 'onSignal' | 'watchOwner'>;
  readonly appName: string;
  /** Name of the desktop file without its ending; also the icon's in the theme. */
  readonly desktopEntry: string;
  /** Absolute path of a picture, for a program that isn't installed; null for the theme's. */
  readonly iconPath: string | null;
  /** What a click does, for services that write it. */
  readonly clickLabel: () => string;
  readonly log: Logger;
}

/** A presenter that can get everything ready before the first notification. */
export interface WarmablePresenter extends NotificationPresenter {
  /** After this a notification is on its way at once. Any number of times. */
  warmUp(): void;
}

/** One notification of ours. At most one call for it is under way, so its order is kept. */
interface Held {
  readonly id: string;
  /** The service's number for what is on the screen or in its list; null for nothing. */
  serverId: number | null;
  /** What is still to be done, now or when the call under way is answered. */
  wanted: Wanted;
  isCalling: boolean;
}

type Wanted =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'show'; readonly notification: PresentedNotification }
  | { readonly kind: 'withdraw' };

const nothing: Wanted = { kind: 'nothing' };

/**
 * Notifications by the desktop's own service over D-Bus. One with an id that is held takes the other's place without
 * flicker; of several that come while a call is under way only the last is shown.
 */
export function createFreedesktopPresenter(options: FreedesktopPresenterOptions): WarmablePresenter {
  const { bus, appName, desktopEntry, iconPath, clickLabel, log } = options;
  /** Oldest first. */
  const held = new Map<string, Held>();
  let listener: NotificationListener | null = null;
  let callsUnderWay = 0;
  /** What was said of notifications whose number isn't known yet: nothing has a service answer first. */
  let early: ServiceEvent[] = [];

  const forget = (one: Held): void => {
    if (held.get(one.id) === one) held.delete(one.id);
  };

  /** Does what is wanted as far as it can be done now. */
  const proceed = (one: Held): void => {
    if (one.isCalling) return;
    const { wanted } = one;
    if (wanted.kind === 'withdraw') {
      one.wanted = nothing;
      forget(one);
      if (one.serverId !== null) server.close(one.serverId);
      return;
    }
    if (wanted.kind === 'nothing') return;
    const traits = server.traits();
    if (traits !== null) send(one, wanted.notification, traits);
  };

  const send = (one: Held, { title, body, silent, about }: PresentedNotification, { markup }: ServerTraits): void => {
    one.wanted = nothing;
    one.isCalling = true;
    callsUnderWay += 1;
    listener?.onSend(one.id);
    server.notify(
      {
        appName,
        replacesId: one.serverId ?? 0,
        appIcon: iconPath ?? desktopEntry,
        title,
        body: markup ? escapeMarkup(body) : body,
        clickLabel: clickLabel(),
        desktopEntry,
        category: about === 'mail' ? 'email.arrived' : null,
        silent,
      },
      (outcome) => {
        one.isCalling = false;
        callsUnderWay -= 1;
        finish(one, outcome);
        hearEarly();
      },
    );
  };

  const finish = (one: Held, outcome: NotifyOutcome): void => {
    one.serverId = outcome.kind === 'shown' ? outcome.serverId : null;
    if (outcome.kind === 'shown') listener?.onShown(one.id);
    if (one.wanted.kind !== 'nothing') {
      if (outcome.kind === 'failed' && one.wanted.kind === 'show') listener?.onMissed(one.id);
      proceed(one);
    } else if (one.serverId === null) {
      forget(one);
      if (outcome.kind === 'failed') listener?.onFail(one.id, outcome.reason);
    }
  };

  const hearEarly = (): void => {
    const events = early;
    early = [];
    for (const event of events) hear(event);
  };

  const isWaiting = (one: Held): boolean => one.wanted.kind === 'show' && !one.isCalling;

  const hear = (event: ServiceEvent): void => {
    const { kind, serverId } = event;
    const one = [...held.values()].find((candidate) => candidate.serverId === serverId);
    if (one === undefined) {
      // Other programs' notifications are among these.
      if (callsUnderWay > 0) early = [...early, event].slice(-maxHeldNotifications);
      return;
    }
    if (kind === 'expired') return;
    // A replacement on its way stays on the screen, whatever became of what was there before.
    const isReplaced = one.isCalling || one.wanted.kind === 'show';
    if (!isReplaced) forget(one);
    if (kind === 'clicked') {
      if (isReplaced) listener?.onReplacedClick(one.id);
      else listener?.onClick(one.id);
      return;
    }
    one.serverId = null;
    if (kind === 'dismissed' && !isReplaced) listener?.onClose(one.id);
  };

  const server = createNotificationServer({
    bus,
    log,
    onReady: () => {
      for (const one of [...held.values()].filter(isWaiting)) proceed(one);
      listener?.onReady();
    },
    onUnavailable: (reason) => {
      for (const one of [...held.values()].filter(isWaiting)) {
        forget(one);
        listener?.onFail(one.id, reason);
      }
    },
    onReset: () => {
      for (const one of [...held.values()]) {
        one.serverId = null;
        if (!one.isCalling && one.wanted.kind !== 'show') forget(one);
      }
    },
    onEvent: hear,
  });

  /** Also out of mind: a call under way is undone when it is answered. */
  const takeAway = (one: Held): void => {
    held.delete(one.id);
    one.wanted = { kind: 'withdraw' };
    proceed(one);
  };

  return {
    warmUp: () => {
      server.warmUp();
    },
    listen: (next) => {
      listener = next;
    },
    show: (notification) => {
      const { id } = notification;
      const one = held.get(id) ?? { id, serverId: null, wanted: nothing, isCalling: false };
      // A sound that is still to come isn't lost by a silent replacement.
      const hadSound = one.wanted.kind === 'show' && !one.wanted.notification.silent;
      one.wanted = { kind: 'show', notification: { ...notification, silent: notification.silent && !hadSound } };
      held.delete(id);
      held.set(id, one);
      proceed(one);
      const [oldest] = held.values();
      if (held.size <= maxHeldNotifications || oldest === undefined) return;
      const wasWaiting = isWaiting(oldest);
      takeAway(oldest);
      if (wasWaiting) listener?.onFail(oldest.id, 'too many are waiting');
    },
    withdraw: (id) => {
      const one = held.get(id);
      if (one === undefined) return;
      one.wanted = { kind: 'withdraw' };
      proceed(one);
    },
    dispose: () => {
      listener = null;
      for (const one of [...held.values()]) takeAway(one);
      server.dispose();
    },
  };
}
