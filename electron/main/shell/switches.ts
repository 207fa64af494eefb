/** Starts in the tray only, as the autostart entry does. */
export const hiddenSwitch = '--hidden';

/** Removes everything that Tidings keeps, and ends; asks nothing. */
export const removeSwitch = '--remove-my-data';

const sweepSwitch = '--remove-my-data-after=';

/** Removes what Chromium leaves in the data folder until its process ends; for a removal from the window. */
export function sweepAfter(pid: number): string {
  return `${sweepSwitch}${pid}`;
}

/** The process to wait for; null where there is no such switch. */
export function sweepWish(argv: readonly string[]): number | null {
  const pid = Number(argv.find((word) => word.startsWith(sweepSwitch))?.slice(sweepSwitch.length));
  return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
}

const afterBusSwitch = '--after-session-bus=';

/** Ends with status 0 once there is another session bus than this one, with 1 where it is the same or none comes. */
export function afterBus(busId: string): string {
  return `${afterBusSwitch}${busId}`;
}

/** The id of the bus that went; null where there is no such switch. */
export function afterBusWish(argv: readonly string[]): string | null {
  return argv.find((word) => word.startsWith(afterBusSwitch))?.slice(afterBusSwitch.length) ?? null;
}
