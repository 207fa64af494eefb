import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const stageApp = fileURLToPath(new URL('../desktop/stage-app.ts', import.meta.url));
const prebuild = `node_modules/keytar/prebuilds/${process.platform}-${process.arch}/keytar.node`;
const files = [
  ...['package.json', 'out/main/index.js', 'out/main/bin/helper', 'out/preload/index.cjs', 'out/renderer/index.html'],
  ...['node_modules/keytar/package.json', 'node_modules/keytar/lib/keytar.js', prebuild],
];

/** With a umask that keeps everybody else out, as careful people and some systems set for root. */
const strictUmask = 0o077;

describe('the staged app', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidings-stage-'));
    for (const file of files) {
      const path = join(folder, 'checkout', file);
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeFileSync(path, '{}', { mode: file.includes('/bin/') ? 0o700 : 0o600 });
    }
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('can be read by everybody, whatever the caller keeps to itself', () => {
    const into = join(folder, 'app');
    // In a process of its own: a worker's umask can't be set.
    const program = [
      `process.umask(${strictUmask});`,
      `const { stageBuiltApp } = await import(${JSON.stringify(stageApp)});`,
      `stageBuiltApp(${JSON.stringify(into)}, ${JSON.stringify(join(folder, 'checkout'))});`,
    ].join('\n');
    execFileSync(process.execPath, ['--input-type=module', '--eval', program]);

    const staged = readdirSync(into, { recursive: true, encoding: 'utf8' });
    expect(staged).toEqual(expect.arrayContaining(files));
    const modes = ['.', ...staged].map((name) => {
      const stats = lstatSync(join(into, name));
      return [name, stats.isDirectory() ? 'folder' : 'file', (stats.mode & 0o777).toString(8)];
    });
    for (const [name, kind, mode] of modes) {
      expect([name, mode]).toEqual([name, kind === 'folder' || name?.includes('/bin/') === true ? '755' : '644']);
    }
  });
});
