import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import {
  createElectronPresenter,
  type NativeNotification,
} from '../../../electron/main/shell/notification-presenter-electron.ts';
import { escapeMarkup, maxHeldNotifications } from '../../../electron/main/shell/notification-presenter.ts';
import { recordingLog } from '../../support/recording-log.ts';

class FakeNotification extends EventEmitter implements NativeNotification {
  readonly title: string;
  readonly body: string;
  shown = false;
  closed = false;

  constructor(options: { readonly title?: string; readonly body?: string }) {
    super();
    this.title = options.title ?? '';
    this.body = options.body ?? '';
  }

  show(): void {
    this.shown = true;
  }

  close(): void {
    this.closed = true;
  }
}

function presenter(
  options: { readonly bodyMarkup?: boolean; readonly supported?: boolean; readonly throws?: boolean } = {},
) {
  const made: FakeNotification[] = [];
  const heard: string[] = [];
  /** Ids in the order in which their words left. */
  const sent: string[] = [];
  const created = createElectronPresenter({
    createNotification: (given) => {
      if (options.throws === true) throw new Error('out of handles');
      const notification = new FakeNotification(given);
      made.push(notification);
      return notification;
    },
    isSupported: () => options.supported ?? true,
    bodyMarkup: options.bodyMarkup ?? false,
    log: recordingLog(),
  });
  created.listen({
    onSend: (id) => sent.push(id),
    onShown: (id) => heard.push(`shown ${id}`),
    onMissed: () => {},
    onReady: () => {},
    onClick: (id) => heard.push(`click ${id}`),
    onReplacedClick: (id) => heard.push(`replaced click ${id}`),
    onClose: (id) => heard.push(`close ${id}`),
    onFail: (id, reason) => heard.push(`fail ${id} ${reason}`),
  });
  const show = (id: string, body = 'Subject'): FakeNotification => {
    created.show({ id, title: 'Sender', body, silent: false });
    const last = made.at(-1);
    if (last === undefined) throw new Error('nothing was made');
    return last;
  };
  const onScreen = (): number => made.filter(({ shown, closed }) => shown && !closed).length;
  return { created, show, made, heard, onScreen, sent };
}

describe("notifications in Electron's hands", () => {
  test('are shown, and say when they are clicked, once', () => {
    const { show, heard } = presenter();
    const first = show('1');
    expect(first).toMatchObject({ shown: true, title: 'Sender', body: 'Subject' });
    first.emit('click', {});
    first.emit('close', {});
    expect(heard).toEqual(['click 1']);
  });

  test('say when they are on the screen, unless another one is there in their place', () => {
    const { show, heard } = presenter();
    const first = show('1');
    first.emit('show', {});
    const second = show('1');
    first.emit('show', {});
    expect(heard).toEqual(['shown 1']);
    second.emit('show', {});
    expect(heard).toEqual(['shown 1', 'shown 1']);
  });

  test('say when the person closes them, but not when the system tidies up', () => {
    const { show, heard } = presenter();
    const first = show('1');
    first.emit('close', { reason: 'timedOut' });
    expect(heard).toEqual([]);
    first.emit('click', {});
    expect(heard).toEqual(['click 1']);
    show('2').emit('close', { reason: 'userCanceled' });
    show('3').emit('close', {});
    expect(heard).toEqual(['click 1', 'close 2', 'close 3']);
  });

  test('take the place of the one with the same id, silently for listeners', () => {
    const { show, heard } = presenter();
    const first = show('1');
    const second = show('1');
    expect([first.closed, second.closed]).toEqual([true, false]);
    first.emit('close', {});
    expect(heard).toEqual([]);
    second.emit('click', {});
    expect(heard).toEqual(['click 1']);
  });

  test('are withdrawn, and nothing happens where there is none', () => {
    const { created, show } = presenter();
    const first = show('1');
    created.withdraw('1');
    created.withdraw('1');
    created.withdraw('never shown');
    expect(first.closed).toBe(true);
  });

  test('are bounded: the oldest goes', () => {
    const { show, made, onScreen } = presenter();
    for (let id = 0; id < maxHeldNotifications + 5; id += 1) show(String(id));
    expect(onScreen()).toBe(maxHeldNotifications);
    expect(made.slice(0, 5).every(({ closed }) => closed)).toBe(true);
  });

  test('have their body escaped where it is read as markup, and the title never', () => {
    const { created, made } = presenter({ bodyMarkup: true });
    created.show({ id: '1', title: 'R&D <x>', body: 'a < b & "c" <a href="evil">', silent: false });
    expect(made[0]).toMatchObject({ title: 'R&D <x>', body: 'a &lt; b &amp; "c" &lt;a href="evil"&gt;' });
    expect(presenter().show('1', 'a < b').body).toBe('a < b');
    expect(escapeMarkup('&lt;')).toBe('&amp;lt;');
  });

  test('tell every way of failing', () => {
    const failing = presenter();
    failing.show('1').emit('failed', {}, 'access denied');
    expect(failing.heard).toEqual(['fail 1 access denied']);

    const unsupported = presenter({ supported: false });
    unsupported.created.show({ id: '1', title: '', body: '', silent: false });
    expect(unsupported.heard).toEqual(['fail 1 no notification service']);

    const throwing = presenter({ throws: true });
    throwing.created.show({ id: '1', title: '', body: '', silent: false });
    expect(throwing.heard).toEqual(['fail 1 Error: out of handles']);
  });

  test('are all gone, and silent, after the app', () => {
    const { created, show, heard, onScreen } = presenter();
    const first = show('1');
    show('2');
    created.dispose();
    first.emit('close', {});
    expect(onScreen()).toBe(0);
    expect(heard).toEqual([]);
  });
});
