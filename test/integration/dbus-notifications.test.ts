import { afterAll, beforeAll, expect, test } from 'vitest';

import { systemClock } from '../../electron/main/clock.ts';
import { createSessionBus } from '../../electron/main/shell/dbus/session-bus.ts';
import type { SessionBus } from '../../electron/main/shell/dbus/session-bus.ts';
import { createFreedesktopPresenter } from '../../electron/main/shell/notification-presenter-freedesktop.ts';
import type { WarmablePresenter } from '../../electron/main/shell/notification-presenter-freedesktop.ts';
import { Conditions, waitLimitMs } from '../desktop/conditions.ts';
import { startDesktop } from '../desktop/desktop.ts';
import type { Desktop } from '../desktop/desktop.ts';
import { startNotificationDaemon } from '../desktop/notification-daemon.ts';
import { recordingLog } from '../support/recording-log.ts';

let desktop: Desktop;
let bus: SessionBus;
let presenter: WarmablePresenter;
const heard: string[] = [];
const changes = new Conditions();

beforeAll(async () => {
  desktop = await startDesktop({ keyring: 'absent' });
  bus = createSessionBus({ address: desktop.session.busAddress, clock: systemClock, log: recordingLog() });
  presenter = createFreedesktopPresenter({
    bus,
    appName: 'Tidings',
    desktopEntry: 'tidings',
    iconPath: null,
    clickLabel: () => 'Open Tidings',
    log: recordingLog(),
  });
  const hear = (line: string): void => {
    heard.push(line);
    changes.changed();
  };
  presenter.listen({
    onSend: () => {},
    onShown: () => {},
    onMissed: () => {},
    onReady: () => {},
    onClick: (id) => hear(`click ${id}`),
    onReplacedClick: (id) => hear(`replaced click ${id}`),
    onClose: (id) => hear(`close ${id}`),
    onFail: (id, reason) => hear(`fail ${id} ${reason}`),
  });
});

afterAll(async () => {
  presenter.dispose();
  await bus.dispose();
  await desktop.dispose();
});

const show = (id: string, body: string, silent = false): void => {
  presenter.show({ id, title: 'Ann & <Bo>', body, silent, about: 'mail' });
};

const told = (line: string): Promise<true> =>
  changes.until(
    () => (heard.includes(line) ? true : undefined),
    () => `${line}; heard: ${heard.join(', ')}`,
    waitLimitMs,
  );

test('a notification looks as it should, and its click comes back', async () => {
  show('first', 'R&D <b>');
  const shown = await desktop.notifications.waitFor(({ state }) => state === 'shown');
  expect(shown).toMatchObject({
    appName: 'Tidings',
    appIcon: 'tidings',
    replacesId: 0,
    summary: 'Ann & <Bo>',
    body: 'R&amp;D &lt;b&gt;',
    actions: [{ key: 'default', label: 'Open Tidings' }],
    hints: { 'desktop-entry': 'tidings', urgency: 1, category: 'email.arrived' },
    expireTimeoutMs: -1,
  });
  desktop.notifications.click(shown.id);
  await told('click first');
});

test('a burst for one id ends with the last one, in the same place, and makes no second sound', async () => {
  for (let count = 1; count <= 20; count += 1) show('summary', `${count} new`, count > 1);
  const last = await desktop.notifications.waitFor(({ body }) => body === '20 new');
  const calls = desktop.notifications.all.filter(({ body }) => body.endsWith(' new'));
  expect(new Set(calls.map(({ id }) => id)).size).toBe(1);
  expect(calls.map(({ hints }) => hints['suppress-sound'])).toEqual([undefined, true]);
  presenter.withdraw('summary');
  await desktop.notifications.waitForShown((shown) => shown.length === 0);
  expect(desktop.notifications.all.find(({ id, state }) => id === last.id && state === 'closedByApp')).toBeDefined();
});

test('only the person’s closing counts; one that expired can still be clicked in the list', async () => {
  show('dismissed', 'one');
  desktop.notifications.dismiss((await desktop.notifications.waitFor(({ body }) => body === 'one')).id);
  await told('close dismissed');
  show('expired', 'two');
  desktop.notifications.expire((await desktop.notifications.waitFor(({ body }) => body === 'two')).id);
  show('after', 'three');
  await desktop.notifications.waitFor(({ body }) => body === 'three');
  expect(heard.filter((line) => line.includes('expired'))).toEqual([]);
  presenter.withdraw('after');
  await desktop.notifications.waitForShown((shown) => shown.length === 0);
});

test('a service that restarts is asked anew, and its old numbers are void', async () => {
  show('before', 'old');
  await desktop.notifications.waitFor(({ body }) => body === 'old');
  await desktop.notifications.dispose();
  show('nobody', 'lost');
  await told('fail nobody no notification service');
  const plain = await startNotificationDaemon(desktop.session.bus, { capabilities: ['body'] });
  show('before', 'a < b');
  const shown = await plain.waitFor(() => true);
  expect(shown).toMatchObject({ replacesId: 0, body: 'a < b' });
  plain.click(shown.id);
  await told('click before');
  await plain.dispose();
});
