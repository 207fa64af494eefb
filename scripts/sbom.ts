// `node scripts/sbom.ts <file>`: writes what is in the packages of the build in out/ as a CycloneDX bill of materials.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { shippedLibrariesOf } from './package/notices.ts';
import { type Bill, billOfShipped, parseBill } from './sbom-bill.ts';

const project = resolve(import.meta.dirname, '..');

function npmBill(): Bill {
  const args = ['sbom', '--sbom-format=cyclonedx', '--package-lock-only'];
  return parseBill(execFileSync('npm', args, { cwd: project, encoding: 'utf8', maxBuffer: 64 * 1024 ** 2 }));
}

function main(file: string): void {
  const libraries = shippedLibrariesOf(project).map(({ name, version }) => `${name}@${version}`);
  const manifest: unknown = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  const { electron } = z
    .object({ devDependencies: z.object({ electron: z.string() }) })
    .parse(manifest).devDependencies;
  const shipped = billOfShipped(npmBill(), { libraries, electronVersion: electron });
  mkdirSync(dirname(resolve(file)), { recursive: true });
  writeFileSync(file, `${JSON.stringify(shipped, null, 2)}\n`);
  process.stdout.write(`${file}: ${shipped.components.length} components\n`);
}

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: node scripts/sbom.ts <file>');
main(file);
