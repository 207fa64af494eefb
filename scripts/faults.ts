// `node scripts/faults.ts [--write-docs]`: makes `out/faults.json` of what the fault tests left in `out/faults/`, and,
// when asked to, the table in docs/reliability.md. Ends with 1 and their names where rows aren't in order.
// `node scripts/faults.ts --clear`, before the tests: forgets what earlier ones left.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { faultTable } from '../test/faults/fault-table.ts';
import { betweenMarkers, faultMarkdown, faultOutcomes } from './fault-report.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'out', 'faults');
const output = join(root, 'out', 'faults.json');
const page = join(root, 'docs', 'reliability.md');
const resultSchema = z.object({
  id: z.int(),
  measuredMs: z.number().nullable(),
  clock: z.enum(['real', 'virtual']),
  ok: z.boolean(),
});

function report(writeDocs: boolean): number {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const results = files.map((name) => resultSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
  const outcomes = faultOutcomes(faultTable, results);
  writeFileSync(output, `${JSON.stringify(outcomes, null, 2)}\n`);
  if (writeDocs) {
    writeFileSync(page, betweenMarkers(readFileSync(page, 'utf8'), faultMarkdown(faultTable, outcomes)));
  }
  const failed = outcomes.filter(({ ok }) => !ok);
  for (const { id, fault } of failed) {
    const played = results.filter((result) => result.id === id).length;
    const expected = faultTable.find((row) => row.id === id)?.tests ?? 0;
    const count = played === expected ? '' : `: ${played} of ${expected} tests played`;
    process.stdout.write(`fault ${id} (${fault}) is not in order${count}\n`);
  }
  const passed = outcomes.filter(({ ok }) => ok);
  process.stdout.write(`${passed.length} faults in order, ${failed.length} not: out/faults.json\n`);
  return failed.length === 0 ? 0 : 1;
}

if (process.argv.includes('--clear')) {
  rmSync(folder, { recursive: true, force: true });
  rmSync(output, { force: true });
} else {
  mkdirSync(folder, { recursive: true });
  process.exitCode = report(process.argv.includes('--write-docs'));
}
