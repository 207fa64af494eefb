import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { projectRoot } from './paths.mjs';
import { capture, runInherited } from './run.mjs';
import { say, SetupError } from './say.mjs';

/** The least version that the tools of the project run on. */
const least = [22, 12];
/** From here on, in its own line of versions and later ones, Node runs TypeScript without being told to. */
const stripsTypes = { 22: [22, 18], 23: [23, 6] };

const binaries = { win32: ['node-win', 'node.exe'] };

function ownBinary() {
  const [name, file] = binaries[process.platform] ?? [`node-${process.platform}`, 'node'];
  return join(projectRoot, 'node_modules', `${name}-${process.arch}`, 'bin', file);
}

function isAtLeast(version, [major, minor]) {
  const [a, b] = version.split('.').map(Number);
  return a > major || (a === major && b >= minor);
}

async function runs(binary) {
  if (!existsSync(binary)) return false;
  try {
    // The file may be for another C library (Alpine Linux): only running it tells.
    return (await capture(binary, ['--version'], { timeout: 10_000 })).code === 0;
  } catch {
    return false;
  }
}

/** PATH with the project's own programs first, as npm gives it to scripts. */
export function pathWithOwnPrograms(env = process.env) {
  const own = join(projectRoot, 'node_modules', '.bin');
  const others = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== own);
  return [own, ...others].join(delimiter);
}

/** What a Node (default: this one) has to be told so that it runs a `.ts` file. */
export function typeScriptFlags(version = process.versions.node) {
  const since = stripsTypes[version.split('.')[0]] ?? [24, 0];
  return isAtLeast(version, since) ? [] : ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];
}

/**
 * Sees to it that the rest runs on the project's own Node. Answers null when this process does already, or
 * does well enough; else the exit code of the same command, run on the project's Node. Throws a
 * {@link SetupError} when there is no Node to go on with.
 */
export async function continueOnProjectNode() {
  const own = ownBinary();
  const isOwn = existsSync(own) && realpathSync(own) === realpathSync(process.execPath);
  // The parent's id: a start of ours never starts itself again, whatever the binary says it is.
  if (isOwn || process.env.TIDINGS_STARTED_AGAIN_BY === String(process.ppid)) {
    say(`Node ${process.versions.node}: the project's own`);
    return null;
  }
  if (await runs(own)) {
    const env = { ...process.env, PATH: pathWithOwnPrograms(), TIDINGS_STARTED_AGAIN_BY: String(process.pid) };
    return runInherited(own, process.argv.slice(1), { env });
  }
  if (isAtLeast(process.versions.node, least)) {
    say(`Node ${process.versions.node}: the machine's (npm has none of the project's for this system)`);
    return null;
  }
  throw new SetupError(
    `this machine's Node is ${process.versions.node}, and npm has none for ${process.platform}-${process.arch}: ` +
      `install Node ${least.join('.')} or later, then try again.`,
  );
}
