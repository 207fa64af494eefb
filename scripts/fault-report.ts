import type { FaultRow } from '../test/faults/fault-table.ts';

/** What one test of a row left behind. */
export interface FaultResult {
  readonly id: number;
  readonly measuredMs: number | null;
  readonly clock: 'real' | 'virtual';
  readonly ok: boolean;
}

/** A row of the output. */
export interface FaultOutcome {
  readonly id: number;
  readonly fault: string;
  readonly boundMs: number | null;
  /** The longest of its tests; null where none measured. */
  readonly measuredMs: number | null;
  readonly ok: boolean;
  readonly clock?: 'real' | 'virtual';
}

/**
 * One outcome a row of the table. A row is in order when all its tests are, as many as the table says, and one of them
 * measured where there is a bound to keep.
 */
export function faultOutcomes(table: readonly FaultRow[], results: readonly FaultResult[]): readonly FaultOutcome[] {
  return table.map(({ id, fault, boundMs, tests }) => {
    const own = results.filter((result) => result.id === id);
    if (own.length === 0) return { id, fault, boundMs, measuredMs: null, ok: false };
    const times = own.flatMap(({ measuredMs }) => measuredMs ?? []);
    const measuredMs = times.length === 0 ? null : Math.max(...times);
    const isMeasured = boundMs === null || (measuredMs !== null && measuredMs <= boundMs);
    const clock = own.some((result) => result.clock === 'virtual') ? 'virtual' : 'real';
    return {
      id,
      fault,
      boundMs,
      measuredMs,
      ok: isMeasured && own.length === tests && own.every(({ ok }) => ok),
      clock,
    };
  });
}

const number = new Intl.NumberFormat('en');
const ms = (value: number | null): string => (value === null ? '' : number.format(value));

function verdictOf({ ok, clock }: FaultOutcome): string {
  if (!ok) return '**no**';
  return clock === 'virtual' ? 'yes, by a virtual clock' : 'yes';
}

/** The outcomes as a table of Markdown. */
export function faultMarkdown(table: readonly FaultRow[], outcomes: readonly FaultOutcome[]): string {
  const lines = outcomes.map((outcome) => {
    const expected = table.find(({ id }) => id === outcome.id)?.expected ?? '';
    const cells = [
      outcome.id,
      outcome.fault,
      expected,
      ms(outcome.boundMs),
      ms(outcome.measuredMs),
      verdictOf(outcome),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const head = ['| # | fault | expected | at most, ms | measured, ms | in order |', '|--:|---|---|--:|--:|---|'];
  return [...head, ...lines].join('\n');
}

const begin = '<!-- faults: begin -->';
const end = '<!-- faults: end -->';

/** `page` with `content` between its markers. @throws when it has none */
export function betweenMarkers(page: string, content: string): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`The page lacks ${begin} or ${end}`);
  return `${page.slice(0, from + begin.length)}\n${content}\n${page.slice(to)}`;
}
