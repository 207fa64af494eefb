import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Checkout, Ended } from './checkout.ts';
import { makeCheckout } from './checkout.ts';
import type { OtherSystem, Visit } from './other-system.ts';
import { makeOtherSystem } from './other-system.ts';

const runtimes = {
  official: `official-45.0.0-${process.platform}-${process.arch}`,
  'stop-gap': `stop-gap-33.4.11-1-${process.platform}-${process.arch}`,
};

let checkout: Checkout;
let system: OtherSystem;
beforeAll(() => {
  system = makeOtherSystem();
});
afterAll(() => system.dispose());
beforeEach(() => {
  checkout = makeCheckout();
});
afterEach(async () => {
  await system.reset();
  checkout.dispose();
});

const place = (path: string, content: string): void => {
  checkout.write(path, content);
  chmodSync(join(checkout.folder, path), 0o755);
};

/** Puts a stand-in for the runtime where the set-up finds it. It keeps what it was started with. */
const placeElectron = (kind: keyof typeof runtimes): void => {
  const folder = join('cache', 'electron', runtimes[kind]);
  place(join(folder, 'electron'), `#!/bin/sh\necho "$@" >'${join(checkout.folder, 'electron-calls')}'\n`);
  place(join(folder, 'chrome-sandbox'), '');
  // No asking for the official one.
  const unreachable = JSON.stringify({ at: Date.now(), reason: 'no network' });
  checkout.write('cache/electron/official-45.0.0-unreachable.json', unreachable);
};
const electronCalls = (): string | null => {
  const file = join(checkout.folder, 'electron-calls');
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
};

const setUp = (visit: Visit): Promise<Ended> =>
  system.run(checkout.nodeStart(['scripts/setup.mjs', 'setup'], 'ok'), visit);

/** `npm start`, on a display, by somebody who isn't root, with a build that takes no time. */
async function npmStart(settings: Record<string, string>): Promise<Ended> {
  await checkout.node(['scripts/setup.mjs', 'format'], 'ok').ended;
  place('node_modules/electron-vite/build.js', '');
  checkout.write('node_modules/electron-vite/package.json', JSON.stringify({ bin: 'build.js' }));
  system.write('/usr/bin/xdg-open', '#!/bin/sh\n');
  const program = checkout.nodeStart(['scripts/setup.mjs', 'start'], 'fail', { DISPLAY: ':99' });
  return system.run(program, { as: 'person', settings });
}

const off = { 'user/max_user_namespaces': '0' };
const appArmor = { 'kernel/apparmor_restrict_unprivileged_userns': '1' };
const hardened = { 'kernel/unprivileged_userns_clone': '0' };
const open = { 'kernel/apparmor_restrict_unprivileged_userns': '0', 'kernel/unprivileged_userns_clone': '1' };

const lastLine = ({ output }: Ended): string => output.trimEnd().split('\n').at(-1) ?? '';

describe("where Chromium's sandbox can't work", () => {
  it.each([
    ['user namespaces are off', off, 'sysctl -w user.max_user_namespaces=10000'],
    ['AppArmor restricts them', appArmor, 'sysctl -w kernel.apparmor_restrict_unprivileged_userns=0'],
    [
      'AppArmor and a hardened kernel do',
      { ...appArmor, ...hardened },
      'sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 kernel.unprivileged_userns_clone=1',
    ],
  ])('because %s, the line that mends it is said', async (_, settings, line) => {
    placeElectron('stop-gap');
    const stopped = await setUp({ settings });
    expect(stopped.code).toBe(1);
    expect(stopped.output).toContain("STOPPED: this system's settings keep Chromium's sandbox from working");
    expect(lastLine(stopped)).toBe(line);
    // What the line sets.
    const pairs = line.split(' ').slice(2);
    const mended = Object.fromEntries(pairs.map((pair) => pair.replaceAll('.', '/').split('=')));
    expect((await setUp({ settings: mended })).code).toBe(0);
  });

  it('the official Electron is given its helper instead, and works with that', async () => {
    placeElectron('official');
    const stopped = await setUp({ settings: appArmor });
    expect(lastLine(stopped)).toMatch(/^chown root:root ".*\/chrome-sandbox" && chmod 4755 ".*\/chrome-sandbox"$/);
    expect((await system.run(system.shell(lastLine(stopped)))).code).toBe(0);
    expect((await setUp({ settings: appArmor })).code).toBe(0);
  });

  it('an Electron without a helper is told apart from one that has it', async () => {
    checkout.write(`cache/electron/${runtimes.official}/electron`, '');
    expect(lastLine(await setUp({ settings: appArmor }))).toContain('chrome-sandbox');
  });

  it.each(['official', 'stop-gap'] as const)('the %s Electron is never started, not even without it', async (kind) => {
    placeElectron(kind);
    const stopped = await npmStart(appArmor);
    expect(stopped.code).toBe(1);
    expect(lastLine(stopped)).toMatch(/^sudo /);
    expect(stopped.output).not.toContain('--no-sandbox');
    expect(electronCalls()).toBeNull();
  });
});

describe('where it can', () => {
  it('Electron is started with the sandbox on', async () => {
    placeElectron('stop-gap');
    expect(await npmStart(open)).toMatchObject({ code: 0 });
    expect(electronCalls()).toBe(`${checkout.folder}\n`);
  });
});
