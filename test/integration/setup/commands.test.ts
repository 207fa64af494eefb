import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useOfDemo } from '../../../scripts/lib/surroundings.mjs';
import type { Checkout } from './checkout.ts';
import { makeCheckout, projectRoot } from './checkout.ts';
import type { Tools } from './tool-standins.ts';
import { placeTools } from './tool-standins.ts';

let checkout: Checkout;
let tools: Tools;
beforeEach(async () => {
  checkout = makeCheckout();
  tools = await placeTools(checkout);
});
afterEach(() => checkout.dispose());

const started = (): string[] => tools.calls().map(({ tool }) => tool);

describe.each(['demo', 'screenshots'])('npm run %s', (name) => {
  it('drives a build made for that, and is given its arguments', async () => {
    expect((await tools.run(name, ['--out', 'a folder', '--', '--x'])).code).toBe(0);
    expect(started()).toEqual(['build', `${name}.ts`]);
    expect(tools.calls().map(({ e2eBuild }) => e2eBuild)).toEqual(['1', '1']);
    expect(tools.calls()[1]?.args).toEqual(['--out', 'a folder', '--', '--x']);
  });

  it('is not started when the build failed, and ends as the build did', async () => {
    expect((await tools.run(name, [], { build: { code: 3 } })).code).toBe(3);
    expect(started()).toEqual(['build']);
  });

  it('ends as it ended', async () => {
    expect((await tools.run(name, [], { [`${name}.ts`]: { code: 4 } })).code).toBe(4);
  });
});

describe('npm start', () => {
  it('starts a build that nothing can drive, whatever the caller has set', async () => {
    expect((await tools.run('start', [], {}, { TIDINGS_E2E_BUILD: '1' })).code).toBe(0);
    expect(started()).toEqual(['build', 'electron']);
    expect(tools.calls().map(({ e2eBuild }) => e2eBuild)).toEqual([null, null]);
    expect(tools.calls()[1]?.args).toEqual([checkout.folder]);
  });

  it('starts nothing when the build failed, and ends as the build did', async () => {
    expect((await tools.run('start', [], { build: { code: 3 } })).code).toBe(3);
    expect(started()).toEqual(['build']);
  });

  it('ends as the app did', async () => {
    expect((await tools.run('start', [], { electron: { code: 5 } })).code).toBe(5);
  });
});

describe('one suite', () => {
  it.each(['unit', 'integration'])('gets the arguments, and its end is told: %s', async (project) => {
    const ended = await tools.run(`test:${project}`, ['a.test.ts', '-t', 'a name'], {
      [`vitest ${project}`]: { code: 6 },
    });
    expect(ended.code).toBe(6);
    expect(started()).toEqual([`vitest ${project}`]);
    expect(tools.calls()[0]?.args.slice(-3)).toEqual(['a.test.ts', '-t', 'a name']);
  });

  it('of the end-to-end tests runs on a build that can be driven, and not at all without one', async () => {
    expect((await tools.run('test:e2e', ['a.test.ts'])).code).toBe(0);
    expect(started()).toEqual(['build', 'vitest e2e']);
    expect(tools.calls()[0]?.e2eBuild).toBe('1');
    expect(tools.calls()[1]?.args.at(-1)).toBe('a.test.ts');
    expect((await tools.run('test:e2e', [], { build: { code: 3 } })).code).toBe(3);
    expect(started()).toEqual(['build', 'vitest e2e', 'build']);
  });
});

describe('a single tool', () => {
  it('gets the arguments, and its end is told', async () => {
    expect((await tools.run('format', ['a.ts', 'b c.ts'], { oxfmt: { code: 2 } })).code).toBe(2);
    expect(tools.calls()).toMatchObject([{ tool: 'oxfmt', args: ['a.ts', 'b c.ts'] }]);
  });
});

describe('what is installed for the demo', () => {
  interface Options {
    readonly kind: 'by-itself' | 'on-display';
  }
  type Parse = (args: readonly string[], here: { hasDisplay: boolean; projectFolder: string }) => Options;

  it.each([
    [[]],
    [['--headless']],
    [['--verbose', '--headless', '--out', 'x']],
    [['--out', 'x', '--', '--headless']],
    [['--', '--headless']],
  ])('is for the way in which it will run: %j', async (args) => {
    const file = pathToFileURL(join(projectRoot, 'scripts', 'demo', 'demo-options.ts')).href;
    const { parseDemoOptions } = (await import(file)) as { parseDemoOptions: Parse };
    for (const hasDisplay of [true, false]) {
      const env = hasDisplay ? { DISPLAY: ':0' } : {};
      const { kind } = parseDemoOptions(args, { hasDisplay, projectFolder: projectRoot });
      const use = useOfDemo(args, { env, platform: 'linux', uid: 1000 });
      expect(use).toBe(kind === 'by-itself' ? 'headless' : 'demo-on-display');
    }
  });
});
