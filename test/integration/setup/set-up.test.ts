import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Checkout, Ended } from './checkout.ts';
import { makeCheckout } from './checkout.ts';

let checkout: Checkout;
beforeEach(() => {
  checkout = makeCheckout();
});
afterEach(() => checkout.dispose());

const format = (npm: string, more?: NodeJS.ProcessEnv): Promise<Ended> =>
  checkout.node(['scripts/setup.mjs', 'format'], npm, more).ended;

describe('the set-up on a fresh clone', () => {
  it('installs the npm packages, says so, and runs the command', async () => {
    const { code, output } = await format('ok');
    expect(output).toContain('set-up: npm packages: installed in');
    expect(output).toContain('the tool ran');
    expect(code).toBe(0);
    expect(checkout.npmCalls()).toEqual(['ci']);
  });

  it('does nothing when nothing is missing', async () => {
    await format('ok');
    const { output } = await format('fail');
    expect(output).toContain('set-up: npm packages: in place');
    expect(checkout.npmCalls()).toEqual(['ci']);
  });

  it('takes what somebody installed with npm by hand', async () => {
    const file = join(checkout.folder, 'scripts', 'by-hand.mjs');
    writeFileSync(file, "import { execFileSync } from 'node:child_process'; execFileSync('npm', ['ci']);");
    await checkout.node(['scripts/by-hand.mjs'], 'ok').ended;
    expect((await format('fail')).output).toContain('npm packages: in place');
  });

  it('installs again when the lock file changed', async () => {
    await format('ok');
    checkout.write(
      'package-lock.json',
      JSON.stringify({ packages: { '': {}, 'node_modules/a': { version: '2.0.0' } } }),
    );
    await format('ok');
    expect(checkout.npmCalls()).toEqual(['ci', 'ci']);
  });
});

describe('the set-up after something went wrong', () => {
  it('stops when npm fails, does not run the command, and starts over the next time', async () => {
    const failed = await format('fail');
    expect(failed.code).toBe(1);
    expect(failed.output).toContain('STOPPED: npm ci ended with 7');
    expect(failed.output).not.toContain('the tool ran');
    expect((await format('ok')).code).toBe(0);
    expect(checkout.npmCalls()).toEqual(['ci', 'ci']);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('starts over after %s in the middle', async (signal) => {
    const running = checkout.node(['scripts/setup.mjs', 'format'], 'hang');
    await running.said('npm is half-way');
    running.signal(signal);
    expect((await running.ended).code).not.toBe(0);
    expect(existsSync(join(checkout.folder, 'node_modules', 'oxfmt'))).toBe(true);
    expect((await format('ok')).output).toContain('the tool ran');
    expect(checkout.npmCalls()).toEqual(['ci', 'ci']);
  });

  it('starts over after an npm ci that was killed while it cleared up', async () => {
    await format('ok');
    const before = { packages: { '': {}, 'node_modules/oxfmt': { version: '1.0.0' } } };
    const changed = { packages: { ...before.packages, 'node_modules/a': { version: '1.0.0' } } };
    checkout.write('package-lock.json', JSON.stringify(changed));
    const running = checkout.node(['scripts/setup.mjs', 'format'], 'clear');
    await running.said('npm is half-way');
    running.signal('SIGKILL');
    await running.ended;
    // Back to the lock file that notes of before are of, as by a checkout of another branch.
    checkout.write('package-lock.json', JSON.stringify(before));
    expect((await format('ok')).output).toContain('the tool ran');
    expect(checkout.npmCalls()).toEqual(['ci', 'ci', 'ci']);
  });

  it('starts over when packages are gone that npm noted', async () => {
    await format('ok');
    rmSync(join(checkout.folder, 'node_modules', 'oxfmt'), { recursive: true });
    expect((await format('ok')).output).toContain('the tool ran');
    expect(checkout.npmCalls()).toEqual(['ci', 'ci']);
  });

  it('names the commands when it is given another', async () => {
    const { code, output } = await checkout.node(['scripts/setup.mjs', 'frobnicate'], 'ok').ended;
    expect(code).toBe(1);
    expect(output).toMatch(/STOPPED: there is no command "frobnicate"\. There are: .*demo.*test/);
    expect(checkout.npmCalls()).toEqual([]);
  });
});

describe("the project's own Node", () => {
  const own = `node_modules/node-${process.platform}-${process.arch}/bin/node`;

  const placeNode = async (script: string): Promise<void> => {
    await format('ok');
    checkout.write(own, script);
    const file = join(checkout.folder, 'scripts', 'run-bit.mjs');
    writeFileSync(file, `import { chmodSync } from 'node:fs'; chmodSync(${JSON.stringify(own)}, 0o755);`);
    await checkout.node([file], 'ok').ended;
  };

  it('takes over when it is there', async () => {
    await placeNode(`#!/bin/sh\nMARK="the project's" exec "${process.execPath}" "$@"\n`);
    const { code, output } = await format('ok');
    expect(output).toContain("the tool ran on the project's");
    expect(code).toBe(0);
  });

  it('is left alone when it does not run here (another C library)', async () => {
    await placeNode('#!/no/such/loader\n');
    const { code, output } = await format('ok');
    expect(output).toContain('the tool ran on this Node');
    expect(code).toBe(0);
  });
});

describe("the machine's Node, where npm has none of the project's for the system", () => {
  /** The set-up, told by Node that it is another version. */
  const formatOn = async (version: string): Promise<Ended> => {
    await format('ok');
    const file = join(checkout.folder, 'pretend.mjs');
    writeFileSync(
      file,
      `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`,
    );
    return format('fail', { NODE_OPTIONS: `--import=${file}` });
  };

  it.each(['22.12.0', '24.0.0'])('does from 22.12 on: %s', async (version) => {
    const { code, output } = await formatOn(version);
    expect(output).toContain(`set-up: Node ${version}: the machine's`);
    expect(output).toContain('the tool ran on this Node');
    expect(code).toBe(0);
  });

  it.each(['20.20.2', '22.11.0'])('is refused below, with what to do: %s', async (version) => {
    const { code, output } = await formatOn(version);
    expect(output).toContain(`STOPPED: this machine's Node is ${version}`);
    expect(output).toContain('install Node 22.12 or later');
    expect(output).not.toContain('the tool ran');
    expect(code).toBe(1);
  });
});
