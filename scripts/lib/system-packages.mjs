import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from './paths.mjs';
import { capture, findProgram, runInherited } from './run.mjs';
import { say, seconds, SetupError } from './say.mjs';
import { needsOf } from './system-needs.mjs';

const systemFolders = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const installer = join(projectRoot, 'scripts', 'install-packages.sh');

async function knownLibraries() {
  const ldconfig = findProgram(['ldconfig'], systemFolders);
  if (!ldconfig) return '';
  return (await capture(ldconfig, ['-p'])).stdout;
}

async function hasFont(language) {
  const list = findProgram(['fc-list'], systemFolders);
  return list !== null && (await capture(list, [`:lang=${language}`, 'family'])).stdout.trim() !== '';
}

/** The needs that this system doesn't meet yet. */
export async function missingNeeds(needs) {
  if (needs.length === 0) return [];
  const libraries = await knownLibraries();
  const path = `${process.env.PATH ?? ''}:${systemFolders}`;
  const met = {
    library: ({ names }) => libraries.includes(`\t${names[0]} `),
    program: ({ names }) => findProgram(names, path) !== null,
    file: ({ names }) => names.some((name) => existsSync(name)),
    font: ({ names }) => hasFont(names[0]),
  };
  const found = await Promise.all(needs.map((need) => met[need.kind](need)));
  return needs.filter((_, index) => !found[index]);
}

/** The packages that apt can install, out of what `apt-cache policy` printed. */
export function installable(policy) {
  const names = new Set();
  let name = '';
  for (const line of policy.split('\n')) {
    const heading = /^(\S+):$/.exec(line);
    if (heading) name = heading[1];
    const candidate = /^ {2}Candidate: (.+)$/.exec(line);
    if (candidate && candidate[1] !== '(none)') names.add(name);
  }
  return names;
}

/** One package for each need, the first name that this release of the system knows. */
export function choosePackages(missing, available) {
  const chosen = missing.map((need) => ({ need, name: need.packages.find((name) => available.has(name)) }));
  return {
    packages: [...new Set(chosen.flatMap(({ name }) => name ?? []))],
    unknown: chosen.filter(({ name }) => name === undefined).map(({ need }) => need),
  };
}

async function askApt(missing, options) {
  // LC_ALL: the words of the answer are translated otherwise.
  const env = { ...process.env, LC_ALL: 'C' };
  const names = missing.flatMap(({ packages }) => packages);
  const { stdout } = await capture('apt-cache', [...options, 'policy', ...names], { env });
  return choosePackages(missing, installable(stdout));
}

function hasPackageLists() {
  const folder = '/var/lib/apt/lists';
  return existsSync(folder) && readdirSync(folder).some((name) => name.includes('_Packages'));
}

async function fetchAndAsk(missing, options) {
  say('system packages: fetching the list of packages …');
  const result = await capture('apt-get', [...options, 'update', '-q', '-o', 'DPkg::Lock::Timeout=300']);
  if (result.code !== 0) throw new SetupError(`apt-get update failed: ${result.stderr.trim().split('\n').at(-1)}`);
  return askApt(missing, options);
}

async function findPackages(missing, isRoot) {
  const known = await askApt(missing, []);
  if (known.unknown.length === 0 && hasPackageLists()) return known;
  if (isRoot) return fetchAndAsk(missing, []);
  // Only root may fetch the system's list, but anybody one of their own: the line to paste needs the right names.
  const folder = mkdtempSync(join(tmpdir(), 'tidings-apt-'));
  try {
    for (const part of ['lists/partial', 'cache/archives/partial']) mkdirSync(join(folder, part), { recursive: true });
    const own = ['-o', `Dir::State::Lists=${join(folder, 'lists')}`, '-o', `Dir::Cache=${join(folder, 'cache')}`];
    return await fetchAndAsk(missing, own);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const words = { library: 'library', program: 'program', file: 'file', font: 'font for' };
const describe = (need) => `${words[need.kind]} ${need.names.join(' or ')}`;

async function ask(question) {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl+C and Ctrl+D end it without an answer: that is no yes.
  const answer = await new Promise((resolve) => {
    terminal.once('close', () => resolve(''));
    terminal.question(question, resolve);
  });
  terminal.close();
  return /^(y|yes)$/i.test(answer.trim());
}

/** The line that installs `packages`, to be pasted where the command was given: npm tells where that was. */
function lineToPaste(packages, isRoot) {
  const file = relative(process.env.INIT_CWD || process.cwd(), installer);
  return `${isRoot ? '' : 'sudo '}sh ${file.includes(' ') ? `'${file}'` : file} ${packages.join(' ')}`;
}

async function install(packages, isRoot) {
  const startedAt = performance.now();
  say(`system packages: installing ${packages.join(' ')} …`);
  const command = ['sh', installer, ...packages];
  const [program, ...args] = isRoot ? command : ['sudo', ...command];
  const code = await runInherited(program, args);
  if (code !== 0) throw new SetupError(`the system packages couldn't be installed (apt-get ended with ${code}).`);
  say(`system packages: installed in ${seconds(startedAt)}`);
}

/** An installation that was killed leaves its ban on starting services behind, also when nothing is missing any more. */
async function mendInterrupted() {
  if (process.getuid() !== 0) return;
  const policy = '/usr/sbin/policy-rc.d';
  const isOurs = existsSync(policy) && readFileSync(policy, 'utf8').includes('# by the set-up of Tidings');
  if (isOurs || existsSync(`${policy}.before-tidings`)) await runInherited('sh', [installer]);
}

/**
 * Makes sure that the system has what `use` needs. Root with nobody at a terminal installs; at a terminal
 * a person is asked; otherwise the line to paste is told. Throws a {@link SetupError} when something lacks.
 */
export async function ensureSystemPackages(use) {
  const needs = process.platform === 'linux' ? needsOf(use) : [];
  if (needs.length === 0) return;
  const missing = await missingNeeds(needs);
  if (missing.length === 0) {
    await mendInterrupted();
    say('system packages: in place');
    return;
  }
  const listed = missing.map(describe).join(', ');
  if (!findProgram(['apt-get'], systemFolders)) {
    throw new SetupError(`this system lacks: ${listed}. Install them with its package manager, then try again.`);
  }
  const isRoot = process.getuid() === 0;
  const atTerminal = process.stdin.isTTY && process.stderr.isTTY && !process.env.CI;
  const { packages, unknown } = await findPackages(missing, isRoot);
  if (unknown.length > 0) {
    throw new SetupError(
      `no package of this system has: ${unknown.map(describe).join(', ')}. Install it by hand, then try again.`,
    );
  }
  const line = lineToPaste(packages, isRoot);
  if (!atTerminal && !isRoot)
    throw new SetupError(`system packages are missing. Run this line, then try again:\n${line}`);
  if (atTerminal) {
    say(`system packages are missing: ${packages.join(' ')} (${listed})`);
    const canInstall = isRoot || findProgram(['sudo']);
    if (!canInstall || !(await ask(`Install them now${isRoot ? '' : ' with sudo'}? [y/N] `))) {
      throw new SetupError(`system packages are missing. Run this line, then try again:\n${line}`);
    }
  }
  await install(packages, isRoot);
  const still = await missingNeeds(missing);
  if (still.length > 0) throw new SetupError(`still missing after the installation: ${still.map(describe).join(', ')}`);
}
