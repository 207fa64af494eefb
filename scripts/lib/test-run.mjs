import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runsOn } from './platforms.mjs';
import { typeScriptFlags } from './project-node.mjs';
import { runInherited } from './run.mjs';
import { countsOfCheck, countsOfVitest, slowness, sum, summaryLine, verdict } from './test-counts.mjs';
import { seconds } from './say.mjs';
import { tool } from './tools.mjs';

function heading(text) {
  process.stdout.write(`\n── ${text}\n`);
}

async function runTool(name, args, env) {
  const { command, args: all } = tool(name, args);
  return runInherited(command, all, { env });
}

/** Makes packages of the app, with the options of scripts/package.ts. Answers the exit code. */
export function makePackages(options, env) {
  return runInherited(process.execPath, [...typeScriptFlags(), join('scripts', 'package.ts'), ...options], { env });
}

/** Builds the app as `env` says (TIDINGS_E2E_BUILD=1: it may be driven from outside). Answers the exit code. */
export function build(env) {
  // The size of each chunk is nothing to read at every start; warnings and errors are.
  return runTool('electron-vite', ['build', '--logLevel', 'warn'], env);
}

function isFocused(args) {
  return args.some((arg) => !arg.startsWith('-'));
}

/** Runs the tests of one project (unit | integration | e2e), with Vitest's own arguments. Answers the exit code. */
export async function suite(project, args, env) {
  if (project === 'e2e' || project === 'faults') {
    const code = await build({ ...env, TIDINGS_E2E_BUILD: '1' });
    if (code !== 0) return code;
  }
  const reporter = isFocused(args) ? 'verbose' : 'default';
  return runTool('vitest', ['run', '--project', project, `--reporter=${reporter}`, ...args], env);
}

/** What the fault tests measured: `--clear`, or to make `out/faults.json` of it. Answers the exit code. */
function faultReport(options, env) {
  return runInherited(process.execPath, [...typeScriptFlags(), join('scripts', 'faults.ts'), ...options], { env });
}

/**
 * Plays the fault matrix, or of it what Vitest's own arguments say, and makes `out/faults.json`; `--write-docs` renews
 * docs/reliability.md by it. Answers the exit code.
 */
export async function faults(args, env) {
  const forReport = args.filter((arg) => arg === '--write-docs');
  const forVitest = args.filter((arg) => arg !== '--write-docs');
  const isWhole = forVitest.length === 0;
  if (isWhole) await faultReport(['--clear'], env);
  const code = await suite('faults', forVitest, env);
  const reported = await faultReport(forReport, env);
  // Of a part nobody expects that every row was played.
  return code === 0 && isWhole ? reported : code;
}

function suiteWithReport(project, file) {
  // A line a test where tests are long, a line a file where they are many.
  const reporter = project === 'unit' ? 'default' : 'verbose';
  const reporters = [`--reporter=${reporter}`, '--reporter=json', `--outputFile.json=${file}`];
  return tool('vitest', ['run', '--project', project, ...reporters]);
}

