import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { shippableLicences } from '../licences.ts';
import { PackagingFailure } from './packaging-failure.ts';

/** A library that is shipped, as Vite's `build.license` writes it. */
export interface ShippedLibrary {
  readonly name: string;
  readonly version: string;
  /** SPDX identifier or expression. */
  readonly identifier?: string | undefined;
  readonly text?: string | undefined;
}

const shippedLibraries = z.array(
  z.object({
    name: z.string(),
    version: z.string(),
    identifier: z.string().optional(),
    text: z.string().optional(),
  }),
);

/** Where a library leaves a choice of licences, or none of its files says it: which one we take, and its text. */
const chosen: Readonly<Record<string, { readonly identifier: string; readonly file: string }>> = {
  '@zone-eu/mailsplit': { identifier: 'MIT', file: 'node_modules/@zone-eu/mailsplit/LICENSE.MIT' },
  // Its package.json says MIT, its package has no text.
  '@fluentui/react-icons': { identifier: 'MIT', file: 'assets/licences/fluentui-react-icons.txt' },
};

/** Not bundled, but packed beside the bundle (electron-builder.yml). */
const besideTheBundle = ['keytar'];

const parts = ['main', 'preload', 'renderer'];

const head = `Tidings contains the libraries below, each under its own licence.

Electron, Chromium and what those contain are under the licences in the files LICENSE.electron.txt and
LICENSES.chromium.html beside this one.`;

const rule = '-'.repeat(80);

/**
 * Every library in the build in `projectFolder`/out, each once and sorted by name.
 * @throws PackagingFailure when a part wasn't built, or a library has no licence text or one that isn't permitted
 */
export function shippedLibrariesOf(projectFolder: string): ShippedLibrary[] {
  const bundled = parts.flatMap((part) => {
    const file = join(projectFolder, 'out', part, '.vite', 'licenses.json');
    if (!existsSync(file)) throw new PackagingFailure(`out/${part} doesn’t say what is in it: build it first`);
    return shippedLibraries.parse(JSON.parse(readFileSync(file, 'utf8')));
  });
  const beside = besideTheBundle.map((folder) => packedLibrary(projectFolder, folder));
  const all = new Map([...bundled, ...beside].map((library) => [`${library.name}@${library.version}`, library]));
  return [...all.values()]
    .map((library) => withChosenLicence(projectFolder, library))
    .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1));
}

function packedLibrary(projectFolder: string, folder: string): ShippedLibrary {
  const path = join(projectFolder, 'node_modules', folder);
  const manifest = z
    .object({ name: z.string(), version: z.string(), license: z.string() })
    .parse(JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')));
  const text = readFileSync(join(path, 'LICENSE.md'), 'utf8').trim();
  return { name: manifest.name, version: manifest.version, identifier: manifest.license, text };
}

function withChosenLicence(projectFolder: string, library: ShippedLibrary): ShippedLibrary {
  const choice = chosen[library.name];
  const { identifier, text } =
    choice === undefined
      ? library
      : { identifier: choice.identifier, text: readFileSync(join(projectFolder, choice.file), 'utf8').trim() };
  const name = `${library.name} ${library.version}`;
  if (identifier === undefined || !shippableLicences.has(identifier)) {
    throw new PackagingFailure(`${name} is under ${identifier ?? 'no licence'}, which isn’t one of those permitted`);
  }
  if (text === undefined || text === '') throw new PackagingFailure(`${name} comes without the text of its licence`);
  return { name: library.name, version: library.version, identifier, text };
}

/** The notices as people read them. */
export function noticesText(libraries: readonly ShippedLibrary[]): string {
  const entries = libraries.map(
    ({ name, version, identifier, text }) => `${name} ${version} (${identifier ?? ''})\n\n${text ?? ''}`,
  );
  return `${[head, ...entries].join(`\n\n${rule}\n`)}\n`.replaceAll('\r\n', '\n');
}
