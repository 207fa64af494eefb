import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Checkout, Running } from './checkout.ts';
import { makeCheckout } from './checkout.ts';
import type { StopGapPackage } from './stop-gap-package.ts';
import { ensureElectron, keptStopGap, makeStopGapPackage } from './stop-gap-package.ts';

let checkout: Checkout;
beforeEach(() => {
  checkout = makeCheckout();
});
afterEach(() => checkout.dispose());

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
    await interrupt(ensureElectron(checkout, env), signal);
    electronPackage("writeFileSync(new URL('resources.pak', dist), '');");
    const { code, output } = await ensureElectron(checkout, env).ended;
    expect(output).toContain('official runtime installed');
    expect(code).toBe(0);
    const runtime = `official-45.0.0-${process.platform}-${process.arch}`;
    expect(kept()).toEqual([runtime]);
    expect(filesOf(runtime)).toEqual(['electron', 'resources.pak', 'version']);
  });
});

describe('a set-up interrupted while the stop-gap is unpacked', () => {
  let offer: StopGapPackage;
  beforeEach(() => {
    offer = makeStopGapPackage(checkout);
  });
  /** Nothing answers where the official one would be: the stop-gap's turn. */
  const ensure = (): Running => ensureElectron(checkout, { ELECTRON_MIRROR: 'http://127.0.0.1:1/' }, offer);

  it.each(signals)('is repaired by the next run: %s', async (signal) => {
    const tar = join(checkout.folder, 'programs', 'tar');
    mkdirSync(join(tar, '..'), { recursive: true });
    checkout.write(
      'programs/tar',
      '#!/bin/sh\n/usr/bin/tar "$@" --exclude=package/locales\n>half-way\nexec sleep 10000\n',
    );
    chmodSync(tar, 0o755);
    await interrupt(ensure(), signal);
    rmSync(tar);
    const { code, output } = await ensure().ended;
    expect(output).toContain('stop-gap runtime installed');
    expect(code).toBe(0);
    expect(kept()).toEqual([keptStopGap]);
    expect(filesOf(keptStopGap)).toEqual(expect.arrayContaining(['electron', 'locales/en-US.pak', 'version']));
    expect(filesOf(keptStopGap)).not.toContain('resources/app.asar');
    expect(statSync(join(checkout.cache, 'electron', keptStopGap, 'electron')).mode & 0o777).toBe(0o755);
  });
});
