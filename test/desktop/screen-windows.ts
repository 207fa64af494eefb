import { Conditions, waitLimitMs } from './conditions.ts';
import type { Display } from './display.ts';
import { connectX11, words, type X11Connection } from './x11-connection.ts';

/** A window that is on the screen. */
export interface ScreenWindow {
  readonly id: number;
  /** The process that it says it is of; null when it doesn't. */
  readonly pid: number | null;
  readonly isDialog: boolean;
}

/** Watches a display's windows, and does what a window manager's frame would do with them. */
export interface ScreenWindows {
  /** Resolves with the first window on the screen, now or later, that the predicate takes. */
  waitFor(predicate: (window: ScreenWindow) => boolean): Promise<ScreenWindow>;
  /** Presses its close button: asks the window's program, as ICCCM 4.2.8.1 says. */
  pressClose(window: ScreenWindow): Promise<void>;
  dispose(): void;
}

/** Requests and events by their numbers in the protocol. */
const requests = { changeWindowAttributes: 2, internAtom: 16, getProperty: 20, sendEvent: 25 };
const events = { destroyNotify: 17, unmapNotify: 18, mapNotify: 19, clientMessage: 33 };
/** Tells of every window that comes and goes at the top. */
const substructureNotify = 0x8_0000;
const eventMaskValue = 0x800;
const anyType = 0;
/** A bit of an event's number that says that a program sent it. */
const isSent = 0x80;

/** @throws when the display can't be reached */
export async function watchScreenWindows(display: Display): Promise<ScreenWindows> {
  const conditions = new Conditions();
  const onScreen = new Map<number, ScreenWindow>();
  const connection = await connectX11(display, (event) => {
    const kind = (event[0] ?? 0) & ~isSent;
    const id = event.readUInt32LE(8);
    if (kind === events.mapNotify) {
      void describe(connection, id).then((window) => {
        onScreen.set(id, window);
        conditions.changed();
      });
    } else if (kind === events.unmapNotify || kind === events.destroyNotify) {
      onScreen.delete(id);
      conditions.changed();
    }
  });
  connection.send(requests.changeWindowAttributes, 0, words(connection.root, eventMaskValue, substructureNotify));
  return {
    waitFor: (predicate) =>
      conditions.until(
        () => [...onScreen.values()].find(predicate),
        () => `a window; on the screen: ${JSON.stringify([...onScreen.values()])}`,
        waitLimitMs,
      ),
    async pressClose({ id }) {
      const [protocols, deleteWindow] = await Promise.all(
        ['WM_PROTOCOLS', 'WM_DELETE_WINDOW'].map((name) => atom(connection, name)),
      );
      const event = words(0, id, protocols ?? 0, deleteWindow ?? 0, 0, 0, 0, 0);
      event.writeUInt8(events.clientMessage, 0);
      event.writeUInt8(32, 1);
      connection.send(requests.sendEvent, 0, Buffer.concat([words(id, 0), event]));
    },
    dispose: () => {
      connection.dispose();
    },
  };
}

async function describe(connection: X11Connection, id: number): Promise<ScreenWindow> {
  const [pid, type, dialog] = await Promise.all([
    firstWord(connection, id, '_NET_WM_PID'),
    firstWord(connection, id, '_NET_WM_WINDOW_TYPE'),
    atom(connection, '_NET_WM_WINDOW_TYPE_DIALOG'),
  ]);
  return { id, pid, isDialog: type === dialog };
}

/** The number that stands for a name on this display. */
async function atom(connection: X11Connection, name: string): Promise<number> {
  const text = Buffer.from(name);
  const length = Buffer.alloc(4);
  length.writeUInt16LE(text.length);
  const answer = await connection.ask(requests.internAtom, 0, Buffer.concat([length, text]));
  if (answer === null) throw new Error(`The display has no number for ${name}`);
  return answer.readUInt32LE(8);
}

/** The first 32 bits of a window's property; null when it has none, or is gone. */
async function firstWord(connection: X11Connection, id: number, property: string): Promise<number | null> {
  const name = await atom(connection, property);
  const answer = await connection.ask(requests.getProperty, 0, words(id, name, anyType, 0, 1));
  return answer === null || answer.length < 36 ? null : answer.readUInt32LE(32);
}
