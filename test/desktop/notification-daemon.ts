import { defineInterface } from 'dbus-native';

import type { BusClient } from './bus-client.ts';
import { Conditions, waitLimitMs } from './conditions.ts';

/** Names from the Desktop Notifications Specification 1.2. */
const serviceName = 'org.freedesktop.Notifications';
const servicePath = '/org/freedesktop/Notifications';

/** Why a notification is no longer shown, as the specification numbers it. */
const closeReason = { expired: 1, dismissed: 2, closedByApp: 3 } as const;

/** A button of a notification; the key `default` is a click on the notification itself. */
export interface NotificationAction {
  readonly key: string;
  readonly label: string;
}

/** One call of Notify, and what became of it. */
export interface ShownNotification {
  /** The same for a notification and those that replaced it. */
  readonly id: number;
  /** `performance.now()` of this process when the call came, ms. */
  readonly at: number;
  readonly appName: string;
  readonly appIcon: string;
  readonly replacesId: number;
  readonly summary: string;
  readonly body: string;
  readonly actions: readonly NotificationAction[];
  /** Plain values: `urgency` a number, `image-data` the array the specification describes. */
  readonly hints: Readonly<Record<string, unknown>>;
  /** ms, -1 for the server's own choice, 0 for never. */
  readonly expireTimeoutMs: number;
  /** `replaced`: a later call took its place. */
  readonly state: 'shown' | 'replaced' | keyof typeof closeReason;
}

/** A recording notification server. */
export interface NotificationDaemon {
  /** Every Notify so far, oldest first. */
  readonly all: readonly ShownNotification[];
  /** What a person would see now. */
  shown(): readonly ShownNotification[];
  /** Resolves with the first recorded notification that the predicate takes. */
  waitFor(predicate: (one: ShownNotification) => boolean, timeoutMs?: number): Promise<ShownNotification>;
  /** Resolves when the predicate takes the list of what is on screen. */
  waitForShown(predicate: (shown: readonly ShownNotification[]) => boolean, timeoutMs?: number): Promise<void>;
  /** Clicks it, or one of its buttons; as most servers do, it is gone then. */
  click(id: number, actionKey?: string): void;
  /** The person closes it. */
  dismiss(id: number): void;
  /** It goes by itself. */
  expire(id: number): void;
  /** Gives up the name: no notification server is there any more. */
  dispose(): Promise<void>;
}

export interface NotificationDaemonOptions {
  /** What GetCapabilities answers; default body, body-markup and actions. */
  readonly capabilities?: readonly string[];
  /** The `Inhibited` property: do not disturb. */
  readonly inhibited?: boolean;
}

interface NotifyArguments {
  app_name: string;
  replaces_id: number;
  app_icon: string;
  summary: string;
  body: string;
  actions: string[];
  hints: Record<string, unknown>;
  expire_timeout: number;
}

function toActions(flat: readonly string[]): NotificationAction[] {
  const actions: NotificationAction[] = [];
  for (let index = 0; index + 1 < flat.length; index += 2) {
    actions.push({ key: flat[index] ?? '', label: flat[index + 1] ?? '' });
  }
  return actions;
}

/**
 * Provides `org.freedesktop.Notifications` on the session's bus.
 * @throws when somebody else provides it already
 */
export async function startNotificationDaemon(
  bus: BusClient,
  options: NotificationDaemonOptions = {},
): Promise<NotificationDaemon> {
  const all: ShownNotification[] = [];
  const conditions = new Conditions();
  let lastId = 0;

  const shown = (): ShownNotification[] => all.filter((one) => one.state === 'shown');
  /** False when nothing with this id is on screen. */
  const leave = (id: number, state: ShownNotification['state']): boolean => {
    const index = all.findIndex((one) => one.id === id && one.state === 'shown');
    const one = all[index];
    if (one === undefined) return false;
    all[index] = { ...one, state };
    return true;
  };
  const close = (id: number, reason: keyof typeof closeReason): void => {
    if (!leave(id, reason)) throw new Error(`Notification ${id} is not shown`);
    bus.emit(servicePath, serviceName, 'NotificationClosed', 'uu', [id, closeReason[reason]]);
    conditions.changed();
  };

  const definition = defineInterface({
    name: serviceName,
    methods: {
      Notify: {
        in: {
          ...{ app_name: 's', replaces_id: 'u', app_icon: 's', summary: 's', body: 's' },
          ...{ actions: 'as', hints: 'a{sv}', expire_timeout: 'i' },
        },
        out: { id: 'u' },
        handler: (args: NotifyArguments) => {
          const at = performance.now();
          const replaced = args.replaces_id !== 0 && leave(args.replaces_id, 'replaced');
          if (!replaced) lastId += 1;
          const id = replaced ? args.replaces_id : lastId;
          all.push({
            id,
            at,
            appName: args.app_name,
            appIcon: args.app_icon,
            replacesId: args.replaces_id,
            summary: args.summary,
            body: args.body,
            actions: toActions(args.actions),
            hints: args.hints,
            expireTimeoutMs: args.expire_timeout,
            state: 'shown',
          });
          conditions.changed();
          return id;
        },
      },
      CloseNotification: {
        in: { id: 'u' },
        handler: ({ id }: { id: number }) => {
          close(id, 'closedByApp');
          return null;
        },
      },
      GetCapabilities: {
        out: { capabilities: 'as' },
        handler: () => [...(options.capabilities ?? ['body', 'body-markup', 'actions'])],
      },
      GetServerInformation: {
        out: { name: 's', vendor: 's', version: 's', spec_version: 's' },
        handler: () => ({ name: 'tidings-test', vendor: 'Tidings', version: '1', spec_version: '1.2' }),
      },
    },
    properties: { Inhibited: { type: 'b', access: 'read', value: options.inhibited ?? false } },
    signals: {
      NotificationClosed: { args: { id: 'u', reason: 'u' } },
      ActionInvoked: { args: { id: 'u', action_key: 's' } },
    },
  });
  await bus.export(servicePath, definition);
  await bus.own(serviceName);

  const description = (): string =>
    JSON.stringify(all.map(({ id, summary, body, state }) => ({ id, summary, body, state })));
  return {
    all,
    shown,
    waitFor: (predicate, timeoutMs = waitLimitMs) =>
      conditions.until(
        () => all.find(predicate),
        () => `a notification; told so far: ${description()}`,
        timeoutMs,
      ),
    waitForShown: async (predicate, timeoutMs = waitLimitMs) => {
      const look = (): true | undefined => (predicate(shown()) ? true : undefined);
      await conditions.until(look, () => `the notifications on screen; told so far: ${description()}`, timeoutMs);
    },
    click: (id, actionKey = 'default') => {
      const one = shown().find((candidate) => candidate.id === id);
      if (one === undefined) throw new Error(`Notification ${id} is not shown`);
      if (!one.actions.some(({ key }) => key === actionKey)) {
        throw new Error(`Notification ${id} has no action ${actionKey}: ${JSON.stringify(one.actions)}`);
      }
      bus.emit(servicePath, serviceName, 'ActionInvoked', 'us', [id, actionKey]);
      close(id, 'dismissed');
    },
    dismiss: (id) => close(id, 'dismissed'),
    expire: (id) => close(id, 'expired'),
    dispose: () => bus.release(serviceName),
  };
}
