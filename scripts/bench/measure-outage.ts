import { setTimeout as delay } from 'node:timers/promises';

import type { BenchStage } from './bench-stage.ts';
import { mailsTold } from './told-mails.ts';

const outageMs = 60_000;
const outageMails = 5;

/**
 * The server is away for a minute: connections are reset, new ones refused; mail goes on arriving behind it.
 * @returns ms from the moment that it listens again until all of that mail is told
 */
export async function measureOutage({ clients, desktop }: BenchStage): Promise<number> {
  const { tidings } = clients;
  const { proxy } = tidings;
  await proxy.untilIdling();
  for (const { id } of tidings.shown()) desktop.notifications.dismiss(id);
  const endsAt = performance.now() + outageMs;
  proxy.shut();
  proxy.cut();
  for (let sent = 0; sent < outageMails; sent += 1) {
    await delay(outageMs / (outageMails + 1));
    await tidings.deliver(`In the outage ${sent + 1}`);
  }
  await delay(Math.max(0, endsAt - performance.now()));
  await proxy.listen();
  const backAt = performance.now();
  await desktop.notifications.waitForShown(() => mailsTold(tidings.shown()) === outageMails);
  return Math.max(...tidings.shown().map(({ at }) => at)) - backAt;
}
