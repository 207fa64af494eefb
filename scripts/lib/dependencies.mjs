import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmCommand } from './npm.mjs';
import { projectRoot } from './paths.mjs';
import { runInherited } from './run.mjs';
import { say, seconds, SetupError } from './say.mjs';

const modules = join(projectRoot, 'node_modules');
const stamp = join(modules, '.tidings-set-up');
const npmNote = join(modules, '.package-lock.json');

function readOrNull(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Whether npm's own note of what it installed (`node_modules/.package-lock.json`, which it writes last)
 * says the same as the lock file. Optional packages may lack: most are for other systems.
 */
export function installedMatchesLock(lock, installed) {
  const present = installed.packages ?? {};
  const wanted = Object.entries(lock.packages).filter(([key]) => key !== '');
  const same = ([key, { version, integrity, optional }]) => {
    const entry = present[key];
    if (entry === undefined) return optional === true;
    return entry.version === version && (integrity === undefined || entry.integrity === integrity);
  };
  return wanted.every(same) && Object.keys(present).every((key) => lock.packages[key] !== undefined);
}

/** What of npm's note is not on the disk: an `npm ci` that was killed while it cleared up may have left its notes. */
export function missingPackages(installed, folder) {
  return Object.keys(installed.packages ?? {}).filter((key) => !existsSync(join(folder, key, 'package.json')));
}

function readNote() {
  try {
    return JSON.parse(readOrNull(npmNote));
  } catch {
    // Cut off: not to be trusted either.
    return null;
  }
}

function isInPlace(lockText, hash) {
  const installed = readNote();
  if (installed === null || missingPackages(installed, projectRoot).length > 0) return false;
  if (readOrNull(stamp) === hash) return true;
  // Somebody ran `npm ci` by hand: nothing is to be done again.
  if (!installedMatchesLock(JSON.parse(lockText), installed)) return false;
  writeFileSync(stamp, hash);
  return true;
}

/** Makes sure that node_modules is what the lock file says. */
export async function ensureDependencies() {
  const lockText = readFileSync(join(projectRoot, 'package-lock.json'), 'utf8');
  const hash = createHash('sha256').update(lockText).digest('hex');
  if (isInPlace(lockText, hash)) {
    say('npm packages: in place');
    return;
  }
  if (process.platform === 'win32' && process.execPath.startsWith(modules)) {
    // Windows doesn't let a running program be replaced, and we are running on the Node in there.
    throw new SetupError('the npm packages changed. Run `npm ci`, then try again.');
  }
  const startedAt = performance.now();
  say('npm packages: installing as locked (npm ci) …');
  // The machine's older Node is no obstacle: neither an error, whatever the machine's settings, nor dozens of warnings.
  // First of all the notes: npm removes what is there in no order, and is trusted again when it has written its own.
  for (const file of [stamp, npmNote]) rmSync(file, { force: true });
  const { command, args, options } = npmCommand(['ci', '--engine-strict=false', '--loglevel=error']);
  const code = await runInherited(command, args, options);
  if (code !== 0) throw new SetupError(`npm ci ended with ${code}; what it said is above. Mend that, then try again.`);
  writeFileSync(stamp, hash);
  say(`npm packages: installed in ${seconds(startedAt)}`);
}
