import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sized } from '../../support/size.ts';
import { projectRoot } from './checkout.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidings-npm-ci-'));
  for (const file of ['package.json', 'package-lock.json', '.npmrc'])
    copyFileSync(join(projectRoot, file), join(folder, file));
});
// Forty thousand files, on a disk that may be busy.
afterEach(() => rmSync(folder, { recursive: true, force: true }), 600_000);

const run = promisify(execFile);

/** Without what an npm around us set: the settings of the folder and of the machine have to be enough. */
function machineEnv(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^npm_(package|lifecycle|command|config_local_prefix)/.test(name),
  );
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((part) => !part.startsWith(projectRoot));
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter) };
}

describe('npm ci alone', () => {
  // Of everything, every set-up in a clean checkout is a test: with `npm ci` as its only means. Here it is the packages
  // that the program runs on, and all of them at full size; as long as it takes on a slow disk and line.
  it.each([sized('what the program runs on', 'everything')])(
    'installs %s from the lock file in an empty folder',
    { timeout: 600_000 },
    async (which) => {
      const part = which === 'everything' ? [] : ['--omit=dev'];
      // The download cache may help; nothing else of this machine does.
      await run('npm', ['ci', ...part, '--prefer-offline', '--loglevel=error'], { cwd: folder, env: machineEnv() });
      const inside = ['@azure/msal-node-extensions', 'imapflow', 'keytar'];
      if (which === 'everything') inside.push('electron', 'vitest');
      for (const name of inside) {
        expect(existsSync(join(folder, 'node_modules', name, 'package.json')), name).toBe(true);
      }
    },
  );

  it('is refused on no Node from 20 on, not even by a machine that is strict about versions', async () => {
    const env = machineEnv();
    const { stdout } = await run('npm', ['config', 'get', 'userconfig'], { cwd: folder, env });
    const own = stdout.trim();
    const strict = join(folder, 'of-the-user.npmrc');
    writeFileSync(strict, `${existsSync(own) ? readFileSync(own, 'utf8') : ''}\nengine-strict=true\n`);
    const pretend = join(folder, 'pretend.mjs');
    writeFileSync(pretend, "Object.defineProperty(process, 'version', { value: 'v20.17.0' });");
    // Asks for versions first, and would stop there; what it installs is another test's.
    const ci = run('npm', ['ci', '--dry-run', '--prefer-offline'], {
      cwd: folder,
      env: { ...env, npm_config_userconfig: strict, NODE_OPTIONS: `--import=${pretend}` },
    });
    const { stderr } = await ci;
    // That the pretence works: what other packages want is said, and the project itself wants no more.
    expect(stderr).toContain('EBADENGINE');
    expect(stderr).not.toContain('tidings@');
  });

  it('needs no completing of the lock file: it is complete', async () => {
    const before = readFileSync(join(folder, 'package-lock.json'), 'utf8');
    const script = join(projectRoot, 'scripts', 'complete-lock.mjs');
    const { stdout } = await run(process.execPath, [script, join(folder, 'package-lock.json')]);
    expect(stdout).toBe('complete\n');
    expect(readFileSync(join(folder, 'package-lock.json'), 'utf8')).toBe(before);
  });
});
