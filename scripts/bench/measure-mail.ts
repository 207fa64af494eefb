import { setTimeout as delay } from 'node:timers/promises';

import { type ClientName, clientNames, latencyFigures, type LatencyFigures } from './report/results.ts';
import type { BenchStage, MeasuredClient } from './bench-stage.ts';
import { mailsOf } from './told-mails.ts';

/** Up to this (ms) lies, by chance, between a client's return to its rest and the next mail: nothing may fall in step. */
const spreadMs = 500;

/**
 * One mail at a time, for each client in turn and in an order that changes: from the server's EXISTS on the wire to the
 * call of Notify. Every mail counts, the first after the start too.
 */
export async function measureMails(
  stage: BenchStage,
  mailsEach: number,
): Promise<Readonly<Record<ClientName, LatencyFigures>>> {
  const samples: Record<ClientName, number[]> = { tidings: [], imapflow: [], rawSocket: [] };
  for (let round = 0; round < mailsEach; round += 1) {
    const first = round % clientNames.length;
    for (const name of [...clientNames.slice(first), ...clientNames.slice(0, first)]) {
      samples[name].push(await measureOne(stage, stage.clients[name], `Mail ${round + 1} for ${name}`));
    }
  }
  return {
    tidings: latencyFigures(samples.tidings),
    imapflow: latencyFigures(samples.imapflow),
    rawSocket: latencyFigures(samples.rawSocket),
  };
}

async function measureOne({ desktop }: BenchStage, client: MeasuredClient, subject: string): Promise<number> {
  const { proxy } = client;
  await proxy.untilIdling();
  await delay(Math.random() * spreadMs);
  const existsBefore = proxy.exists.length;
  const toldBefore = client.told().length;
  await client.deliver(subject);
  const exists = await proxy.untilExists(existsBefore);
  await desktop.notifications.waitFor((one) => client.told().indexOf(one) >= toldBefore);
  const told = client.told()[toldBefore];
  if (told === undefined) throw new Error(`${client.name} told nothing`);
  if (client.name === 'tidings' && mailsOf(told) === 1 && !told.body.includes(subject)) {
    throw new Error(`Told “${told.body}” in place of “${subject}”`);
  }
  // From the fifth mail in a row on, Tidings puts one summary in the place of all. The person who closes it has seen
  // them: the next mail is told by itself again.
  if (client.name === 'tidings' && mailsOf(told) > 1) desktop.notifications.dismiss(told.id);
  return told.at - exists.at;
}
