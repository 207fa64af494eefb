import { createFreedesktopPresenter } from '../../../electron/main/shell/notification-presenter-freedesktop.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { FakeNotificationBus } from './fake-notification-bus.ts';

/** A presenter on a bus of the test's own, with what its listener heard. */
export function freedesktopBench(prepare: (bus: FakeNotificationBus) => void = () => {}) {
  const bus = new FakeNotificationBus();
  prepare(bus);
  const heard: string[] = [];
  /** Ids in the order in which their words left. */
  const sent: string[] = [];
  /** Ids in the order in which they were said to be on the screen. */
  const shown: string[] = [];
  const created = createFreedesktopPresenter({
    bus,
    appName: 'Tidings',
    desktopEntry: 'tidings',
    iconPath: null,
    clickLabel: () => 'Open',
    log: recordingLog(),
  });
  created.listen({
    onSend: (id) => sent.push(`${id} after ${String(said().length)} calls`),
    onShown: (id) => shown.push(id),
    onMissed: (id) => heard.push(`missed ${id}`),
    onReady: () => {},
    onClick: (id) => heard.push(`click ${id}`),
    onReplacedClick: (id) => heard.push(`replaced click ${id}`),
    onClose: (id) => heard.push(`close ${id}`),
    onFail: (id, reason) => heard.push(`fail ${id} ${reason}`),
  });
  const show = (id: string, title: string, silent = false): void => {
    created.show({ id, title, body: 'a < b & c', silent });
  };
  /** What was said after the question for the capabilities. */
  const said = (): string[] => bus.said.filter((line) => line !== 'GetCapabilities');
  return { bus, created, show, heard, said, sent, shown };
}

/** The hints of a call of Notify, counted from 0. */
export const hintsOf = (bus: FakeNotificationBus, index: number): unknown => bus.notified[index]?.body[6];

/** The text under the title of one. */
export const bodyOf = (bus: FakeNotificationBus, index: number): unknown => bus.notified[index]?.body[4];
