import { readFileSync } from 'node:fs';
import { cp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectRoot } from './paths.mjs';
import { capture } from './run.mjs';
import { SetupError } from './say.mjs';

/** How long Electron's download host may take to answer, ms, and the download itself. */
const answerLimit = 15_000;
const downloadLimit = 15 * 60_000;

const packageFolder = join(projectRoot, 'node_modules', 'electron');

/** The Electron version that the project is pinned to. */
export function officialVersion() {
  const { devDependencies } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
  return devDependencies.electron;
}

/** The folder of Electron's releases. The downloader puts a release's name right behind it: so it ends in a slash. */
function mirror(env = process.env) {
  const base = env.npm_config_electron_mirror || env.ELECTRON_MIRROR;
  return base ? base.replace(/\/*$/, '/') : 'https://github.com/electron/electron/releases/download/';
}

function downloadEnv() {
  // Node's own fetch heeds the machine's proxy and certificate settings only when told to.
  return { ...process.env, NODE_USE_ENV_PROXY: '1', NODE_USE_SYSTEM_CA: '1', npm_config_electron_mirror: mirror() };
}

/** Asks, briefly, whether Electron's own downloads can be had here: `{ reachable, reason }`. */
export async function officialAnswers() {
  const url = `${mirror()}v${officialVersion()}/electron-v${officialVersion()}-${process.platform}-${process.arch}.zip`;
  const probe = fileURLToPath(new URL('probe-url.mjs', import.meta.url));
  const result = await capture(process.execPath, [probe, url, String(answerLimit)], {
    env: downloadEnv(),
    timeout: answerLimit + 5_000,
  });
  return { reachable: result.code === 0, reason: result.stdout.trim() || 'no answer' };
}

async function move(from, to) {
  try {
    await rename(from, to);
  } catch (error) {
    if (error.code !== 'EXDEV') throw error;
    await cp(from, to, { recursive: true, verbatimSymlinks: true });
    await rm(from, { recursive: true, force: true });
  }
}

/**
 * Lets the `electron` package download its runtime, which checks it against the checksums that the package
 * carries, and moves it to `directory`, where a fresh node_modules doesn't lose it.
 */
export async function buildOfficial(scratch, directory) {
  const dist = join(packageFolder, 'dist');
  // The package takes what an interrupted download left for whole when an earlier one had ended well.
  await rm(dist, { recursive: true, force: true });
  const result = await capture(process.execPath, [join(packageFolder, 'install.js')], {
    env: downloadEnv(),
    timeout: downloadLimit,
  });
  if (result.code !== 0) {
    const reason = result.stderr.trim().split('\n')[0] || `install-electron ended with ${result.code}`;
    throw new SetupError(reason);
  }
  const version = (await readFile(join(dist, 'version'), 'utf8')).replace(/^v/, '').trim();
  if (version !== officialVersion()) throw new SetupError(`got Electron ${version}, not ${officialVersion()}`);
  // In two steps, so that the final name appears only when everything is there, also across disks.
  await move(dist, join(scratch, 'runtime'));
  await rename(join(scratch, 'runtime'), directory);
}
