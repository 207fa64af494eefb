import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

import { endProcesses, sessionProcesses } from './processes.ts';

/**
 * A process of its own that ends a session: everything it started, then its folder. It acts when its standard
 * input closes, which the kernel sees to however the test process ended, SIGKILL included.
 *
 * Started as `node undertaker.ts <folder>`; each line of input is the number of one process group.
 */
const graceMs = 1_000;

async function main(): Promise<void> {
  const folder = process.argv[2];
  if (folder === undefined) throw new Error('The undertaker needs the session folder');
  // Ctrl-C at a terminal or a polite stop is meant for the test; its end closes the input.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  const groups = new Set<number>();
  for await (const line of createInterface({ input: process.stdin })) groups.add(Number(line));
  await endProcesses(() => sessionProcesses(folder, groups).filter((entry) => entry.pid !== process.pid), graceMs);
  rmSync(folder, { recursive: true, force: true });
}

await main();