async function withFolder(use) {
  const folder = mkdtempSync(join(tmpdir(), 'tidings-report-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function countedSuite(project, env) {
  return withFolder(async (folder) => {
    const file = join(folder, 'report.json');
    const { command, args } = suiteWithReport(project, file);
    return countsOfVitest(await runInherited(command, args, { env }), readReport(file));
  });
}

/** The same with what others leave of the processors, answering what it wrote and how long it took besides. On Linux. */
function quietSuite(project, env) {
  return withFolder(async (folder) => {
    const file = join(folder, 'report.json');
    const written = join(folder, 'output');
    const { command, args } = suiteWithReport(project, file);
    const output = openSync(written, 'w');
    const startedAt = performance.now();
    const code = await runInherited('nice', ['-n', '19', command, ...args], { env, output });
    closeSync(output);
    const counts = countsOfVitest(code, readReport(file));
    return { counts, output: readFileSync(written, 'utf8'), took: seconds(startedAt) };
  });
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // Vitest ended before it could write one; the exit code tells what to make of it.
    return null;
  }
}

const check = (name, args) => async (env) => countsOfCheck(await runTool(name, args, env));

/** Makes the packages of both builds; the release last, so that `out/` is what is in it. Answers the exit code. */
export async function makeTestedPackages(env) {
  const code = await makePackages(['--e2e', '--dir'], env);
  return code === 0 ? makePackages(['--unofficial'], env) : code;
}

async function packageSuite(env) {
  const code = await makeTestedPackages(env);
  return code === 0 ? countedSuite('package', env) : countsOfCheck(code);
}

/** The matrix is one check more: that every row was played and is in order. */
async function faultSuite(env) {
  await faultReport(['--clear'], env);
  const counts = await countedSuite('faults', env);
  return sum([counts, countsOfCheck(await faultReport([], env))]);
}

const steps = {
  format: check('oxfmt', ['--check']),
  lint: check('oxlint', []),
  types: check('tsc', ['-b', '.', 'scripts']),
  'unused code': check('knip', []),
  unit: (env) => countedSuite('unit', env),
  integration: (env) => countedSuite('integration', env),
  build: async (env) => countsOfCheck(await build({ ...env, TIDINGS_E2E_BUILD: '1' })),
  'end to end': (env) => countedSuite('e2e', env),
  faults: faultSuite,
  // Last: it leaves the release in `out/`, which the end-to-end tests can't drive.
  package: packageSuite,
};

/** The project of Vitest behind a step that isn't called the same. */
const projectOf = { 'end to end': 'e2e' };

/** Steps of Linux that others run beside: the faults mostly wait for somebody's patience to end. */
const beside = { faults: 'unit' };

/** Steps that start the app. */
const needBuild = new Set(['end to end', 'faults']);

async function runSteps(names, env) {
  const startedAt = performance.now();
  const results = [];
  const tell = (name, counts, took) => {
    results.push({ name, counts });
    process.stdout.write(`── ${name}: ${summaryLine(counts)} (${took})\n`);
  };
  for (const name of names) {
    if (!runsOn(projectOf[name] ?? name)) {
      heading(`${name}: runs on Linux only so far`);
      continue;
    }
    const stepStartedAt = performance.now();
    heading(name);
    const companion = beside[name] === undefined ? null : quietSuite(beside[name], env);
    const isBuilt = !results.some((result) => result.name === 'build' && verdict(result.counts) !== 0);
    // An earlier build would be no witness for this source.
    const counts = needBuild.has(name) && !isBuilt ? countsOfCheck(1) : await steps[name](env);
    tell(name, counts, seconds(stepStartedAt));
    if (companion === null) continue;
    const quiet = await companion;
    heading(`${beside[name]}, beside the ${name}`);
    process.stdout.write(quiet.output);
    tell(beside[name], quiet.counts, quiet.took);
  }
  heading(`all in ${seconds(startedAt)}`);
  const failed = results.filter(({ counts }) => verdict(counts) !== 0);
  for (const { name, counts } of failed) process.stdout.write(`not in order: ${name} (${summaryLine(counts)})\n`);
  const slow = slowness(performance.now() - startedAt);
  if (slow !== null && env.TIDINGS_TEST_SIZE !== 'full') process.stdout.write(`${slow}\n`);
  const total = sum(results.map(({ counts }) => counts));
  process.stdout.write(`${summaryLine(total)}\n`);
  return verdict(total);
}

/** Format, lint, types, unused code and unit tests: what needs nothing of the system. Answers the exit code. */
export function checks(env) {
  return runSteps(['format', 'lint', 'types', 'unused code', 'unit'], env);
}

/** All that runs on this system. The last line is the sum; what is skipped fails it as well. Answers the exit code. */
export function test(env) {
  const isBesideAnother = (name) => Object.entries(beside).some(([other, own]) => own === name && runsOn(other));
  return runSteps(
    Object.keys(steps).filter((name) => !isBesideAnother(name)),
    env,
  );
}
