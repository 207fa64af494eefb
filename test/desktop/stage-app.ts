import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** This checkout. */
const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Packages that the built app loads at run time; everything else is bundled into it. */
const runtimeModules = ['keytar'];

/**
 * Copies the built app (out/ and what it needs at run time) to a new folder that everybody can read: an ordinary
 * user can't enter a checkout that belongs to root.
 * @param checkout where the app is built; this one by default
 * @returns `into`
 * @throws when the app isn't built
 */
export function stageBuiltApp(into: string, checkout: string = projectFolder): string {
  const manifest = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as Record<string, unknown>;
  const kept = Object.fromEntries(
    ['name', 'productName', 'version', 'type', 'main', 'desktopName'].flatMap((key) =>
      key in manifest ? [[key, manifest[key]]] : [],
    ),
  );
  const copy = (...path: string[]): void => {
    const target = join(into, ...path);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(checkout, ...path), target, { recursive: true });
  };
  mkdirSync(into);
  writeFileSync(join(into, 'package.json'), JSON.stringify(kept, null, 2));
  for (const part of ['main', 'preload', 'renderer']) copy('out', part);
  for (const name of runtimeModules) {
    copy('node_modules', name, 'package.json');
    copy('node_modules', name, 'lib');
    copy('node_modules', name, 'prebuilds', `${process.platform}-${process.arch}`);
  }
  letEverybodyRead(into);
  return into;
}

/** Said of each entry itself: what the caller's umask and the checkout's modes leave to others may be nothing. */
function letEverybodyRead(folder: string): void {
  chmodSync(folder, 0o755);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    const stats = statSync(path);
    chmodSync(path, stats.isDirectory() || (stats.mode & 0o100) !== 0 ? 0o755 : 0o644);
  }
}
