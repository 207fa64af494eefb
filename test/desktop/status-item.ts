import type { BusClient } from './bus-client.ts';
import type { Conditions } from './conditions.ts';
import { waitLimitMs } from './conditions.ts';
import { dbusMenu } from './dbus-menu.ts';
import type { DbusMenu, MenuItem } from './dbus-menu.ts';
import { fromIconFile, fromPixmaps } from './status-icon.ts';
import type { StatusIcon } from './status-icon.ts';

const itemInterface = 'org.kde.StatusNotifierItem';

/** What a panel shows of an item, all of one reading. */
export interface StatusItemFace {
  readonly title: string;
  /** `Active`, `Passive` or `NeedsAttention`. */
  readonly status: string;
  readonly toolTip: string;
  /** Null when the app sent none or only a theme's name. */
  readonly icon: StatusIcon | null;
  /** How the icon came. */
  readonly iconSource: 'pixmap' | 'file' | 'none';
  readonly menuPath: string;
  /** `performance.now()` of this process when the reading was complete, ms. */
  readonly at: number;
}

/** A tray icon as this session's panel knows it. */
export interface StatusItem {
  readonly busName: string;
  readonly path: string;
  /** The newest reading. It's read anew whenever the app signals a change. */
  face(): StatusItemFace;
  /** Every reading, oldest first. */
  readonly faces: readonly StatusItemFace[];
  /** @throws when there is no icon */
  icon(): StatusIcon;
  /** Resolves with the first reading, from the newest on, that the predicate takes. */
  waitFor(predicate: (face: StatusItemFace) => boolean, timeoutMs?: number): Promise<StatusItemFace>;
  menu(): Promise<readonly MenuItem[]>;
  /** What a person reads in the menu, without separators and hidden entries. */
  menuLabels(): Promise<readonly string[]>;
  /** Resolves when the predicate takes the menu's labels; they're read anew whenever the app says they changed. */
  waitForMenu(predicate: (labels: readonly string[]) => boolean, timeoutMs?: number): Promise<readonly string[]>;
  /** @throws when no enabled entry has this label, naming those there are */
  clickMenu(label: string): Promise<void>;
  /** A click on the icon itself. */
  activate(): Promise<void>;
}

function toolTipText(toolTip: unknown): string {
  // (icon name, icon pixmaps, title, description)
  if (!Array.isArray(toolTip)) return '';
  return [toolTip[2], toolTip[3]].filter((part) => typeof part === 'string' && part !== '').join('\n');
}

/** Reads everything a panel shows of an item. */
async function readFace(bus: BusClient, destination: string, path: string): Promise<StatusItemFace> {
  const all = await bus.call({
    destination,
    path,
    interface: 'org.freedesktop.DBus.Properties',
    member: 'GetAll',
    signature: 's',
    body: [itemInterface],
  });
  const values = new Map(Object.entries(all as Record<string, unknown>));
  const text = (key: string): string => {
    const value = values.get(key);
    return typeof value === 'string' ? value : '';
  };
  const pixmap = fromPixmaps(values.get('IconPixmap'));
  const icon = pixmap ?? fromIconFile(text('IconThemePath'), text('IconName'));
  return {
    title: text('Title'),
    status: text('Status'),
    toolTip: toolTipText(values.get('ToolTip')),
    icon,
    iconSource: pixmap === null ? (icon === null ? 'none' : 'file') : 'pixmap',
    menuPath: text('Menu'),
    at: performance.now(),
  };
}

function labelsOf(items: readonly MenuItem[]): string[] {
  return items.filter(({ type, visible }) => type === 'standard' && visible).map(({ label }) => label);
}

/** Follows one item until it goes; `isGone` tells when its app has left the bus. */
export async function followStatusItem(
  bus: BusClient,
  conditions: Conditions,
  { busName, owner, path }: { busName: string; owner: string; path: string },
  onError: (error: unknown) => void,
): Promise<{ item: StatusItem; stop: () => void }> {
  const faces: StatusItemFace[] = [];
  let menuLabelsNow: readonly string[] = [];
  let stopped = false;
  const menu = (): DbusMenu => dbusMenu(bus, owner, face().menuPath);

  const face = (): StatusItemFace => {
    const newest = faces.at(-1);
    if (newest === undefined) throw new Error(`${busName} was never read`);
    return newest;
  };
  const labels = async (): Promise<readonly string[]> => {
    const { menuPath } = face();
    return menuPath === '' || menuPath === '/' ? [] : labelsOf(await menu().read());
  };
  const readAll = async (): Promise<void> => {
    faces.push(await readFace(bus, owner, path));
    menuLabelsNow = await labels();
    conditions.changed();
  };

  // One reading at a time, and one more after the last signal: readings are never out of order.
  let reading = Promise.resolve();
  let again = false;
  const readAnew = (): void => {
    if (again || stopped) return;
    again = true;
    reading = reading.then(async () => {
      again = false;
      if (!stopped) await readAll();
    });
    reading.catch((error: unknown) => {
      // An app that quits takes its item along while it's being read.
      if (!stopped) onError(error);
    });
  };
  const changes = await bus.onSignal({ sender: owner, interface: itemInterface }, readAnew);
  const menuChanges = await bus.onSignal({ sender: owner, interface: 'com.canonical.dbusmenu' }, readAnew);
  await readAll();

  const clickEntry = async (
    label: string,
    refused?: { readonly id: number; readonly error: unknown },
  ): Promise<void> => {
    const items = await menu().read();
    const found = items.find((candidate) => candidate.label === label && candidate.visible && candidate.enabled);
    if (found === undefined) throw new Error(`No entry "${label}" to click; there are: ${labelsOf(items).join(' | ')}`);
    const { id } = found;
    if (id === refused?.id) throw refused.error;
    try {
      await menu().click(id);
    } catch (error) {
      // The app may have laid the menu out anew since it was read: then a person clicks what is there now.
      await clickEntry(label, { id, error });
    }
  };

  const describe = (): string => {
    const { title, status, toolTip } = face();
    return JSON.stringify({ title, status, toolTip, menu: menuLabelsNow });
  };
  const item: StatusItem = {
    busName,
    path,
    face,
    faces,
    icon: () => {
      const { icon } = face();
      if (icon === null) throw new Error(`The tray item ${busName} has no icon`);
      return icon;
    },
    waitFor: (predicate, timeoutMs = waitLimitMs) =>
      conditions.until(
        () => faces.slice(-1).find(predicate),
        () => `the tray; it is ${describe()}`,
        timeoutMs,
      ),
    menu: () => menu().read(),
    menuLabels: labels,
    waitForMenu: (predicate, timeoutMs = waitLimitMs) => {
      const look = (): readonly string[] | undefined => (predicate(menuLabelsNow) ? menuLabelsNow : undefined);
      return conditions.until(look, () => `the tray's menu; it is ${describe()}`, timeoutMs);
    },
    clickMenu: (label) => clickEntry(label),
    activate: async () => {
      await bus.call({
        destination: owner,
        path,
        interface: itemInterface,
        member: 'Activate',
        signature: 'ii',
        body: [0, 0],
      });
    },
  };
  const stop = (): void => {
    stopped = true;
    changes();
    menuChanges();
  };
  return { item, stop };
}
