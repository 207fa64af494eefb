import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { faultTable } from './fault-table.ts';

/** Where each test leaves what it measured, for scripts/faults.ts. */
const resultsFolder = join(import.meta.dirname, '..', '..', 'out', 'faults');

export interface FaultTestOptions {
  /** `virtual`: what would take too long was played on a clock of the test's. Default: `real`. */
  readonly clock?: 'real' | 'virtual';
  /** Tells several tests of one row apart. */
  readonly variant?: string;
}

/**
 * Registers the test of a row of the fault table. What `run` gives is the row's own measure (ms), held to the row's
 * bound. The result is written to `out/faults/`, as failed until the test has passed.
 * @throws when the table has no such row
 */
export function faultTest(id: number, run: () => Promise<number | void>, options: FaultTestOptions = {}): void {
  const { clock = 'real', variant } = options;
  const row = faultTable.find((each) => each.id === id);
  if (row === undefined) throw new Error(`The fault table has no row ${id}`);
  const { fault, boundMs } = row;
  const fileName = variant === undefined ? `${id}` : `${id}-${variant.replaceAll(/[^a-z0-9]+/giu, '-')}`;
  const write = (measuredMs: number | null, ok: boolean): void => {
    mkdirSync(resultsFolder, { recursive: true });
    const result = { id, fault, boundMs, measuredMs, clock, ok };
    writeFileSync(join(resultsFolder, `${fileName}.json`), `${JSON.stringify(result)}\n`);
  };
  it(variant === undefined ? `${id} ${fault}` : `${id} ${fault}: ${variant}`, async () => {
    write(null, false);
    const measured = await run();
    const measuredMs = typeof measured === 'number' ? Math.round(measured) : null;
    const inTime = measuredMs === null || boundMs === null || measuredMs <= boundMs;
    write(measuredMs, inTime);
    if (measuredMs !== null && boundMs !== null) expect(measuredMs).toBeLessThanOrEqual(boundMs);
  });
}
