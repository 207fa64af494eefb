import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Checkout, Ended } from './checkout.ts';

/** The part of Vitest's JSON report that the set-up reads. */
interface Report {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
}

/** What a tool does instead of ending with 0; Vitest's are named by their project: `vitest unit`. */
interface Order {
  readonly code?: number;
  /** null: Vitest leaves none. Default: {@link passing}. */
  readonly report?: Report | null;
}
export type Orders = Readonly<Record<string, Order>>;

/** A tool that was started. */
export interface Call {
  readonly tool: string;
  readonly args: readonly string[];
  /** Of its environment, as far as the set-up decides it. */
  readonly e2eBuild: string | null;
  readonly testSize: string | null;
  readonly electron: string | null;
}

export const passing: Report = {
  success: true,
  numPassedTests: 2,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
};

/** A checkout's tools, Electron and the programs that drive the app: all only note that they ran. */
export interface Tools {
  /** In the order of their starts. */
  calls(): Call[];
  /** `npm run <name>`, from the set-up on. */
  setUp(name: string, orders?: Orders): Promise<Ended>;
  /** What stands behind `npm run <name> -- <args>` once everything is installed. */
  run(name: string, args?: readonly string[], orders?: Orders, env?: NodeJS.ProcessEnv): Promise<Ended>;
}

const program = (tool: string, folder: string): string => `
  import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
  const args = process.argv.slice(2);
  const project = args.includes('--project') ? ' ' + args[args.indexOf('--project') + 1] : '';
  const tool = ${JSON.stringify(tool)} + project;
  const { TIDINGS_E2E_BUILD, TIDINGS_TEST_SIZE, ELECTRON_OVERRIDE_DIST_PATH } = process.env;
  const told = { e2eBuild: TIDINGS_E2E_BUILD, testSize: TIDINGS_TEST_SIZE, electron: ELECTRON_OVERRIDE_DIST_PATH };
  const seen = Object.entries(told).map(([name, value]) => [name, value ?? null]);
  const call = JSON.stringify({ tool, args, ...Object.fromEntries(seen) });
  appendFileSync(${JSON.stringify(join(folder, 'calls'))}, call + '\\n');
  const orders = JSON.parse(readFileSync(${JSON.stringify(join(folder, 'orders.json'))}, 'utf8'));
  const { code = 0, report } = orders[tool] ?? {};
  const file = args.find((arg) => arg.startsWith('--outputFile.json='))?.slice('--outputFile.json='.length);
  if (file !== undefined && report !== null) writeFileSync(file, JSON.stringify(report ?? ${JSON.stringify(passing)}));
  process.stdout.write('the words of ' + tool + '\\n');
  process.exit(code);
`;

const packages = {
  oxfmt: 'oxfmt',
  oxlint: 'oxlint',
  typescript: 'tsc',
  knip: 'knip',
  vitest: 'vitest',
  'electron-vite': 'build',
};
const scripts = ['demo', 'screenshots', 'package', 'faults'];

/** Puts {@link Tools} into a checkout, whose npm packages count as installed from then on. */
export async function placeTools(checkout: Checkout): Promise<Tools> {
  await checkout.node(['scripts/setup.mjs', 'format'], 'ok').ended;
  const { folder } = checkout;
  for (const [name, tool] of Object.entries(packages)) {
    checkout.write(`node_modules/${name}/package.json`, JSON.stringify({ bin: 'tool.mjs' }));
    checkout.write(`node_modules/${name}/tool.mjs`, program(tool, folder));
  }
  for (const name of scripts) checkout.write(`scripts/${name}.ts`, program(`${name}.ts`, folder));
  checkout.write('electron/electron.mjs', program('electron', folder));
  const executable = join(folder, 'electron', 'electron');
  checkout.write(
    'electron/electron',
    `#!/bin/sh\nexec "${process.execPath}" "${join(folder, 'electron', 'electron.mjs')}" "$@"\n`,
  );
  chmodSync(executable, 0o755);
  const runtime = { kind: 'official', version: '45.0.0', directory: join(folder, 'electron'), executable };
  const order = (orders: Orders): void => checkout.write('orders.json', JSON.stringify(orders));
  return {
    calls: () => {
      const file = join(folder, 'calls');
      const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
      return lines.map((line) => JSON.parse(line) as Call);
    },
    setUp: (name, orders = {}) => {
      order(orders);
      return checkout.node(['scripts/setup.mjs', name], 'fail').ended;
    },
    run: (name, args = [], orders = {}, env = {}) => {
      order(orders);
      const code = `const { commands } = await import('./scripts/lib/commands.mjs');
        process.exitCode = await commands[${JSON.stringify(name)}].run(${JSON.stringify({ args, runtime })});`;
      return checkout.node(['--input-type=module', '--eval', code], 'fail', env).ended;
    },
  };
}
