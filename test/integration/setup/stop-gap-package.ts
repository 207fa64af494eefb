import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pin } from '../../../scripts/lib/stop-gap.mjs';
import { stopGap } from '../../../scripts/lib/stop-gap.mjs';
import type { Checkout, Running } from './checkout.ts';

/** A package in the stop-gap's shape, and how it is pinned. */
export interface StopGapPackage {
  readonly tarball: string;
  readonly pin: Pin;
}

const hash = (algorithm: string, encoding: 'hex' | 'base64', data: Buffer | string): string =>
  createHash(algorithm).update(data).digest(encoding);

/** Makes a {@link StopGapPackage} in a checkout's folder, for the system that the tests run on. */
export function makeStopGapPackage(checkout: Checkout, mainProgram = 'Electron'): StopGapPackage {
  const content = {
    [stopGap.program]: mainProgram,
    'LICENSE.electron.txt': '',
    'chrome-sandbox': '',
    'locales/en-US.pak': '',
    'resources/app.asar': 'another program',
    'package.json': '{}',
  };
  for (const [path, text] of Object.entries(content)) checkout.write(join('stop-gap', 'package', path), text);
  const tarball = join(checkout.folder, 'stop-gap.tgz');
  const folder = join(checkout.folder, 'stop-gap');
  execFileSync('tar', ['--create', '--gzip', '--file', tarball, '--directory', folder, 'package']);
  const integrity = `sha512-${hash('sha512', 'base64', readFileSync(tarball))}`;
  const programSha256 = hash('sha256', 'hex', mainProgram);
  return { tarball, pin: { ...stopGap, arch: process.arch, integrity, programSha256 } };
}

/** The name of its folder in the cache, once it is whole. */
export const keptStopGap = `stop-gap-${stopGap.version}-1-${process.platform}-${process.arch}`;

/** Lets a checkout make sure of its Electron, with a stop-gap that may be pinned and offered by npm. */
export function ensureElectron(checkout: Checkout, env: NodeJS.ProcessEnv, offer?: StopGapPackage): Running {
  const options = JSON.stringify(offer === undefined ? {} : { pin: offer.pin });
  const code = `const runtime = await import('./scripts/lib/electron-runtime.mjs');
    await runtime.ensureElectronRuntime(${options});`;
  const own = offer === undefined ? {} : { NPM_STANDIN_PACKAGE: offer.tarball };
  return checkout.node(['--input-type=module', '--eval', code], 'ok', { ...own, ...env });
}
