import { join } from 'node:path';
import { projectRoot } from './paths.mjs';
import { pathWithOwnPrograms, typeScriptFlags } from './project-node.mjs';
import { runInherited } from './run.mjs';
import { SetupError } from './say.mjs';
import { build, checks, suite, test } from './test-run.mjs';
import { tool } from './tools.mjs';

const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);
const isRoot = () => process.platform !== 'win32' && process.getuid() === 0;

/** What the children of a command are told: where the programs are, and which Electron to take. */
function environment(runtime, more = {}) {
  const electron = runtime && {
    ELECTRON_OVERRIDE_DIST_PATH: runtime.directory,
    ELECTRON_EXEC_PATH: runtime.executable,
  };
  return { ...process.env, PATH: pathWithOwnPrograms(), ...electron, ...more };
}

function refuseRootAndNoDisplay() {
  if (isRoot()) {
    throw new SetupError(
      "Tidings doesn't run as root: Chromium's sandbox would be off. Run this as the user who reads the mail " +
        '(`npm run demo` may be run by root: it drops to an ordinary user).',
    );
  }
  if (!hasDisplay()) {
    throw new SetupError('there is no display to show a window on. `npm run demo` shows itself without one.');
  }
}

const onDisplay = { system: () => 'start', electron: true };
const headless = { system: () => 'headless', electron: true };
const tests = { system: () => 'tests', electron: true };
const plain = { system: () => 'none', electron: false };

async function start({ runtime }) {
  refuseRootAndNoDisplay();
  const env = environment(runtime);
  const code = await build(env);
  return code === 0 ? runInherited(runtime.executable, [projectRoot], { env }) : code;
}

function dev({ runtime }) {
  refuseRootAndNoDisplay();
  const { command, args } = tool('electron-vite', ['dev']);
  return runInherited(command, args, { env: environment(runtime) });
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

function packages({ args, runtime }) {
  const program = [...typeScriptFlags(), join('scripts', 'package.ts'), ...args];
  return runInherited(process.execPath, program, { env: environment(runtime) });
}

/** Makes the packages of both builds and tests them; the release last, so that `out/` is what is in it. */
async function testPackages({ args, runtime }) {
  for (const options of [['--e2e', '--dir'], ['--unofficial']]) {
    const code = await packages({ args: options, runtime });
    if (code !== 0) return code;
  }
  return suite('package', args, environment(runtime));
}

function runTool(name, defaults) {
  return ({ args }) => {
    const { command, args: all } = tool(name, [...defaults, ...args]);
    return runInherited(command, all, { env: environment(null) });
  };
}

/** Every command: what it needs of the system, whether it needs Electron, and how it runs. */
export const commands = {
  setup: { ...tests, run: () => 0 },
  start: { ...onDisplay, run: start },
  dev: { ...onDisplay, run: dev },
  demo: { electron: true, system: () => (hasDisplay() ? 'demo-on-display' : 'headless'), run: drive('demo.ts') },
  screenshots: { ...headless, run: drive('screenshots.ts') },
  test: { ...tests, run: ({ runtime }) => test(environment(runtime)) },
  'test:long': { ...tests, run: ({ runtime }) => test(environment(runtime, { TIDINGS_TEST_SIZE: 'full' })) },
  'test:unit': { ...plain, run: ({ args }) => suite('unit', args, environment(null)) },
  'test:integration': { ...tests, run: ({ args, runtime }) => suite('integration', args, environment(runtime)) },
  'test:e2e': { ...tests, run: ({ args, runtime }) => suite('e2e', args, environment(runtime)) },
  'test:package': { ...tests, run: testPackages },
  package: { system: () => 'package', electron: true, run: packages },
  check: { ...plain, run: () => checks(environment(null)) },
  build: { ...plain, run: () => build(environment(null)) },
  format: { ...plain, run: runTool('oxfmt', []) },
  lint: { ...plain, run: runTool('oxlint', []) },
  knip: { ...plain, run: runTool('knip', []) },
};
