import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

import type { ElectronRuntime } from '../lib/electron-runtime.mjs';
import type { Machine } from './report/results.ts';

/** What the figures depend on. */
export function describeMachine({ kind, version }: ElectronRuntime, busy: Machine['busyPercent']): Machine {
  const cores = cpus();
  return {
    cpu: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memoryMiB: Math.round(totalmem() / 1024 ** 2),
    os: `${systemName()}, kernel ${release()}`,
    node: process.versions.node,
    electron: kind === 'official' ? version : `${version} (${kind})`,
    busyPercent: busy,
  };
}

/** As os-release(5) says it. */
function systemName(): string {
  return /^PRETTY_NAME="?([^"\n]*)/mu.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'Linux';
}

/** How busy all cores are for two seconds in which nothing of ours happens, in percent. */
export async function busyPercent(): Promise<number> {
  const before = cpuTimes();
  await delay(2_000);
  const after = cpuTimes();
  return Math.round((100 * (after.busy - before.busy)) / Math.max(1, after.all - before.all));
}

function cpuTimes(): { readonly busy: number; readonly all: number } {
  let all = 0;
  let idle = 0;
  for (const { times } of cpus()) {
    all += times.user + times.nice + times.sys + times.idle + times.irq;
    idle += times.idle;
  }
  return { busy: all - idle, all };
}
