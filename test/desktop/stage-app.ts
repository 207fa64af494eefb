import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** This checkout. */
const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Packages that the built app loads at run time; everything else is bundled into it. */
const runtimeModules = ['keytar'];

/**
 * Copies the built app (out/ and what it needs at run time) to a new folder that everybody can read: an ordinary
 * user can't enter a checkout that belongs to root.
 * @returns `into`
 * @throws when the app isn't built
 */
export function stageBuiltApp(into: string): string {
  const manifest = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as Record<string, unknown>;
  const kept = Object.fromEntries(
    ['name', 'productName', 'version', 'type', 'main', 'desktopName'].flatMap((key) =>
      key in manifest ? [[key, manifest[key]]] : [],
    ),
  );
  mkdirSync(into, { mode: 0o755 });
  writeFileSync(join(into, 'package.json'), JSON.stringify(kept, null, 2));
  for (const part of ['main', 'preload', 'renderer']) copyReadable(join('out', part), into);
  for (const name of runtimeModules) {
    copyReadable(join('node_modules', name, 'package.json'), into);
    copyReadable(join('node_modules', name, 'lib'), into);
    copyReadable(join('node_modules', name, 'prebuilds', `${process.platform}-${process.arch}`), into);
  }
  return into;
}

function copyReadable(path: string, into: string): void {
  const target = join(into, path);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(join(projectFolder, path), target, { recursive: true });
}
