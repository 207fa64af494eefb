import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { PNG } from 'pngjs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { startBrowser } from '../desktop/browser.ts';
import { type Desktop, startDesktop } from '../desktop/desktop.ts';
import { commandLine, listProcesses, ownerOf, processTree, seccompMode } from '../desktop/processes.ts';
import { signInAs } from '../desktop/sign-in-page.ts';
import { startUnlockPrompter, type UnlockPrompter } from '../desktop/unlock-prompter.ts';
import { ada, lin, standinPeople } from '../standin/people.ts';
import { attachToWindow } from './attach.ts';
import { type ChildProgram, startProgram } from './child-program.ts';

const script = fileURLToPath(new URL('../../scripts/demo.ts', import.meta.url));

/** Where the demos of this file put their own folders, so that leftovers can be told from anybody else's. */
let folder = '';
const started: ChildProgram[] = [];

let temporary = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidings-test-demo-'));
  // The ordinary user that root becomes for the app has to get through.
  chmodSync(folder, 0o711);
  temporary = join(folder, 'tmp');
  mkdirSync(temporary, { mode: 0o711 });
});

afterEach(async () => {
  for (const program of started.splice(0)) {
    program.kill('SIGKILL');
    await program.ended;
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What a terminal on a machine without a display has. */
const plainEnv = (more: Readonly<Record<string, string>> = {}): Record<string, string | undefined> => ({
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  TIDINGS_CACHE_DIR: process.env['TIDINGS_CACHE_DIR'],
  TMPDIR: temporary,
  ...more,
});

/** Nothing is left of a demo: no file, no process. */
async function expectNothingLeft(): Promise<void> {
  await expect.poll(() => readdirSync(temporary), { timeout: 30_000 }).toEqual([]);
  expect(listProcesses().filter(({ pid }) => commandLine(pid).some((word) => word.includes(temporary)))).toEqual([]);
}

function startDemo(args: readonly string[], env: Readonly<Record<string, string | undefined>>): ChildProgram {
  const program = startProgram(script, args, env);
  started.push(program);
  return program;
}

/** How many different colours a picture has. */
function coloursOf(file: string): number {
  const { data } = PNG.sync.read(readFileSync(file));
  const colours = new Set<number>();
  for (let at = 0; at < data.length; at += 4) colours.add(data.readUInt32BE(at));
  return colours.size;
}

describe('the demo on a machine without a display', () => {
  it('tells the main job with timings, writes pictures and ends with 0', { timeout: 120_000 }, async () => {
    const out = join(folder, 'pictures');
    const demo = startDemo(['--out', out], plainEnv());
    expect(await demo.ended, demo.output()).toEqual({ code: 0, signal: null });

    const seconds = String.raw`\(\d+\.\d s\)`;
    // Nothing gets from one process to another in no time: such a figure wasn't measured.
    const ms = String.raw`(?!0\.0 )\d+(?:\.\d)? ms`;
    const expected = [
      `signed in as ada@contoso.example ${seconds}`,
      'unread 3',
      'tray: 3',
      `new mail → notification in ${ms}: “.+”`,
      String.raw`tray: 4 \(${ms}\)`,
      String.raw`read on another device → tray: 3 \(${ms}\)`,
      `signed in as lin@fabrikam.example ${seconds}`,
      `new mail → notification in ${ms}: “.*To lin@fabrikam.example”`,
      '8 more at once → one summary in their place: “.+”',
      'tray: 13',
      `restarted, still signed in without a browser: unread 15 ${seconds}`,
      'told once what came meanwhile: “2 new messages while you were away”',
      'quit from the tray menu, no process left',
      'pictures in ',
    ];
    expect(demo.output()).toMatch(new RegExp(expected.join(String.raw`[\s\S]*\n.*`), 'u'));
    expect(demo.output()).toContain(out);
    // One came before the eight and wasn't read elsewhere; where it takes more than 10 s to the next it stands on its own.
    const [burst = ''] = /^.* more at once → .*$/mu.exec(demo.output()) ?? [];
    const numbers = [...burst.matchAll(/“(\d+) new messages”|and (\d+) told on their own/gu)];
    const told = numbers.map(([, summary, own]) => Number(summary ?? own));
    expect(told[0], burst).toBeGreaterThanOrEqual(5);
    expect(
      told.reduce((sum, number) => sum + number, 0),
      burst,
    ).toBe(1 + 8);

    const pictures = readdirSync(out);
    expect(pictures).toEqual(
      expect.arrayContaining(['window-accounts-light.png', 'window-accounts-dark.png', 'tray-04.png']),
    );
    expect(demo.output()).toContain(`${pictures.length} pictures in `);
    for (const name of pictures) expect(coloursOf(join(out, name)), name).toBeGreaterThan(10);
    const window = PNG.sync.read(readFileSync(join(out, 'window-accounts-light.png')));
    expect(Math.min(window.width, window.height)).toBeGreaterThan(300);
  });

  it('ends with 1 and says what was expected when the app dies under it', async () => {
    const demo = startDemo(['--out', join(folder, 'dying')], plainEnv());
    await demo.waitFor(/window and tray icon are there/u);
    const app = processTree(demo.pid).find(({ pid }) => commandLine(pid).some((word) => word.endsWith('/electron')));
    process.kill(app?.pid ?? 0, 'SIGKILL');
    expect((await demo.ended).code).toBe(1);
    expect(demo.output()).toMatch(/FAILED, expected: .+\nhappened: .*SIGKILL[\s\S]*\nThe app said last:\n/u);
  });

  it('ends with 1 and the reason when there is no Electron to run', async () => {
    const demo = startDemo(['--out', join(folder, 'none')], plainEnv({ TIDINGS_CACHE_DIR: join(folder, 'empty') }));
    expect((await demo.ended).code).toBe(1);
    expect(demo.output()).toMatch(/^The demo failed: .*npm run setup/mu);
  });

  it('ends with 1 and the reason when the pictures have nowhere to go', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const demo = startDemo(['--out', file], plainEnv());
    expect((await demo.ended).code).toBe(1);
    expect(demo.output()).toMatch(/^The demo failed: .*a-file/mu);
  });

  it('leaves nothing behind when it is interrupted', async () => {
    const demo = startDemo(['--out', join(folder, 'half')], plainEnv());
    await demo.waitFor(/window and tray icon are there/u);
    demo.kill('SIGINT');
    expect((await demo.ended).code).toBe(130);
    await expectNothingLeft();
  });
});

describe('the demo on a display', () => {
  let desktop: Desktop;
  /** In the person's own folders before anything, by the folder's variable; their keyring, for one. */
  let atHome: ReadonlyMap<string, readonly string[]>;
  let prompter: UnlockPrompter;

  beforeAll(async () => {
    desktop = await startDesktop();
    prompter = await startUnlockPrompter(desktop.session.bus);
    atHome = listHome();
  });

  afterAll(async () => {
    await desktop.dispose();
  });

  /** What a terminal in that session has. */
  const sessionEnv = () => ({
    ...desktop.session.env,
    PATH: `${desktop.session.programs}:${process.env['PATH'] ?? ''}`,
    TIDINGS_CACHE_DIR: process.env['TIDINGS_CACHE_DIR'],
    TMPDIR: temporary,
  });

  function listHome(): ReadonlyMap<string, readonly string[]> {
    const folders = ['HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_CACHE_HOME', 'XDG_STATE_HOME'];
    return new Map(folders.map((name) => [name, readdirSync(desktop.session.env[name] ?? '')]));
  }

  /** Nothing came into the person's own folders and keyring, and nobody asked them for its password. */
  async function expectHomeUntouched(): Promise<void> {
    expect(listHome()).toEqual(atHome);
    expect(await desktop.session.keyring.items()).toEqual([]);
    expect(prompter.dialogs).toBe(0);
  }

  /** The person's browser leaves things in their home: not those that are looked for there. */
  function browserEnv(): Record<string, string> {
    const home = desktop.session.makeFolder('browser-home');
    const ownFolders = ['HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_CACHE_HOME', 'XDG_STATE_HOME'];
    return { ...desktop.session.env, ...Object.fromEntries(ownFolders.map((name) => [name, home])) };
  }

  /** The app's processes, helpers too, run as no root, and its renderer in Chromium's sandbox. */
  function expectOrdinaryAndSandboxed(demo: ChildProgram): void {
    const main = processTree(demo.pid).find(({ pid }) => commandLine(pid)[0]?.endsWith('/electron') === true);
    const ofApp = processTree(main?.pid ?? 0).map(({ pid }) => ({ pid, words: commandLine(pid) }));
    const renderers = ofApp.filter(({ words }) => words.includes('--type=renderer'));
    // The browser's end, its two zygotes and the renderer at the least.
    expect(ofApp.length).toBeGreaterThanOrEqual(4);
    for (const { pid, words } of ofApp) expect(ownerOf(pid), words.join(' ')).not.toBe(0);
    expect(renderers.length).toBeGreaterThan(0);
    for (const { pid } of renderers) expect(seccompMode(pid)).toBe(2);
    for (const { words } of ofApp) expect(words).not.toContain('--no-sandbox');
  }

  /** Of ada and lin together: what they had at the start, and what came of it since by the demo's own words. */
  function unreadBy(demo: ChildProgram): number {
    const count = (line: RegExp): number => [...demo.output().matchAll(line)].length;
    return 3 + 2 + count(/ mail for \S+: “/gu) - count(/ read on another device by /gu);
  }

  it('ends with the terminal, leaving nothing on the desktop or the disk, and nothing in the home folder', async () => {
    const demo = startDemo([], sessionEnv());
    await desktop.tray.waitForItem();
    await demo.waitFor(/Ctrl-C/u);
    demo.kill('SIGINT');
    expect((await demo.ended).code).toBe(130);
    await desktop.tray.waitForNone();
    await expectNothingLeft();
    await expectHomeUntouched();
  });

  it('lets a person sign in by their own browser, and mail arrives on their desktop', async () => {
    const { keyring } = desktop.session;
    const browser = await startBrowser({ ...desktop.session, env: browserEnv() }, 'full');
    await keyring.lock();
    const demo = startDemo(['--verbose', '--', '--remote-debugging-port=0'], sessionEnv());
    const [, endpoint = ''] = await demo.waitFor(/DevTools listening on (ws:\S+)/u);
    const window = await attachToWindow(endpoint);
    expectOrdinaryAndSandboxed(demo);
    await window.click('Add Outlook account');
    const tab = await browser.open(await desktop.links.takeUrl());
    await tab.getByText('This is a demo.').waitFor();
    for (const { address } of standinPeople) await tab.getByRole('button', { name: address }).waitFor();
    expect(await tab.getByRole('button', { name: '@' }).count()).toBe(3);
    expect(await signInAs(tab, ada)).toMatchObject({ at: 'app' });
    await demo.waitFor(/signed in: ada@contoso\.example/u);
    expect(prompter.dialogs, 'dialogs of the locked keyring').toBe(0);

    // What becomes of the person's own keyring is none of the demo's business.
    await keyring.stop();
    await keyring.start();
    await window.click('Add account');
    const second = await browser.open(await desktop.links.takeUrl());
    expect(await signInAs(second, lin)).toMatchObject({ at: 'app' });
    await demo.waitFor(/signed in: lin@fabrikam\.example/u);
    expect(await keyring.items()).toEqual([]);
    await keyring.lock();

    const [, subject = ''] = await demo.waitFor(/mail for ada@contoso\.example: “(.+)” from/u);
    await desktop.notifications.waitFor(({ body }) => body.includes(subject));
    expect(await window.text()).not.toMatch(/keyring/iu);
    const place = readdirSync(temporary).find((name) => name.startsWith('tidings-demo-')) ?? '';
    expect(readdirSync(join(temporary, place, 'data'))).toContain('settings.json');
    // Never the person's keyring: a file stands in for it.
    expect(readdirSync(join(temporary, place, 'keyring'))).toContain('demo.keyring');
    const tray = await desktop.tray.waitForItem();
    // Each new count brings a new menu: a click has to wait for the one that stays.
    await tray.waitForMenu(([headline]) => headline === `${unreadBy(demo)} unread`);
    await tray.clickMenu('Quit Tidings');
    expect(await demo.ended, demo.output()).toEqual({ code: 0, signal: null });
    await browser.close();
    await desktop.tray.waitForNone();
    await expectNothingLeft();
    await expectHomeUntouched();
  });
});
