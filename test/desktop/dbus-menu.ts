import { DBusError } from 'dbus-native';

import type { BusClient } from './bus-client.ts';

const menuInterface = 'com.canonical.dbusmenu';

/** One entry of a menu. */
export interface MenuItem {
  readonly id: number;
  /** As a person reads it: mnemonic underscores taken out. Empty for a separator. */
  readonly label: string;
  readonly type: 'standard' | 'separator';
  readonly enabled: boolean;
  readonly visible: boolean;
  readonly children: readonly MenuItem[];
}

/** A menu behind com.canonical.dbusmenu: how a tray's menu reaches the panel. */
export interface DbusMenu {
  /** The whole menu as it is now. */
  read(): Promise<readonly MenuItem[]>;
  /** Clicks an entry. No AboutToShow first: Electron 33 answers it for the root with an error, which panels ignore. */
  click(id: number): Promise<void>;
}

/** A single underscore marks the letter after it, a double one stands for itself (dbus-menu.xml). */
const withoutMnemonic = (label: string): string => label.replaceAll(/_(.?)/g, '$1');

/** A layout node is (id, properties, children). */
function toItem(node: unknown): MenuItem {
  if (!Array.isArray(node)) throw new Error('A menu layout node is not a structure');
  const [id, properties, children] = node as [unknown, { label?: unknown } & Record<string, unknown>, unknown];
  const { label } = properties;
  return {
    id: Number(id),
    label: typeof label === 'string' ? withoutMnemonic(label) : '',
    type: properties['type'] === 'separator' ? 'separator' : 'standard',
    enabled: properties['enabled'] !== false,
    visible: properties['visible'] !== false,
    children: Array.isArray(children) ? children.map((child) => toItem(child)) : [],
  };
}

/** A client for the menu of one application. */
export function dbusMenu(bus: BusClient, destination: string, path: string): DbusMenu {
  const call = (member: string, signature: string, body: readonly unknown[]): Promise<unknown> =>
    bus.call({ destination, path, interface: menuInterface, member, signature, body });
  return {
    read: async () => {
      const wholeDepth = -1;
      const reply = await call('GetLayout', 'iias', [0, wholeDepth, []]);
      if (!Array.isArray(reply)) throw new Error('GetLayout gave no layout');
      return toItem(reply[1]).children;
    },
    click: async (id) => {
      try {
        await call('Event', 'isvu', [id, 'clicked', ['i', 0], Math.trunc(performance.now())]);
      } catch (error) {
        // "Quit" and the like: the app is gone before it can answer.
        if (!(error instanceof DBusError && error.dbusName === 'org.freedesktop.DBus.Error.NoReply')) throw error;
      }
    },
  };
}
