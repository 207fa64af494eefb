// Stands in for Electron's own default app in a runtime that came without one: `electron <folder>` then
// starts the app in that folder as an official runtime does. The options are the official default app's.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const require = createRequire(import.meta.url);

function readArguments(args) {
  const preload = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index];
    if (arg === '--version' || arg === '-v') return { preload, version: true, target: null };
    if (arg === '-r' || arg === '--require') {
      index += 1;
      if (args[index] !== undefined) preload.push(args[index]);
    } else if (arg.startsWith('--app=')) return { preload, version: false, target: arg.slice('--app='.length) };
    else if (!arg.startsWith('-')) return { preload, version: false, target: arg };
  }
  return { preload, version: false, target: null };
}

function findPackage(target) {
  const path = resolve(target);
  const manifest = join(path, 'package.json');
  if (!existsSync(manifest)) return { folder: dirname(path), main: path, manifest: {} };
  const content = JSON.parse(readFileSync(manifest, 'utf8'));
  return { folder: path, main: require.resolve(path), manifest: content };
}

async function start({ preload, version, target }) {
  if (version) {
    process.stdout.write(`v${process.versions.electron}\n`);
    process.exit(0);
  }
  if (target === null) throw new Error('Which app? Use: electron <folder>');
  // What the app can't tell apart from an official runtime.
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
  const { folder, main, manifest } = findPackage(target);
  const name = manifest.productName ?? manifest.name;
  if (name) app.setName(name);
  if (manifest.version) app.setVersion(manifest.version);
  if (process.platform === 'linux') app.setDesktopName(manifest.desktopName ?? `${app.name}.desktop`);
  app.setAppPath(folder);
  for (const module of preload) require(resolve(module));
  await import(pathToFileURL(main).href);
}

try {
  // Awaited at the top level, so that Electron holds back `ready` until the app is loaded.
  await start(readArguments(process.argv.slice(1)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}
