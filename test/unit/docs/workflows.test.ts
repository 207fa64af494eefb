import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1] ?? '');
const unique = (names: readonly string[]): string[] => [...new Set(names)].toSorted();

/** A workflow without the lines that are for people. */
const workflow = (name: string): string => read(name).replaceAll(/^ *#.*\n/gm, '');

const files = globSync('.github/workflows/*.yml', { cwd: root }).toSorted();
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

/** Of npm itself. */
const npmCommands = ['audit', 'ci', 'run', 'test'];

/** The text of each job, by its name: what stands two spaces in, below `jobs:`. */
function jobsOf(text: string): ReadonlyMap<string, string> {
  const [, jobs = ''] = text.split(/^jobs:$/m);
  const parts = jobs.split(/^ {2}([\w-]+):$/m).slice(1);
  return new Map(parts.flatMap((name, index) => (index % 2 === 0 ? [[name, parts[index + 1] ?? '']] : [])));
}

describe('the workflows', () => {
  it('are these', () => {
    expect(files.map((file) => file.replace(/^.*[/\\]/, ''))).toEqual(['ci.yml', 'release.yml']);
  });

  describe.each(files)('%s', (file) => {
    const text = workflow(file);

    it('runs only scripts that there are', () => {
      for (const name of all(text, /\bnpm run ([\w:-]+)/g)) expect(scripts).toHaveProperty([name]);
      for (const name of all(text, /\bnpm ([a-z]+)/g)) expect(npmCommands).toContain(name);
      for (const path of all(text, /\b(?:node|sh) (scripts\/[\w./-]+)/g))
        expect(existsSync(join(root, path))).toBe(true);
      for (const path of all(text, /\buses: \.\/(\S+)/g)) expect(existsSync(join(root, path))).toBe(true);
    });

    it('pins every action by its commit, with the version for people', () => {
      const used = all(text, /\buses: (?!\.\/)(.+)$/gm);
      expect(used.length).toBeGreaterThan(0);
      for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    });

    it('may do nothing but what a job says, and each job says it', () => {
      expect(text).toMatch(/^permissions: \{\}$/m);
      for (const [name, job] of jobsOf(text)) expect(job, name).toMatch(/^ {4}permissions:$/m);
      expect(text).not.toContain('pull_request_target');
    });

    it('leaves no token in the checkout, and lets no job run for ever', () => {
      const checkouts = all(text, /(uses: actions\/checkout@.+\n +with:\n +persist-credentials: false)$/gm);
      expect(checkouts).toHaveLength(all(text, /(uses: actions\/checkout@)/g).length);
      for (const [name, job] of jobsOf(text)) {
        if (!job.includes('uses: ./')) expect(job, name).toMatch(/^ {4}timeout-minutes: \d+$/m);
      }
    });

    it('puts nothing from outside into a command', () => {
      const inCommands = all(text, /^ +run: (.*(?:\n {10,}.*)*)/gm).join('\n');
      expect(inCommands).toContain('npm');
      expect(unique(all(inCommands, /\$\{\{ *([\w.]+)/g)).filter((name) => !name.startsWith('matrix.'))).toEqual([]);
    });
  });
});

describe('what runs on every system', () => {
  const jobs = jobsOf(workflow('.github/workflows/ci.yml'));

  it.each(['linux', 'elsewhere'])('is npm test, on the official Electron: %s', (name) => {
    const job = jobs.get(name) ?? '';
    expect(job).toMatch(/run: (?:sudo env "PATH=\$PATH" )?npm test$/m);
    expect(job.indexOf('release-runtime.ts')).toBeGreaterThan(0);
    expect(job.indexOf('release-runtime.ts')).toBeLessThan(job.indexOf('npm test'));
  });
});

describe('a release', () => {
  const text = workflow('.github/workflows/release.yml');
  const jobs = jobsOf(text);
  const guide = read('docs/release.md');

  it('uses the secrets and variables that its guide lists, and no others', () => {
    const used = unique([...all(text, /\bsecrets\.(\w+)/g), ...all(text, /\bvars\.(\w+)/g)]);
    const listed = all(guide, /^\| `([A-Z_]+)` \|/gm);
    expect(used).toEqual(unique([...listed, 'TIDINGS_PACKAGED_PROFILE']));
  });

  it('takes a secret only in a step of the approved environment', () => {
    for (const [name, job] of jobs) {
      if (job.includes('secrets.')) expect(job, name).toMatch(/^ {4}environment: release$/m);
      // Given to a step, not to the whole job: ten spaces in, not six.
      expect(job, name).not.toMatch(/^ {0,9}\S.*secrets\./m);
    }
  });

  it('writes in one job only, in which no package of npm’s runs', () => {
    const writing = [...jobs].filter(([, job]) => /: write$/m.test(job));
    expect(writing.map(([name]) => name)).toEqual(['publish']);
    expect(jobs.get('publish')).not.toMatch(/\bnpm\b|setup-node|checkout/);
  });

  it('is made only after tests and after the check for the client id', () => {
    expect(jobs.get('ready')).toContain('node scripts/release-ready.ts "$GITHUB_REF_NAME"');
    expect(jobs.get('test')).toContain('uses: ./.github/workflows/ci.yml');
    expect(jobs.get('package')).toContain('needs: [ready, test]');
    expect(jobs.get('publish')).toContain('needs: [package]');
  });

  it('is signed, or refused: packages, bill of materials and provenance', () => {
    const options = all(jobs.get('package') ?? '', /options: (.+?), take/g);
    expect(options).toHaveLength(4);
    for (const option of options) expect(option).toContain('--sign');
    const given = all(text, /^ {10}(\w+): \$\{\{ secrets\./gm);
    expect(given.length).toBeGreaterThan(8);
    for (const name of given) expect(text, name).toContain(`\${${name}:?}`);
    expect(text).toContain('node scripts/sbom.ts');
    expect(jobs.get('publish')).toContain('actions/attest-build-provenance@');
  });
});
