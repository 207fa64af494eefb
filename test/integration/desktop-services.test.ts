import { Variant } from 'dbus-native';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { connectBus } from '../desktop/bus-client.ts';
import type { BusClient } from '../desktop/bus-client.ts';
import { Conditions, waitLimitMs } from '../desktop/conditions.ts';
import { startDesktop } from '../desktop/desktop.ts';
import type { Desktop } from '../desktop/desktop.ts';

const name = 'org.freedesktop.Notifications';
const path = '/org/freedesktop/Notifications';

let desktop: Desktop;
/** An app's connection, which knows nothing of the harness. */
let app: BusClient;

beforeAll(async () => {
  desktop = await startDesktop({ keyring: 'absent', notifications: { capabilities: ['body', 'persistence'] } });
  app = await connectBus(desktop.session.busAddress);
});

afterAll(async () => {
  await app.dispose();
  await desktop.dispose();
});

const call = (member: string, signature: string, body: readonly unknown[]): Promise<unknown> =>
  app.call({ destination: name, path, interface: name, member, signature, body });

const notify = (replacesId: number, summary: string): Promise<unknown> =>
  call('Notify', 'susssasa{sv}i', [
    'Mail',
    replacesId,
    '',
    summary,
    'Body',
    ['default', 'Open', 'read', 'Mark as read'],
    { urgency: new Variant('y', 2) },
    5000,
  ]);

test('the notification daemon records, replaces, clicks, dismisses and withdraws', async () => {
  const { notifications } = desktop;
  const heard: string[] = [];
  const signals = new Conditions();
  await app.onSignal({ interface: name }, ({ member, body }) => {
    heard.push(`${member} ${body.join(' ')}`);
    signals.changed();
  });
  expect(await call('GetCapabilities', '', [])).toEqual(['body', 'persistence']);

  expect(await notify(0, 'one')).toBe(1);
  expect(await notify(0, 'two')).toBe(2);
  expect(await notify(1, 'one, replaced')).toBe(1);
  expect(notifications.all.map(({ id, summary, state }) => `${id} ${summary} ${state}`)).toEqual([
    '1 one replaced',
    '2 two shown',
    '1 one, replaced shown',
  ]);
  expect(notifications.shown()[0]).toMatchObject({
    hints: { urgency: 2 },
    expireTimeoutMs: 5000,
    actions: [
      { key: 'default', label: 'Open' },
      { key: 'read', label: 'Mark as read' },
    ],
  });

  notifications.click(1, 'read');
  notifications.dismiss(2);
  expect(() => notifications.dismiss(2)).toThrow(/not shown/);
  expect(await notify(2, 'three')).toBe(3);
  await call('CloseNotification', 'u', [3]);
  await signals.until(
    () => (heard.length === 4 ? true : undefined),
    () => `four signals: ${heard.join()}`,
    waitLimitMs,
  );
  expect(heard).toEqual([
    'ActionInvoked 1 read',
    'NotificationClosed 1 2',
    'NotificationClosed 2 2',
    'NotificationClosed 3 3',
  ]);
  await notifications.waitForShown((shown) => shown.length === 0);
});

test('the launcher badge is recorded; what an update leaves out stays as it was', async () => {
  const update = (properties: Record<string, unknown>): void =>
    app.emit('/com/canonical/unity/launcherentry/1', 'com.canonical.Unity.LauncherEntry', 'Update', 'sa{sv}', [
      'application://tidings.desktop',
      properties,
    ]);
  update({ count: new Variant('x', 4), 'count-visible': true });
  update({ count: new Variant('x', 5) });
  const badge = await desktop.badge.waitFor(({ count }) => count === 5);
  expect(badge).toMatchObject({ application: 'application://tidings.desktop', countVisible: true });
});

test('a wait that fails says what is there instead', async () => {
  await expect(desktop.tray.waitForItem(() => true, 1)).rejects.toThrow('a tray item; there are 0');
  await expect(desktop.notifications.waitFor(({ summary }) => summary === 'never', 1)).rejects.toThrow(/told so far/);
});
