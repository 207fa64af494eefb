import { median, percentile } from './statistics.ts';

export const clientNames = ['tidings', 'imapflow', 'rawSocket'] as const;
export type ClientName = (typeof clientNames)[number];

/** All times in ms, to the microsecond. */
export interface LatencyFigures {
  readonly medianMs: number;
  readonly p95Ms: number;
  /** One a mail, in the order they came. */
  readonly samples: readonly number[];
}

export interface BurstRun {
  /** Dovecot tells of what came in half a second together, the stand-in of each mail at once. */
  readonly server: 'Dovecot' | 'stand-in';
  /** From the burst's first EXISTS to the first notification. */
  readonly firstToldMs: number;
  /** From the burst's last EXISTS until the notifications on screen say all of it. */
  readonly allToldMs: number;
  /** How long the mails took to be delivered. */
  readonly deliveryMs: number;
}

/** What `npm run bench` found out: `out/bench/results.json`. */
export interface BenchResults {
  readonly existsToNotify: Readonly<Record<ClientName, LatencyFigures>>;
  /** The slowest of `runs`. */
  readonly burst50: Pick<BurstRun, 'firstToldMs' | 'allToldMs'> & { readonly runs: readonly BurstRun[] };
  /** The slowest of `runs`, each from the server's return until all mail of the outage is told. */
  readonly outage60: { readonly allToldMs: number; readonly runs: readonly number[] };
  readonly machine: Machine;
  /** ISO 8601. */
  readonly date: string;
}

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryMiB: number;
  readonly os: string;
  readonly node: string;
  readonly electron: string;
  /** How busy other programs kept the cores before and after, in percent: with more than a few no figure is right. */
  readonly busyPercent: { readonly before: number; readonly after: number };
}

export function latencyFigures(samples: readonly number[]): LatencyFigures {
  return {
    medianMs: rounded(median(samples)),
    p95Ms: rounded(percentile(samples, 0.95)),
    samples: samples.map(rounded),
  };
}

export function burstFigures(runs: readonly BurstRun[]): BenchResults['burst50'] {
  const all = runs.map(({ server, firstToldMs, allToldMs, deliveryMs }) => ({
    server,
    firstToldMs: rounded(firstToldMs),
    allToldMs: rounded(allToldMs),
    deliveryMs: rounded(deliveryMs),
  }));
  return {
    firstToldMs: Math.max(...all.map(({ firstToldMs }) => firstToldMs)),
    allToldMs: Math.max(...all.map(({ allToldMs }) => allToldMs)),
    runs: all,
  };
}

export function outageFigures(runs: readonly number[]): BenchResults['outage60'] {
  return { allToldMs: rounded(Math.max(...runs)), runs: runs.map(rounded) };
}

function rounded(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}

/** One thing that the figures are held to. */
export interface Target {
  readonly what: string;
  readonly measuredMs: number;
  readonly limitMs: number;
  readonly isMet: boolean;
}

/** The project's targets. */
export function targets({ existsToNotify, burst50, outage60 }: Omit<BenchResults, 'machine' | 'date'>): Target[] {
  const aboveImapflow = rounded(existsToNotify.tidings.medianMs - existsToNotify.imapflow.medianMs);
  const target = (what: string, measuredMs: number, limitMs: number): Target => ({
    ...{ what, measuredMs, limitMs },
    isMet: measuredMs <= limitMs,
  });
  return [
    target('one mail: median above the bare imapflow script’s', aboveImapflow, 2),
    target('burst of 50 in 1 s: all told after its last EXISTS', burst50.allToldMs, 600),
    target('outage of 60 s: all told after the server is back', outage60.allToldMs, 10_000),
  ];
}
