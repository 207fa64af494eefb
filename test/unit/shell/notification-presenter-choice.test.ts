import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { BusFailure } from '../../../electron/main/shell/dbus/bus-failure.ts';
import { createPresenter } from '../../../electron/main/shell/notification-presenter-choice.ts';
import { settle } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { FakeNotificationBus } from './fake-notification-bus.ts';

class FakeNotification extends EventEmitter {
  show(): void {}
  close(): void {}
}

function choice(bus: FakeNotificationBus | null) {
  const byElectron: string[] = [];
  const heard: string[] = [];
  /** Ids in the order in which their words left. */
  const sent: string[] = [];
  const presenter = createPresenter({
    bus,
    electron: {
      createNotification: ({ title, body }) => {
        byElectron.push(`${title}: ${body}`);
        return new FakeNotification();
      },
      isSupported: () => true,
    },
    appName: 'Tidings',
    desktopEntry: 'tidings',
    iconPath: null,
    clickLabel: () => 'Open',
    log: recordingLog(),
  });
  presenter.listen({
    onSend: (id) => sent.push(id),
    onShown: () => {},
    onMissed: () => {},
    onReady: () => {},
    onClick: (id) => heard.push(`click ${id}`),
    onReplacedClick: () => {},
    onClose: () => {},
    onFail: () => {},
  });
  const show = (id: string, title = id): void => {
    presenter.show({ id, title, body: 'a & b', silent: false });
  };
  return { presenter, byElectron, heard, sent, show };
}

describe('who shows notifications', () => {
  test('Electron, where there are no buses', () => {
    const { byElectron, show } = choice(null);
    show('a');
    expect(byElectron).toEqual(['a: a & b']);
  });

  test('the desktop’s own service on Linux; what came before the connection is shown at it', async () => {
    const bus = new FakeNotificationBus();
    const { presenter, byElectron, heard, show } = choice(bus);
    show('a');
    show('b');
    show('a', 'a again');
    presenter.withdraw('b');
    await settle();
    show('c');
    expect(bus.said).toEqual(['GetCapabilities', 'Notify 0 a again', 'Notify 0 c']);
    bus.answer(3);
    bus.click(3);
    expect(heard).toEqual(['click a']);
    expect(byElectron).toEqual([]);
  });

  test('is got ready in advance', async () => {
    const bus = new FakeNotificationBus();
    choice(bus).presenter.warmUp();
    await settle();
    expect(bus.said).toEqual(['GetCapabilities']);
  });

  test('Electron, for good, where the bus can’t be reached; markup is escaped then', async () => {
    const bus = new FakeNotificationBus();
    bus.connected = Promise.reject(new BusFailure('no-bus', 'none'));
    const { byElectron, show } = choice(bus);
    show('a');
    await settle();
    show('b');
    expect(byElectron).toEqual(['a: a &amp; b', 'b: a &amp; b']);
    expect(bus.said).toEqual([]);
  });

  test('nobody after the end', async () => {
    const bus = new FakeNotificationBus();
    const { presenter, byElectron, show } = choice(bus);
    show('a');
    presenter.dispose();
    await settle();
    expect([bus.said, byElectron]).toEqual([[], []]);
  });
});
