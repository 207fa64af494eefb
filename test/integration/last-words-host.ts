/** Says two things on the bus it is given, and is killed by itself in the same turn. */
import { systemClock } from '../../electron/main/clock.ts';
import { notifyCall } from '../../electron/main/shell/dbus/notification-service.ts';
import { createSessionBus } from '../../electron/main/shell/dbus/session-bus.ts';
import { recordingLog } from '../support/recording-log.ts';

const [, , address = ''] = process.argv;
const bus = createSessionBus({ address, clock: systemClock, log: recordingLog() });
await bus.connect();
const words = { body: '', clickLabel: 'Open', desktopEntry: 'tidings', category: null, silent: true };
for (const title of ['first', 'second']) {
  const call = notifyCall({ ...words, appName: 'Tidings', replacesId: 0, appIcon: 'tidings', title });
  bus.request(call, () => {});
}
process.kill(process.pid, 'SIGKILL');
