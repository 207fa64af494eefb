import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Checkout, Ended } from './checkout.ts';
import { makeCheckout, start } from './checkout.ts';

let checkout: Checkout;
beforeEach(() => {
  checkout = makeCheckout();
});
afterEach(() => checkout.dispose());

/** The set-up, run by whom `unshare` is told to make of the caller: root or not, that may be either. */
const setUpAs = (user: 'root' | 'person', name: string, env: NodeJS.ProcessEnv = {}): Promise<Ended> => {
  const { command, args, ...rest } = checkout.nodeStart(['scripts/setup.mjs', name], 'ok', env);
  const become = user === 'root' ? ['--map-root-user'] : ['--map-user=1000', '--map-group=1000'];
  return start({ ...rest, command: 'unshare', args: ['--user', ...become, '--', command, ...args] }).ended;
};

const expectNothingInstalled = (): void => {
  expect(checkout.npmCalls()).toEqual([]);
  expect(existsSync(checkout.cache)).toBe(false);
};

describe('npm start', () => {
  it.each([{ DISPLAY: ':0' }, {}])('refuses root before it installs anything: %j', async (env) => {
    const { code, output } = await setUpAs('root', 'start', env);
    expect(output).toMatch(/^set-up: STOPPED: Tidings doesn't run as root: .*\n$/);
    expect(code).toBe(1);
    expectNothingInstalled();
  });

  it('refuses who has no display before it installs anything', async () => {
    const { code, output } = await setUpAs('person', 'start');
    expect(output).toMatch(/^set-up: STOPPED: there is no display .*\n$/);
    expect(code).toBe(1);
    expectNothingInstalled();
  });
});

describe.each(['e2e', 'faults', 'package'])('npm run test:%s', (project) => {
  it('says on another system that it runs on Linux only, and installs nothing', async () => {
    const file = `${checkout.folder}/pretend.mjs`;
    checkout.write('pretend.mjs', "Object.defineProperty(process, 'platform', { value: 'darwin' });");
    const { code, output } = await setUpAs('person', `test:${project}`, { NODE_OPTIONS: `--import=${file}` });
    expect(output).toBe(`set-up: STOPPED: the ${project} tests run on Linux only so far.\n`);
    expect(code).toBe(1);
    expectNothingInstalled();
  });
});
