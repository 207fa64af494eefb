import { setTimeout as delay } from 'node:timers/promises';

import { burstQuietMs } from '../../electron/main/shell/notification-policy.ts';
import type { BenchStage, MeasuredClient } from './bench-stage.ts';
import type { BurstRun } from './report/results.ts';
import { mailsTold } from './told-mails.ts';

const burstMails = 50;
/** Between one mail and the next, ms: all of them within one second. */
const intervalMs = 18;

/** 50 mails within a second for Tidings, after a rest that ends every burst before. */
export async function measureBurst(
  { desktop }: BenchStage,
  tidings: MeasuredClient,
  server: BurstRun['server'],
): Promise<BurstRun> {
  const { proxy } = tidings;
  await proxy.untilIdling();
  for (const { id } of tidings.shown()) desktop.notifications.dismiss(id);
  await delay(burstQuietMs + 500);
  const existsBefore = proxy.exists.length;
  const mailsBefore = proxy.exists.at(-1)?.count ?? 0;
  const toldBefore = tidings.told().length;
  const startedAt = performance.now();
  const deliver = async (_: unknown, index: number): Promise<void> => {
    await delay(index * intervalMs);
    await tidings.deliver(`Burst ${index + 1}`);
  };
  await Promise.all(Array.from({ length: burstMails }, deliver));
  const deliveryMs = performance.now() - startedAt;
  const first = await proxy.untilExists(existsBefore);
  const last = await proxy.untilExists(existsBefore, ({ count }) => count === mailsBefore + burstMails);
  await desktop.notifications.waitForShown(() => mailsTold(tidings.shown()) === burstMails);
  return {
    server,
    firstToldMs: (tidings.told()[toldBefore]?.at ?? Number.NaN) - first.at,
    allToldMs: Math.max(...tidings.shown().map(({ at }) => at)) - last.at,
    deliveryMs,
  };
}
