import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type AppProgram, type LaunchOptions, type RunningApp, startApp } from '../desktop/app.ts';
import { type Desktop, startDesktop } from '../desktop/desktop.ts';
import { sendSignal } from '../desktop/processes.ts';
import { listenersOf } from './listeners.ts';
import { copyPackage, programAfter, programIn } from './locked-down-app.ts';
import { outputOf } from './packages.ts';

/** What Chromium and Node say as soon as an inspector can be reached. */
const inspectorOpen = /(?:DevTools|Debugger) listening on/u;

/**
 * The release as it is started by somebody who wants it to run their code, or to see into it. What its fuses are is
 * read back in builds.test.ts, its sandbox in packaged-app.test.ts. Not here: a changed app.asar, which Electron
 * compares with the program's own sum of it on Windows and macOS only.
 */
describe('the release against whoever starts it', () => {
  let desktop: Desktop;
  let folder: string;
  let program: AppProgram;
  /** Where code that ran would leave a file. */
  let marks: string;
  let app: RunningApp | null = null;

  beforeAll(async () => {
    desktop = await startDesktop();
    folder = copyPackage('release', desktop.session);
    program = programIn(folder);
    marks = desktop.session.makeFolder('marks');
  });

  afterEach(async () => {
    await app?.kill();
    app = null;
    await desktop.tray.waitForNone();
  });

  afterAll(async () => {
    await desktop.dispose();
  });

  async function start(options: LaunchOptions = {}, started: AppProgram = program): Promise<RunningApp> {
    app = await startApp(desktop.session, started, options);
    return app;
  }

  /** Resolves when the app is up as on any day, so that whatever was to run before it would have. */
  async function startsAsUsual(options: LaunchOptions = {}, started: AppProgram = program): Promise<RunningApp> {
    const running = await start(options, started);
    await desktop.tray.waitForItem();
    const renderers = () => running.processes().filter(({ command }) => command.includes('--type=renderer'));
    await expect.poll(renderers).toHaveLength(1);
    return running;
  }

  const listeners = (running: RunningApp) => listenersOf(running.processes().map(({ pid }) => pid));

  /** A program in JavaScript that leaves a file of this name, if anybody lets it. */
  function leaving(mark: string): { readonly code: string; readonly ran: () => boolean } {
    const path = join(marks, mark);
    return { code: `require('fs').writeFileSync(${JSON.stringify(path)}, '')`, ran: () => existsSync(path) };
  }

  function writeReadable(path: string, content: string): string {
    writeFileSync(path, content);
    // The app's user has to be able to read it, whatever the caller's umask.
    chmodSync(path, 0o644);
    return path;
  }

  it('runs no other code than its own, and opens no inspector, whatever the environment asks of Node', async () => {
    const asNode = leaving('as-node');
    const required = leaving('required');
    const file = writeReadable(join(desktop.session.folder, 'required.cjs'), required.code);
    const running = await startsAsUsual({
      args: ['-e', asNode.code],
      env: { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: `--require ${file} --inspect=127.0.0.1:0` },
    });
    expect(asNode.ran()).toBe(false);
    expect(required.ran()).toBe(false);
    expect(running.output()).not.toMatch(inspectorOpen);
    expect(listeners(running)).toEqual([]);
  });

  it('opens no inspector on SIGUSR1, which ends it as it would any program; the next start is as usual', async () => {
    const running = await startsAsUsual();
    sendSignal(running.pid, 'SIGUSR1');
    expect(await running.ended).toEqual({ code: null, signal: 'SIGUSR1' });
    expect(running.output()).not.toMatch(inspectorOpen);
    await running.untilGone();
    await desktop.tray.waitForNone();
    await startsAsUsual();
  });

  it.each([
    '--inspect=127.0.0.1:0',
    '--inspect-brk=0',
    '--remote-debugging-port=0',
    '--disable-web-security',
    '--host-rules=MAP * 127.0.0.1',
    '--ignore-certificate-errors',
    '--no-sandbox',
  ])('refuses to start with %s, says so, and listens for nobody', async (word) => {
    const running = await start({ args: [word] });
    expect(await running.ended).toEqual({ code: 1, signal: null });
    // Whoever could listen has ended too.
    await running.untilGone();
    const name = word.replace(/^-+/u, '').split('=')[0] ?? '';
    expect(running.output()).toMatch(new RegExp(`^Tidings can’t start: .*: --${name}$`, 'mu'));
    expect(running.output()).not.toMatch(inspectorOpen);
    expect(desktop.tray.items()).toEqual([]);
  });

  it('refuses to start with --remote-debugging-pipe, and answers nothing in the pipe', async () => {
    const request = JSON.stringify({ id: 1, method: 'Browser.getVersion' });
    const asked = writeReadable(join(desktop.session.folder, 'asked'), `${request}\0`);
    const answered = join(marks, 'answered');
    // Chromium reads from 3 and writes to 4.
    const piped = programAfter(`exec 3<'${asked}' 4>'${answered}';`, program);
    const running = await start({ args: ['--remote-debugging-pipe'] }, piped);
    expect(await running.ended).toEqual({ code: 1, signal: null });
    await running.untilGone();
    expect(running.output()).toContain('Start Tidings without: --remote-debugging-pipe');
    expect(readFileSync(answered, 'utf8')).toBe('');
  });

  describe('with a folder named app beside its archive', () => {
    let other: string;
    let ran: () => boolean;

    beforeAll(() => {
      const inFolder = leaving('folder');
      ran = inFolder.ran;
      other = join(desktop.session.folder, 'other-package');
      outputOf('cp', ['--archive', '--link', folder, other]);
      const beside = join(other, 'resources', 'app');
      mkdirSync(beside);
      chmodSync(beside, 0o755);
      writeReadable(join(beside, 'package.json'), JSON.stringify({ name: 'other', main: 'index.js' }));
      writeReadable(join(beside, 'index.js'), inFolder.code);
    });

    it('starts the archive', async () => {
      await startsAsUsual({}, programIn(other));
      expect(ran()).toBe(false);
    });

    it('starts nothing when the archive is taken away', async () => {
      rmSync(join(other, 'resources', 'app.asar'));
      const running = await start({}, programIn(other));
      expect(await running.ended).toMatchObject({ code: 1 });
      expect(ran()).toBe(false);
    });
  });
});
