import { systemClock } from '../../clock.ts';
import { silentLog } from '../../log.ts';
import { untilOtherBus } from './bus-identity.ts';
import { createSessionBus } from './session-bus.ts';

/** Whether a session bus comes that isn't the one of `oldId`, as {@link untilOtherBus}, for a process of its own. */
export async function isOtherBus(oldId: string): Promise<boolean> {
  const bus = createSessionBus({ clock: systemClock, log: silentLog });
  const isOther = await untilOtherBus(oldId, bus, systemClock);
  await bus.dispose();
  return isOther;
}
