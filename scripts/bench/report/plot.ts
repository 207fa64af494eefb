import { inMs } from './figures-page.ts';
import { type BenchResults, type ClientName, clientNames } from './results.ts';

/** Other programs, measured with the same method on a machine of the same kind: a range, or one value twice (ms). */
const otherPrograms = [
  { name: 'Mailnag', from: 12, to: 26 },
  { name: 'Thunderbird', from: 48, to: 64 },
  { name: 'Geary', from: 1_028, to: 1_028 },
] as const;

const words: Readonly<Record<ClientName, string>> = {
  tidings: 'Tidings',
  imapflow: 'bare imapflow',
  rawSocket: 'raw socket',
};

const width = 840;
const left = 140;
const right = 36;
const top = 64;
const rowHeight = 52;
const bottom = 56;
/** Room for the words beside the last dot. */
const medianWidth = 100;
/** Ends of the axis, powers of ten (ms). */
const axis = { from: -1, to: 4 } as const;

/** From EXISTS to Notify: a dot a mail, on a logarithmic axis, one row a client. An SVG that follows dark and light. */
export function latencyPlot({ existsToNotify }: Pick<BenchResults, 'existsToNotify'>): string {
  const height = top + rowHeight * (clientNames.length + otherPrograms.length) + bottom;
  const floor = height - bottom;
  const measured = clientNames.map((name, row) => measuredRow(name, existsToNotify[name], middleOf(row)));
  const others = otherPrograms.map((other, index) => otherRow(other, middleOf(clientNames.length + index)));
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="t">`,
    '<title id="t">From the server’s EXISTS to the notification, for each client, on a logarithmic axis</title>',
    style,
    `<rect class="paper" width="${width}" height="${height}" rx="8"/>`,
    `<text class="title" x="24" y="34">New mail → notification</text>`,
    ...ticks(floor),
    `<text class="label" x="${width - right}" y="33" text-anchor="end">` +
      'grey: measured before, on a machine of this kind</text>',
    ...measured.flat(),
    ...others.flat(),
    `<text class="label" x="${(left + width - right) / 2}" y="${height - 14}" text-anchor="middle">` +
      'from EXISTS on the wire to the Notify call (ms, logarithmic; one dot a mail)</text>',
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
}

const style = `<style>
.paper { fill: #ffffff; } text { fill: #242424; font: 14px system-ui, sans-serif; }
.title { font-size: 17px; font-weight: 600; } .label { fill: #616161; font-size: 12px; } .grid { stroke: #e0e0e0; }
.tidings { fill: #0f6cbd; } .imapflow { fill: #8661c5; } .rawSocket { fill: #107c10; } .other { fill: #8a8a8a; }
.dot { fill-opacity: 0.45; } .median { stroke: #242424; stroke-width: 2; }
@media (prefers-color-scheme: dark) {
.paper { fill: #1f1f1f; } text { fill: #ffffff; } .label { fill: #adadad; } .grid { stroke: #3d3d3d; }
.tidings { fill: #479ef5; } .imapflow { fill: #b29ddb; } .rawSocket { fill: #54b054; } .median { stroke: #ffffff; }
}
</style>`;

function middleOf(row: number): number {
  return top + rowHeight * (row + 0.5);
}

/** Where a time stands; what lies outside of the axis stands at its end. */
function positionOf(ms: number): number {
  const share = (Math.log10(Math.max(ms, 10 ** axis.from)) - axis.from) / (axis.to - axis.from);
  return Math.round((left + Math.min(1, share) * (width - left - right)) * 10) / 10;
}

function ticks(floor: number): string[] {
  const powers = Array.from({ length: axis.to - axis.from + 1 }, (_, index) => axis.from + index);
  return powers.flatMap((power) => {
    const x = positionOf(10 ** power);
    return [
      `<line class="grid" x1="${x}" y1="${top}" x2="${x}" y2="${floor}"/>`,
      `<text class="label" x="${x}" y="${floor + 18}" text-anchor="middle">${10 ** power}</text>`,
    ];
  });
}

/** Dots are spread over the height of the row in the order they came, so that none hides another. */
function measuredRow(name: ClientName, { samples, medianMs }: BenchResults['existsToNotify'][ClientName], y: number) {
  const spread = rowHeight * 0.5;
  const dots = samples.map((ms, index) => {
    const cy = y - spread / 2 + ((index * 0.618) % 1) * spread;
    return `<circle class="dot ${name}" cx="${positionOf(ms)}" cy="${cy.toFixed(1)}" r="3.5"/>`;
  });
  const x = positionOf(medianMs);
  const beside = Math.min(positionOf(Math.max(...samples)) + 12, width - right - medianWidth);
  return [
    `<text x="${left - 12}" y="${y + 5}" text-anchor="end">${words[name]}</text>`,
    ...dots,
    `<line class="median" x1="${x}" y1="${y - 18}" x2="${x}" y2="${y + 18}"/>`,
    `<text class="label" x="${beside}" y="${y + 4}">median ${inMs(medianMs)}</text>`,
  ];
}

function otherRow({ name, from, to }: (typeof otherPrograms)[number], y: number): string[] {
  const start = positionOf(from) - 3;
  const length = positionOf(to) + 3 - start;
  const label = from === to ? inMs(from) : `${from} to ${to} ms`;
  return [
    `<text class="label" x="${left - 12}" y="${y + 4}" text-anchor="end">${name}</text>`,
    `<rect class="other" x="${start}" y="${y - 7}" width="${length.toFixed(1)}" height="14" rx="4"/>`,
    `<text class="label" x="${(start + length + 10).toFixed(1)}" y="${y + 4}">${label}</text>`,
  ];
}
