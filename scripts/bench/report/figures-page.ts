import { type BenchResults, clientNames, type ClientName, targets } from './results.ts';

const begin = '<!-- figures: written by npm run bench -->';
const end = '<!-- end of figures -->';

/** The page with these results' figures in the place of others. @throws when it has no place for them */
export function renewFigures(page: string, results: BenchResults): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`The page lacks “${begin}” or “${end}”`);
  return `${page.slice(0, from)}${begin}\n${figures(results)}\n${page.slice(to)}`;
}

const clientWords: Readonly<Record<ClientName, string>> = {
  tidings: '**Tidings**',
  imapflow: 'bare imapflow script',
  rawSocket: 'raw TLS socket, asks for nothing',
};

function figures(results: BenchResults): string {
  const { existsToNotify, burst50, machine, date } = results;
  const latencies = clientNames.map((name) => {
    const { medianMs, p95Ms, samples } = existsToNotify[name];
    return `| ${clientWords[name]} | ${inMs(medianMs)} | ${inMs(p95Ms)} | ${samples.length} |`;
  });
  const held = targets(results).map(
    ({ what, measuredMs, limitMs, isMet }) =>
      `| ${what} | ${inMs(measuredMs)} | ≤ ${inMs(limitMs)} | ${isMet ? 'met' : '**missed**'} |`,
  );
  return `| one mail: from EXISTS to Notify | median | 95 % within | mails |
|---|---|---|---|
${latencies.join('\n')}

| | measured | target | |
|---|---|---|---|
${held.join('\n')}
| burst of 50 in 1 s: the first told after its first EXISTS | ${inMs(burst50.firstToldMs)} | at once | |

${date.slice(0, 10)}: ${machine.cores} cores of ${machine.cpu}, ${machine.memoryMiB} MiB, ${machine.os}; Electron ${machine.electron}, Node ${machine.node}. Other programs kept the cores busy to ${machine.busyPercent.before} % before and ${machine.busyPercent.after} % after.`;
}

/** With as many digits as mean something. */
export function inMs(ms: number): string {
  if (Math.abs(ms) >= 10_000) return `${(ms / 1_000).toFixed(0)} s`;
  if (Math.abs(ms) >= 1_000) return `${(ms / 1_000).toFixed(1)} s`;
  return `${Math.abs(ms) >= 10 ? ms.toFixed(0) : ms.toFixed(1)} ms`;
}
