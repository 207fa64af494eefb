// What may be in a package of the app, told from its code and the lock file alone: no build, no network.

/**
 * Licences under which a library may be inside of what is given to people: all ask for no more than a notice. No
 * copyleft.
 */
export const shippableLicences: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
]);

/** What is looked at of an entry in package-lock.json. */
interface LockedPackage {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

type LockedPackages = Readonly<Record<string, LockedPackage>>;

/** Replaced by a few lines of ours when the app is built: electron.vite.config.ts. */
const replaced: ReadonlySet<string> = new Set(['@azure/msal-node-runtime']);

/** Types are gone when the code runs. */
const isTypesOnly = (name: string): boolean => name.startsWith('@types/') || name === 'csstype';

const importPattern = /(?:\bfrom\s*|\bimport\s*\(?\s*)(['"])([^'"\n]+)\1/g;

/** The packages that a file of the app imports by name; neither Node's own modules nor Electron. */
export function importedPackages(source: string): readonly string[] {
  const names = [...source.matchAll(importPattern)]
    .map((match) => match[2] ?? '')
    .filter((specifier) => /^[@a-z]/.test(specifier) && !specifier.startsWith('node:'))
    .map((specifier) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/'));
  return [...new Set(names)].filter((name) => name !== 'electron');
}

/** The key of the entry that Node would find for `name` from the package at `from`. Throws when there is none. */
function lookUp(packages: LockedPackages, from: string, name: string): string {
  for (let folder = from; ;) {
    const key = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (packages[key] !== undefined) return key;
    if (folder === '') throw new Error(`${from || 'the app'} imports ${name}, which the lock file doesn't have`);
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1));
  }
}

/**
 * The lock file's keys of every package of which code can be inside a package of the app: those that its code imports,
 * and what they depend on. The bundler leaves some of it out; nothing else gets in. Sorted.
 */
export function shippedPackages(
  { packages }: { readonly packages: LockedPackages },
  imported: Iterable<string>,
): readonly string[] {
  const found = new Set<string>();
  const add = (from: string, name: string): void => {
    if (replaced.has(name) || isTypesOnly(name)) return;
    const key = lookUp(packages, from, name);
    if (found.has(key)) return;
    found.add(key);
    for (const dependency of Object.keys(packages[key]?.dependencies ?? {})) add(key, dependency);
  };
  for (const name of imported) add('', name);
  return [...found].toSorted();
}

/** Whether an SPDX expression leaves a choice that is in `allowed`: `MIT`, `(MIT OR GPL-2.0)`, `MIT AND ISC`. */
export function isLicenceAllowed(expression: string | undefined, allowed: ReadonlySet<string>): boolean {
  if (expression === undefined) return false;
  const words = expression.replaceAll(/[()]/g, ' ').trim();
  // Parentheses matter where AND and OR are mixed; such an expression is for somebody to read.
  if (/\sAND\s/.test(words) && /\sOR\s/.test(words)) return false;
  if (/\sAND\s/.test(words)) return words.split(/\s+AND\s+/).every((id) => allowed.has(id));
  return words.split(/\s+OR\s+/).some((id) => allowed.has(id));
}
