import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Checkout, Ended } from './checkout.ts';
import { makeCheckout } from './checkout.ts';

let checkout: Checkout;
let mirror: Server;
let asked: string[];
let answer: number;

beforeEach(async () => {
  checkout = makeCheckout();
  asked = [];
  answer = 200;
  mirror = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(answer).end();
  }).listen(0, '127.0.0.1');
  await once(mirror, 'listening');
});
afterEach(async () => {
  mirror.close();
  await once(mirror, 'close');
  checkout.dispose();
});

const address = (): string => `http://127.0.0.1:${(mirror.address() as AddressInfo).port}/`;

const call = (name: 'ensureElectronRuntime' | 'resolveElectronRuntime', electronMirror = address()): Promise<Ended> =>
  checkout.node(
    [
      '--input-type=module',
      '--eval',
      `const { ${name} } = await import('./scripts/lib/electron-runtime.mjs'); console.log(await ${name}());`,
    ],
    'ok',
    { ELECTRON_MIRROR: electronMirror },
  ).ended;

/** Stands in for the electron package's own download, which leaves `dist` in the package. */
const officialDownload = (version: string): void =>
  checkout.write(
    'node_modules/electron/install.js',
    `import { mkdirSync, writeFileSync } from 'node:fs';
     const dist = new URL('dist/', import.meta.url);
     mkdirSync(dist, { recursive: true });
     writeFileSync(new URL('version', dist), '${version}');
     writeFileSync(new URL('electron', dist), process.env.npm_config_electron_mirror);`,
  );

const kept = (): string[] => {
  const folder = join(checkout.cache, 'electron');
  return existsSync(folder) ? readdirSync(folder) : [];
};
const runtimes = (): string[] => kept().filter((name) => !name.endsWith('.json'));

describe('the official Electron', () => {
  it('is taken where it can be fetched, kept outside the checkout, and fetched once', async () => {
    officialDownload('v45.0.0');
    const first = await call('ensureElectronRuntime');
    expect(first.output).toContain("kind: 'official'");
    expect(first.output).toContain(join(checkout.cache, 'electron', 'official-45.0.0'));
    expect(asked).toEqual([expect.stringMatching(/^HEAD \/v45\.0\.0\/electron-v45\.0\.0-.*\.zip$/)]);
    expect((await call('ensureElectronRuntime')).output).toContain('Electron 45.0.0: in place');
    expect(asked).toHaveLength(1);
    expect((await call('resolveElectronRuntime')).output).toContain("kind: 'official'");
    expect(existsSync(join(checkout.folder, 'node_modules', 'electron', 'dist'))).toBe(false);
  });

  it.each(['', '/', '//'])('is asked for and downloaded from the same mirror, ending in "%s"', async (end) => {
    officialDownload('45.0.0');
    const base = address().replace(/\/$/, '');
    await call('ensureElectronRuntime', `${base}${end}`);
    expect(asked).toEqual([expect.stringMatching(/^HEAD \/v45\.0\.0\/electron-v45\.0\.0-.*\.zip$/)]);
    // The electron package's own downloader takes the first of its settings, and puts `v45.0.0` right behind it.
    const told = readFileSync(join(checkout.cache, 'electron', runtimes()[0] ?? '', 'electron'), 'utf8');
    expect(told).toBe(`${base}/`);
  });

  it('is not taken in another version than the pinned one', async () => {
    officialDownload('44.0.0');
    expect((await call('ensureElectronRuntime')).output).not.toContain("kind: 'official'");
    expect(runtimes()).toEqual([]);
  });
});

describe('where Electron can not be fetched', () => {
  it('says why, and does not ask again for some hours', async () => {
    answer = 403;
    await call('ensureElectronRuntime');
    expect(asked).toHaveLength(1);
    await call('ensureElectronRuntime');
    expect(asked).toHaveLength(1);
    expect(kept()).toContain('official-45.0.0-unreachable.json');
  });

  it('refuses a stop-gap that is not the pinned one, and keeps nothing of it', async () => {
    const { code, output } = await call('ensureElectronRuntime', 'http://127.0.0.1:1/');
    expect(code).not.toBe(0);
    expect(output).toContain("download isn't the pinned one (sha512");
    expect(runtimes()).toEqual([]);
  });

  it('tells what to run when there is no runtime yet', async () => {
    const { code, output } = await call('resolveElectronRuntime');
    expect(code).not.toBe(0);
    expect(output).toContain('npm run setup');
  });
});
