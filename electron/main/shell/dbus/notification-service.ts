import { isWithoutService, type BusFailure } from './bus-failure.ts';
import type { BusCall, BusSignal, BusVariant } from './bus-message.ts';

/**
 * What is said to and heard from the desktop's notification service: Desktop Notifications Specification 1.2
 * (https://specifications.freedesktop.org/notification-spec/1.2/).
 */
export const notificationService = 'org.freedesktop.Notifications';

const servicePath = '/org/freedesktop/Notifications';

/** Signals of the service. */
export const notificationSignals = { path: servicePath, interface: notificationService };

/** A notification as the service is told of it. */
export interface ServiceNotification {
  readonly appName: string;
  /** The one whose place it takes; 0 for none. */
  readonly replacesId: number;
  /** Name of an icon of the theme, or absolute path of a picture. */
  readonly appIcon: string;
  readonly title: string;
  /** Escaped already where the service reads markup. */
  readonly body: string;
  /** What a click on it does, for services that write it. */
  readonly clickLabel: string;
  readonly desktopEntry: string;
  /** One of the specification's, section "Categories"; null for none. */
  readonly category: string | null;
  readonly silent: boolean;
}

/** Its only button is the notification itself; how long it stays is the service's choice. */
export function notifyCall(notification: ServiceNotification): BusCall {
  const { appName, replacesId, appIcon, title, body, clickLabel, desktopEntry, category, silent } = notification;
  const hints: readonly (readonly [string, BusVariant])[] = [
    ['desktop-entry', ['s', desktopEntry]],
    ['urgency', ['y', normalUrgency]],
    ...(category === null ? [] : [['category', ['s', category]] as const]),
    ...(silent ? [['suppress-sound', ['b', true]] as const] : []),
  ];
  const values = [appName, replacesId, appIcon, title, body, ['default', clickLabel], hints, serversChoiceMs];
  return serviceCall('Notify', 'susssasa{sv}i', values);
}

const normalUrgency = 1;
const serversChoiceMs = -1;

/** Takes one off the screen. */
export function closeCall(serverId: number): BusCall {
  return serviceCall('CloseNotification', 'u', [serverId]);
}

/** Asks for what the service can do; {@link readsMarkup} reads the answer. */
export function capabilitiesCall(): BusCall {
  return serviceCall('GetCapabilities', '', []);
}

function serviceCall(member: string, signature: string, body: readonly unknown[]): BusCall {
  return {
    destination: notificationService,
    path: servicePath,
    interface: notificationService,
    member,
    signature,
    body,
  };
}

/** Whether the body is read as markup, so that `& < >` have to be escaped. */
export function readsMarkup(answer: readonly unknown[]): boolean {
  const [capabilities] = answer;
  return Array.isArray(capabilities) && capabilities.includes('body-markup');
}

/** What the service says of a notification, by the number it gave it. */
export type ServiceEvent =
  | { readonly kind: 'clicked'; readonly serverId: number }
  /** Its time is up: on the screen no more, but perhaps in a list where it can still be clicked. */
  | { readonly kind: 'expired'; readonly serverId: number }
  /** Closed by the person. */
  | { readonly kind: 'dismissed'; readonly serverId: number }
  /** Closed by a program or for a reason of the service's own. */
  | { readonly kind: 'gone'; readonly serverId: number };

/** Reads a signal of the service; null for all that isn't of interest. */
export function readEvent({ member, body }: BusSignal): ServiceEvent | null {
  const [serverId, detail] = body;
  if (typeof serverId !== 'number') return null;
  switch (member) {
    case 'ActionInvoked':
      return detail === 'default' ? { kind: 'clicked', serverId } : null;
    case 'NotificationClosed':
      return { kind: detail === 1 ? 'expired' : detail === 2 ? 'dismissed' : 'gone', serverId };
    default:
      return null;
  }
}

/** A line for the log; not the service's own words, which might quote the notification. */
export function describeFailure(failure: BusFailure): string {
  if (isWithoutService(failure)) return 'no notification service';
  switch (failure.kind) {
    case 'refused':
      return `refused by the notification service (${failure.errorName ?? 'no name'})`;
    case 'timed-out':
      return 'the notification service does not answer';
    case 'no-bus':
    case 'closed':
    case 'disposed':
    case 'bad-call':
      return `session bus: ${failure.kind}`;
  }
}
