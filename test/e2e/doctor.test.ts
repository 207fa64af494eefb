import { chmodSync, mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { DrivenApp } from '../desktop/app.ts';
import { ada } from '../standin/people.ts';
import { sized } from '../support/size.ts';
import { setStage, type Stage } from './stage.ts';
import { rowOf } from './window-face.ts';

const stepNames = [
  'Find the server’s name',
  'Reach the server',
  'Encrypt and check its certificate',
  'Get a token',
  'Sign in to the mail server',
  'Ask what the server can do',
  'Open the mailbox',
  'Wait for push',
];

/** The connection doctor as a person meets it, in the window and in a terminal. */
describe('the connection doctor', () => {
  let stage: Stage;
  let app: DrivenApp;
  let page: Page;

  beforeAll(async () => {
    stage = await setStage();
    app = await stage.launch();
    page = await app.firstWindow();
    await stage.addAccount(page, ada);
    await rowOf(page, ada).getByText('Watching').waitFor();
  });

  afterAll(async () => {
    await stage.dispose();
  });

  const step = (name: string) => page.getByRole('listitem').filter({ hasText: name });

  async function openDoctor(): Promise<void> {
    await page.getByRole('button', { name: `More for ${ada.address}` }).click();
    await page.getByRole('menuitem', { name: /^Check (?:the )?connection/u }).click();
  }

  /** Runs the program as a terminal does; its output and exit status. */
  async function inTerminal(...args: string[]): Promise<{ code: number | null; output: string }> {
    let output = '';
    const run = await stage.start({
      args,
      // A terminal elsewhere: no display, and no profile, since each account has its own.
      env: { DISPLAY: undefined, WAYLAND_DISPLAY: undefined, TIDINGS_PROFILE: undefined },
      onOutput: (text) => {
        output += text;
      },
    });
    const { code } = await run.ended;
    await run.untilGone();
    return { code, output };
  }

  it('goes the whole way by one click, with the time of each step, beside the connection that is open', async () => {
    const { imap } = stage.world;
    const { logins } = imap.counts;
    await openDoctor();
    await page.getByText('Everything works.').waitFor();
    for (const name of stepNames) {
      await step(name)
        .getByText(/^\d+ ms$/u)
        .waitFor();
      expect(await step(name).getAttribute('data-state')).toBe('passed');
    }
    expect(imap.counts.logins).toBe(logins + 1);
    // The doctor's has gone, the one that watches is the one that was there.
    await imap.events.waitUntil(() => imap.sessions().length === 1);
    expect(imap.counts.commands.get('LOGOUT')).toBe(1);
  });

  it('copies the result, without an address unless it is wanted, and never a token', async () => {
    await page.getByRole('button', { name: 'Copy result' }).click();
    const clipboard = () => app.electron.evaluate((api) => api.clipboard.readText());
    await expect.poll(clipboard).toContain('a***@contoso.example');
    expect(await clipboard()).not.toMatch(/ada@|eyJ/u);
    await page.getByRole('checkbox', { name: 'With full addresses' }).check();
    await page.getByRole('button', { name: 'Copy as JSON' }).click();
    await expect.poll(clipboard).toContain('"address": "ada@contoso.example"');
    expect(JSON.parse(await clipboard())).toMatchObject({ ok: true, accounts: [{ state: 'fine' }] });
    expect(await clipboard()).not.toContain('eyJ');
  });

  it('stops at what fails, says why and what to do, and can be asked again', async () => {
    const clear = stage.world.imap.order({ kind: 'refuse-login', style: 'bare' });
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.getByText('Something is wrong.').waitFor();
    const failed = step('Sign in to the mail server');
    await failed.getByRole('heading', { name: 'IMAP is switched off for this mailbox' }).waitFor();
    await failed.getByText(`Set-CASMailbox -Identity '${ada.address}' -ImapEnabled $true`).waitFor();
    // The mailbox is being watched at that very moment, so it need not be that.
    await failed.getByText('too many connections to this mailbox').waitFor();
    expect(await step('Open the mailbox').getAttribute('data-state')).toBe('waiting');
    clear();
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.getByText('Everything works.').waitFor();
  });

  it('in a terminal, is done by the Tidings that runs', async () => {
    const asked = stage.world.identity.log.tokenRequestCount();
    const { code, output } = await inTerminal('--doctor');
    expect(output).toContain('Everything works.');
    for (const name of stepNames) expect(output).toContain(`ok  ${name}`);
    expect(output).not.toContain(ada.address);
    expect(code).toBe(0);
    // Its window was neither asked for nor taken away, and its tokens served.
    expect(app.electron.windows()).toHaveLength(1);
    expect(stage.world.identity.log.tokenRequestCount()).toBe(asked);
  });

  it('in a terminal, is an object for a program, and says by its status that something is wrong', async () => {
    const clear = stage.world.imap.order({ kind: 'refuse-login', style: 'bare' });
    const { code, output } = await inTerminal('--doctor', '--json', `--account=${ada.address}`, '--show-addresses');
    clear();
    expect(JSON.parse(output.slice(output.indexOf('{')))).toMatchObject({
      ok: false,
      accounts: [
        {
          address: ada.address,
          state: 'failed',
          steps: expect.arrayContaining([{ name: 'sign-in' }].map((each) => expect.objectContaining(each))),
        },
      ],
    });
    expect(code).toBe(1);
    expect(await inTerminal('--doctor', '--account=nobody@contoso.example')).toMatchObject({
      code: 2,
      output: expect.stringContaining('nobody@contoso.example'),
    });
  });

  it('in a terminal, does it by itself where Tidings doesn’t run, and leaves the sign-in as good as it was', async () => {
    await app.quit();
    const { code, output } = await inTerminal('--doctor');
    expect(output).toContain('Everything works.');
    expect(code).toBe(0);
    const links = stage.desktop.links.urls.length;
    app = await stage.launch();
    page = await app.firstWindow();
    await rowOf(page, ada).getByText('Watching').waitFor();
    expect(stage.desktop.links.urls).toHaveLength(links);
  });

  it('in a terminal, makes a Tidings that is started meanwhile wait for it, and no longer', async () => {
    const { imap } = stage.world;
    await app.quit();
    const clear = imap.order({ kind: 'silence', command: 'AUTHENTICATE' });
    const examining = inTerminal('--doctor');
    await imap.events.waitUntil(() => imap.sessions().length === 1);
    const starting = stage.launch();
    // Chromium gives whoever has the lock 20 s to answer, and kills it then.
    await delay(sized(0, 25_000));
    clear();
    imap.cut('rst');
    const { code, output } = await examining;
    expect([code, output]).toEqual([1, expect.stringContaining('Something is wrong.')]);
    app = await starting;
    page = await app.firstWindow();
    await rowOf(page, ada).getByText('Watching').waitFor();
  });

  it('in a terminal, leaves nothing behind when it is given up', async () => {
    const { imap } = stage.world;
    await app.quit();
    const temporary = mkdtempSync(join(stage.desktop.session.folder, 'tmp-'));
    chmodSync(temporary, 0o777);
    imap.order({ kind: 'silence', command: 'EXAMINE' });
    const run = await stage.start({
      args: ['--doctor'],
      env: { DISPLAY: undefined, WAYLAND_DISPLAY: undefined, TMPDIR: temporary },
    });
    await imap.events.waitUntil(() => imap.sessions().length === 1);
    process.kill(run.pid, 'SIGINT');
    expect((await run.ended).code).toBe(130);
    await run.untilGone();
    expect(readdirSync(temporary).filter((name) => name.startsWith('tidings-'))).toEqual([]);
    expect(readdirSync(stage.dataFolder)).not.toContain('doctor.pid');
    await imap.events.waitUntil(() => imap.sessions().length === 0);
    imap.clearFaults();
    app = await stage.launch();
    page = await app.firstWindow();
    await rowOf(page, ada).getByText('Watching').waitFor();
  });

  it('stops when its window is closed', async () => {
    const { imap } = stage.world;
    imap.order({ kind: 'silence', command: 'EXAMINE' }, { address: ada.address });
    await openDoctor();
    await page.getByText('Checking…').waitFor();
    await imap.events.waitUntil(() => imap.sessions().length === 2);
    await app.electron.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows().at(0)?.close();
    });
    await imap.events.waitUntil(() => imap.sessions().length === 1);
    imap.clearFaults();
  });
});
