import { join } from 'node:path';
import { projectRoot } from './paths.mjs';
import { runsOn } from './platforms.mjs';
import { pathWithOwnPrograms, typeScriptFlags } from './project-node.mjs';
import { runInherited } from './run.mjs';
import { useOfDemo, whyNotStart } from './surroundings.mjs';
import { build, checks, faults, makePackages, makeTestedPackages, suite, test } from './test-run.mjs';
import { tool } from './tools.mjs';

/** What the children of a command are told: where the programs are, and which Electron to take. */
function environment(runtime, more = {}) {
  const electron = runtime && { ELECTRON_OVERRIDE_DIST_PATH: runtime.directory };
  return { ...process.env, PATH: pathWithOwnPrograms(), ...electron, ...more };
}

const linuxOnly =
  (project) =>
  ({ platform }) =>
    runsOn(project, platform) ? null : `the ${project} tests run on Linux only so far.`;

const headless = { system: () => 'headless', electron: true };
const tests = { system: () => 'tests', electron: true };
const plain = { system: () => 'none', electron: false };

async function start({ runtime }) {
  // Whatever the caller has set: what reads somebody's mail can't be driven from outside.
  const env = environment(runtime, { TIDINGS_E2E_BUILD: undefined });
  const code = await build(env);
  return code === 0 ? runInherited(runtime.executable, [projectRoot], { env }) : code;
}

/** Builds the app so that it can be driven from outside, and runs a TypeScript program of scripts/ with it. */
function drive(file) {
  return async ({ args, runtime }) => {
    const env = environment(runtime, { TIDINGS_E2E_BUILD: '1' });
    const code = await build(env);
    if (code !== 0) return code;
    return runInherited(process.execPath, [...typeScriptFlags(), join('scripts', file), ...args], { env });
  };
}

/** Makes what the tests of the packages are about, then runs them. */
async function testPackages({ args, runtime }) {
  const env = environment(runtime);
  const code = await makeTestedPackages(env);
  return code === 0 ? suite('package', args, env) : code;
}

function runTool(name, defaults) {
  return ({ args }) => {
    const { command, args: all } = tool(name, [...defaults, ...args]);
    return runInherited(command, all, { env: environment(null) });
  };
}

/**
 * Every command: what it needs of the system, whether it needs Electron (and, unless `runsApp` is false, its sandbox),
 * how it runs, and why it doesn't where it can't (null where it can).
 */
export const commands = {
  setup: { ...tests, run: () => 0 },
  start: { system: () => 'start', electron: true, refusal: whyNotStart, run: start },
  demo: { system: useOfDemo, electron: true, run: drive('demo.ts') },
  screenshots: { ...headless, run: drive('screenshots.ts') },
  bench: {
    system: () => 'bench',
    electron: true,
    refusal: ({ platform }) => (platform === 'linux' ? null : 'the measurements run on Linux only so far.'),
    run: drive('bench.ts'),
  },
  test: { ...tests, run: ({ runtime }) => test(environment(runtime)) },
  'test:long': { ...tests, run: ({ runtime }) => test(environment(runtime, { TIDINGS_TEST_SIZE: 'full' })) },
  'test:unit': { ...plain, run: ({ args }) => suite('unit', args, environment(null)) },
  'test:integration': { ...tests, run: ({ args, runtime }) => suite('integration', args, environment(runtime)) },
  'test:e2e': {
    ...tests,
    refusal: linuxOnly('e2e'),
    run: ({ args, runtime }) => suite('e2e', args, environment(runtime)),
  },
  'test:faults': {
    ...tests,
    refusal: linuxOnly('faults'),
    run: ({ args, runtime }) => faults(args, environment(runtime)),
  },
  'test:package': { ...tests, refusal: linuxOnly('package'), run: testPackages },
  package: {
    system: () => 'package',
    electron: true,
    runsApp: false,
    run: ({ args, runtime }) => makePackages(args, environment(runtime)),
  },
  check: { ...plain, run: () => checks(environment(null)) },
  build: { ...plain, run: () => build(environment(null)) },
  format: { ...plain, run: runTool('oxfmt', []) },
  lint: { ...plain, run: runTool('oxlint', []) },
  knip: { ...plain, run: runTool('knip', []) },
};
