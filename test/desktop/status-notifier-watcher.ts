import { defineInterface } from 'dbus-native';

import type { BusClient } from './bus-client.ts';
import { Conditions, waitLimitMs } from './conditions.ts';
import { followStatusItem } from './status-item.ts';
import type { StatusItem } from './status-item.ts';

const watcherName = 'org.kde.StatusNotifierWatcher';
const watcherPath = '/StatusNotifierWatcher';

/** A panel with room for tray icons: the watcher that apps register with, and the host that shows them. */
export interface StatusNotifierWatcher {
  /** The items there are now. */
  items(): readonly StatusItem[];
  /** Resolves with the first item that the predicate takes. */
  waitForItem(predicate?: (item: StatusItem) => boolean, timeoutMs?: number): Promise<StatusItem>;
  /** Resolves when no item is left. */
  waitForNone(timeoutMs?: number): Promise<void>;
  /** Gives up the name: this desktop has no tray any more. */
  dispose(): Promise<void>;
}

interface Followed {
  readonly owner: string;
  readonly service: string;
  readonly item: StatusItem;
  readonly stop: () => void;
}

/**
 * Provides `org.kde.StatusNotifierWatcher` on the session's bus.
 * @throws when somebody else provides it already
 */
export async function startStatusNotifierWatcher(bus: BusClient): Promise<StatusNotifierWatcher> {
  const followed: Followed[] = [];
  const gone = new Set<string>();
  const conditions = new Conditions();
  const fail = (error: unknown): void => conditions.end(error instanceof Error ? error : new Error(String(error)));

  const register = async (service: string, sender: string): Promise<void> => {
    // Apps give a path (their connection is meant) or the name of a connection (the usual path is meant).
    const path = service.startsWith('/') ? service : '/StatusNotifierItem';
    const busName = service.startsWith('/') ? sender : service;
    const one = await followStatusItem(bus, conditions, { busName, owner: sender, path }, fail);
    if (gone.has(sender) || gone.has(busName)) {
      one.stop();
      return;
    }
    const registered = `${busName}${path}`;
    followed.push({ ...one, owner: sender, service: registered });
    definition.emit['StatusNotifierItemRegistered']?.(registered);
    conditions.changed();
  };
  /** A connection ended or, when the app takes away one icon of several, a name of its own was given up. */
  const unregister = (name: string): void => {
    gone.add(name);
    for (const one of followed.filter(({ owner, item }) => owner === name || item.busName === name)) {
      one.stop();
      followed.splice(followed.indexOf(one), 1);
      definition.emit['StatusNotifierItemUnregistered']?.(one.service);
    }
    conditions.changed();
  };

  const definition = defineInterface({
    name: watcherName,
    methods: {
      RegisterStatusNotifierItem: {
        in: { service: 's' },
        handler: ({ service }: { service: string }, { sender }) => {
          // Not awaited: the app must have its answer before it can answer the questions about its item.
          register(service, sender ?? service).catch((error: unknown) => {
            if (!gone.has(sender ?? service)) fail(error);
          });
          return null;
        },
      },
      RegisterStatusNotifierHost: { in: { service: 's' }, handler: () => null },
    },
    properties: {
      RegisteredStatusNotifierItems: { type: 'as', access: 'read', get: () => followed.map(({ service }) => service) },
      IsStatusNotifierHostRegistered: { type: 'b', access: 'read', value: true },
      ProtocolVersion: { type: 'i', access: 'read', value: 0 },
    },
    signals: {
      StatusNotifierItemRegistered: { args: { service: 's' } },
      StatusNotifierItemUnregistered: { args: { service: 's' } },
      StatusNotifierHostRegistered: { args: {} },
      StatusNotifierHostUnregistered: { args: {} },
    },
  });
  await bus.onSignal(
    { sender: 'org.freedesktop.DBus', interface: 'org.freedesktop.DBus', member: 'NameOwnerChanged' },
    ({ body: [name, , newOwner] }) => {
      if (typeof name === 'string' && newOwner === '') unregister(name);
    },
  );
  await bus.export(watcherPath, definition);
  await bus.own(watcherName);
  definition.emit['StatusNotifierHostRegistered']?.();

  const items = (): StatusItem[] => followed.map(({ item }) => item);
  return {
    items,
    waitForItem: (predicate = () => true, timeoutMs = waitLimitMs) =>
      conditions.until(
        () => items().find(predicate),
        () => `a tray item; there are ${followed.length}`,
        timeoutMs,
      ),
    waitForNone: async (timeoutMs = waitLimitMs) => {
      const look = (): true | undefined => (followed.length === 0 ? true : undefined);
      await conditions.until(look, () => `the tray to be empty; there are ${followed.length} items`, timeoutMs);
    },
    dispose: async () => {
      for (const { stop } of followed.splice(0)) stop();
      await bus.release(watcherName);
    },
  };
}
