import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stopGap } from '../../../scripts/lib/stop-gap.mjs';
import type { Checkout, Running } from './checkout.ts';
import { makeCheckout } from './checkout.ts';

let checkout: Checkout;
beforeEach(() => {
  checkout = makeCheckout();
});
afterEach(() => checkout.dispose());

const ensure = (env: NodeJS.ProcessEnv): Running => {
  const code =
    "const runtime = await import('./scripts/lib/electron-runtime.mjs'); await runtime.ensureElectronRuntime();";
  return checkout.node(['--input-type=module', '--eval', code], 'ok', env);
};

/** Waits for the stand-in to leave the file `half-way`, then ends it and the set-up. */
async function interrupt(running: Running, signal: NodeJS.Signals): Promise<void> {
  const mark = join(checkout.folder, 'half-way');
  await expect.poll(() => existsSync(mark)).toBe(true);
  running.signal(signal);
  await running.ended;
  rmSync(mark);
}

const kept = (): string[] => readdirSync(join(checkout.cache, 'electron')).filter((name) => !name.endsWith('.json'));
const filesOf = (runtime: string): string[] =>
  readdirSync(join(checkout.cache, 'electron', runtime), { recursive: true, encoding: 'utf8' }).toSorted();

const signals = ['SIGINT', 'SIGKILL'] as const;

describe('a set-up interrupted while the official Electron is unpacked', () => {
  let mirror: Server;
  beforeEach(async () => {
    mirror = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
    await once(mirror, 'listening');
  });
  afterEach(async () => {
    mirror.close();
    await once(mirror, 'close');
  });

  /** As the electron package's own: what is there with the right version counts as whole. */
  const electronPackage = (rest: string): void =>
    checkout.write(
      'node_modules/electron/install.js',
      `import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
       const dist = new URL('dist/', import.meta.url);
       if (existsSync(new URL('version', dist))) process.exit();
       mkdirSync(dist, { recursive: true });
       writeFileSync(new URL('version', dist), '45.0.0');
       writeFileSync(new URL('electron', dist), '');
       ${rest}`,
    );

  it.each(signals)('is repaired by the next run: %s', async (signal) => {
    const env = { ELECTRON_MIRROR: `http://127.0.0.1:${(mirror.address() as AddressInfo).port}/` };
    electronPackage("writeFileSync('half-way', ''); setInterval(() => {}, 1_000_000);");
    await interrupt(ensure(env), signal);
    electronPackage("writeFileSync(new URL('resources.pak', dist), '');");
    const { code, output } = await ensure(env).ended;
    expect(output).toContain('official runtime installed');
    expect(code).toBe(0);
    const runtime = `official-45.0.0-${process.platform}-${process.arch}`;
    expect(kept()).toEqual([runtime]);
    expect(filesOf(runtime)).toEqual(['electron', 'resources.pak', 'version']);
  });
});

describe('a set-up interrupted while the stop-gap is unpacked', () => {
  let env: NodeJS.ProcessEnv;

  /** Makes a package in the stop-gap's shape, and pins it in the checkout's copy of the set-up. */
  beforeEach(() => {
    const folder = join(checkout.folder, 'stop-gap');
    const content = {
      [stopGap.program]: 'Electron',
      'LICENSE.electron.txt': '',
      'chrome-sandbox': '',
      'locales/en-US.pak': '',
      'resources/app.asar': 'another program',
      'package.json': '{}',
    };
    for (const [path, text] of Object.entries(content)) checkout.write(join('stop-gap', 'package', path), text);
    const tarball = join(checkout.folder, 'stop-gap.tgz');
    execFileSync('tar', ['--create', '--gzip', '--file', tarball, '--directory', folder, 'package']);
    const hash = (algorithm: string, encoding: 'hex' | 'base64', data: Buffer): string =>
      createHash(algorithm).update(data).digest(encoding);
    const script = 'scripts/lib/stop-gap.mjs';
    const pinned = readFileSync(join(checkout.folder, script), 'utf8')
      .replace(stopGap.integrity, `sha512-${hash('sha512', 'base64', readFileSync(tarball))}`)
      .replace(stopGap.programSha256, hash('sha256', 'hex', Buffer.from('Electron')))
      .replace(`arch: '${stopGap.arch}'`, `arch: '${process.arch}'`);
    checkout.write(script, pinned);
    // Nothing answers there: the stop-gap's turn.
    env = { ELECTRON_MIRROR: 'http://127.0.0.1:1/', NPM_STANDIN_PACKAGE: tarball };
  });

  it.each(signals)('is repaired by the next run: %s', async (signal) => {
    const tar = join(checkout.folder, 'programs', 'tar');
    mkdirSync(join(tar, '..'), { recursive: true });
    checkout.write(
      'programs/tar',
      '#!/bin/sh\n/usr/bin/tar "$@" --exclude=package/locales\n>half-way\nexec sleep 10000\n',
    );
    chmodSync(tar, 0o755);
    await interrupt(ensure(env), signal);
    rmSync(tar);
    const { code, output } = await ensure(env).ended;
    expect(output).toContain('stop-gap runtime installed');
    expect(code).toBe(0);
    const runtime = `stop-gap-${stopGap.version}-1-${process.platform}-${process.arch}`;
    expect(kept()).toEqual([runtime]);
    expect(filesOf(runtime)).toEqual(expect.arrayContaining(['electron', 'locales/en-US.pak', 'version']));
    expect(filesOf(runtime)).not.toContain('resources/app.asar');
    expect(statSync(join(checkout.cache, 'electron', runtime, 'electron')).mode & 0o777).toBe(0o755);
  });
});
