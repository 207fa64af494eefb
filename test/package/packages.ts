import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Flavour } from '../../scripts/package/package-options.ts';

export const project = resolve(import.meta.dirname, '..', '..');

/** A package's files, as `npm run test:package` left them in dist/. */
export interface BuiltPackage {
  /** The unpacked app. */
  readonly folder: string;
  readonly executable: string;
  /** The one file of dist/ that ends so. */
  file(ending: string): string;
}

/** @throws when it isn't built */
export function builtPackage(flavour: Flavour): BuiltPackage {
  const output = join(project, 'dist', flavour);
  const folder = join(output, process.arch === 'arm64' ? 'linux-arm64-unpacked' : 'linux-unpacked');
  if (!existsSync(folder)) throw new Error(`There is no ${folder}: npm run test:package builds it`);
  return {
    folder,
    executable: join(folder, 'tidings'),
    file: (ending) => {
      const found = readdirSync(output).filter((name) => name.endsWith(ending));
      const [only, ...others] = found;
      if (only === undefined || others.length > 0) throw new Error(`${found.length} files end in ${ending}`);
      return join(output, only);
    },
  };
}

/** The files under a folder, by their paths relative to it, sorted; links are followed by nobody. */
export function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !lstatSync(join(folder, name)).isDirectory())
    .toSorted();
}

/**
 * What a program wrote to its standard output.
 * @throws with all that it said when it ends with another status than 0
 */
export function outputOf(program: string, args: readonly string[], options: { readonly cwd?: string } = {}): string {
  const ended = spawnSync(program, args, { ...options, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  if (ended.error !== undefined) throw ended.error;
  if (ended.status !== 0) throw new Error(`${program} ended with ${ended.status}: ${ended.stdout}${ended.stderr}`);
  return ended.stdout;
}
