/** Measures how soon mail is told: `npm run bench`. What is measured, and how: docs/performance.md. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { type BenchStage, type MeasuredClient, setBenchStage } from './bench/bench-stage.ts';
import { busyPercent, describeMachine } from './bench/machine.ts';
import { measureBurst } from './bench/measure-burst.ts';
import { measureMails } from './bench/measure-mail.ts';
import { measureOutage } from './bench/measure-outage.ts';
import { inMs, renewFigures } from './bench/report/figures-page.ts';
import { latencyPlot } from './bench/report/plot.ts';
import {
  type BenchResults,
  burstFigures,
  type BurstRun,
  clientNames,
  outageFigures,
  targets,
} from './bench/report/results.ts';
import { resolveElectronRuntime } from './lib/electron-runtime.mjs';

const usage = `npm run bench -- [options]
  --quick        a few mails, one burst, one outage: whether it works, no figures to keep
  --renew-docs   puts the figures into docs/performance.md however busy the machine is
  --help         shows this`;

/** Above this share of busy cores (percent) others have been at work: such figures are not put into the docs. */
const quietPercent = 10;
const project = fileURLToPath(new URL('..', import.meta.url));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Sizes {
  /** For each client. */
  readonly mails: number;
  /** At each of both servers. */
  readonly bursts: number;
  readonly outages: number;
}

async function measure(stage: BenchStage, sizes: Sizes): Promise<Omit<BenchResults, 'machine' | 'date'>> {
  say(`${sizes.mails} mails for each of ${clientNames.length} clients`);
  const existsToNotify = await measureMails(stage, sizes.mails);
  for (const name of clientNames) {
    const { medianMs, p95Ms } = existsToNotify[name];
    say(`  ${name}: median ${inMs(medianMs)}, 95 % within ${inMs(p95Ms)}`);
  }
  const burst = async (client: MeasuredClient, server: BurstRun['server']): Promise<BurstRun> => {
    const run = await measureBurst(stage, client, server);
    const told = `first told after ${inMs(run.firstToldMs)}, all after ${inMs(run.allToldMs)}`;
    say(`burst at ${server === 'Dovecot' ? server : `the ${server}`}, delivered in ${inMs(run.deliveryMs)}: ${told}`);
    return run;
  };
  const bursts = await repeat(sizes.bursts, () => burst(stage.clients.tidings, 'Dovecot'));
  const outages = await repeat(sizes.outages, async () => {
    const allToldMs = await measureOutage(stage);
    say(`outage of a minute: all told ${inMs(allToldMs)} after it`);
    return allToldMs;
  });
  await stage.restartTidings();
  const prompt = await stage.moveToPromptServer();
  bursts.push(...(await repeat(sizes.bursts, () => burst(prompt, 'stand-in'))));
  return { existsToNotify, burst50: burstFigures(bursts), outage60: outageFigures(outages) };
}

async function repeat<T>(times: number, run: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let turn = 0; turn < times; turn += 1) results.push(await run());
  return results;
}

function keep(results: BenchResults, inDocs: boolean): void {
  const folder = join(project, 'out', 'bench');
  const plot = latencyPlot(results);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(join(folder, 'exists-to-notify.svg'), plot);
  say(`written: ${join(folder, 'results.json')}`);
  if (!inDocs) return;
  const page = join(project, 'docs', 'performance.md');
  writeFileSync(page, renewFigures(readFileSync(page, 'utf8'), results));
  writeFileSync(join(project, 'docs', 'images', 'exists-to-notify.svg'), plot);
  say(`renewed: ${page}`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      'renew-docs': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    say(usage);
    return;
  }
  const runtime = resolveElectronRuntime();
  const before = await busyPercent();
  if (before > quietPercent) say(`Other programs keep the cores busy to ${before} %: the figures will be wrong.`);
  const stage = await setBenchStage(runtime);
  let measured: Omit<BenchResults, 'machine' | 'date'>;
  try {
    const sizes = values.quick ? { mails: 6, bursts: 1, outages: 1 } : { mails: 60, bursts: 3, outages: 3 };
    measured = await measure(stage, sizes);
  } finally {
    await stage.dispose();
  }
  const busy = { before, after: await busyPercent() };
  const results = { ...measured, machine: describeMachine(runtime, busy), date: new Date().toISOString() };
  for (const { what, measuredMs, limitMs, isMet } of targets(results)) {
    say(`${isMet ? 'met   ' : 'MISSED'}  ${what}: ${inMs(measuredMs)} (target: ${inMs(limitMs)})`);
  }
  const isQuiet = Math.max(busy.before, busy.after) <= quietPercent;
  keep(results, values['renew-docs'] || (isQuiet && !values.quick));
  if (!isQuiet) say(`The machine wasn’t quiet (${busy.before} % before, ${busy.after} % after).`);
}

await main();
