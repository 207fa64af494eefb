import type { Clock } from '../../clock.ts';
import { busService, type BusCall } from './bus-message.ts';
import type { SessionBus } from './session-bus.ts';

/** A new process has no time to lose; one attempt a second (ms) costs nothing. */
const lookEveryMs = 1_000;
/** A bus that stays away longer (ms) went with the person's session, whose screen may be gone too. */
const awayLimitMs = 20_000;

const getId: BusCall = {
  destination: busService,
  path: '/org/freedesktop/DBus',
  interface: busService,
  member: 'GetId',
  signature: '',
  body: [],
};

/** What tells this bus from the one that runs after its restart (D-Bus Specification, GetId). @throws BusFailure */
export async function busIdOf(bus: Pick<SessionBus, 'call'>): Promise<string> {
  const { body } = await bus.call(getId);
  return String(body[0]);
}

/** Waits, 20 s at the most, for a bus; answers whether there is one and it isn't that of `oldId`. */
export async function untilOtherBus(oldId: string, bus: Pick<SessionBus, 'call'>, clock: Clock): Promise<boolean> {
  const giveUpAt = clock.monotonic() + awayLimitMs;
  for (;;) {
    try {
      return (await busIdOf(bus)) !== oldId;
    } catch {
      // None yet: that is what is waited for.
    }
    if (clock.monotonic() >= giveUpAt) return false;
    await new Promise<void>((resolve) => {
      clock.setTimer(lookEveryMs, resolve);
    });
  }
}
