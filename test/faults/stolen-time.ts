import { readFileSync } from 'node:fs';

/** `USER_HZ`, in which Linux counts for programs on every architecture but Alpha and ia64. */
const ticksPerSecond = 100;

/**
 * How long (ms) a core of this machine stood still so far, on average, because its host ran somebody else: `steal` of
 * proc_stat(5), which is 0 where the machine is not a guest.
 * @param stat the content of `/proc/stat`
 */
export function stolenMsOf(stat: string): number {
  const lines = stat.split('\n');
  const all = lines.find((line) => line.startsWith('cpu '));
  const cores = lines.filter((line) => /^cpu\d/u.test(line)).length;
  const stolenTicks = Number(all?.trim().split(/\s+/u)[8] ?? 0);
  return cores === 0 ? 0 : (stolenTicks * 1_000) / ticksPerSecond / cores;
}

/** {@link stolenMsOf} this machine, now. */
export function stolenMs(): number {
  return stolenMsOf(readFileSync('/proc/stat', 'utf8'));
}
