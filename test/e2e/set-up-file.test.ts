import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { DrivenApp } from '../desktop/app.ts';
import { signInAs } from '../desktop/sign-in-page.ts';
import { ada } from '../standin/people.ts';
import { setStage, type Stage } from './stage.ts';
import { rowOf } from './window-face.ts';

/** What the system's file dialog answers with. */
interface Picked {
  readonly canceled: boolean;
  readonly filePaths: readonly string[];
}

describe('a person without a client id', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage();
  });

  beforeEach(() => {
    rmSync(stage.dataFolder, { recursive: true, force: true });
  });

  afterAll(async () => {
    await stage.dispose();
  });

  /** A file that the app's user can read. */
  function worldFile(name: string, content: string): string {
    const file = join(stage.desktop.session.folder, 'world', name);
    writeFileSync(file, content);
    return file;
  }

  /** As everybody has it who wasn't given a profile. */
  const withoutProfile = { env: { TIDINGS_PROFILE: undefined } };

  /** The system's dialog can't be clicked here: from now on it answers this. How often it was asked: `timesAsked`. */
  async function answerDialog(app: DrivenApp, picked: Picked): Promise<void> {
    await app.electron.evaluate(({ dialog }, answer) => {
      let asked = 0;
      Reflect.set(dialog, 'showOpenDialog', () => {
        asked += 1;
        Reflect.set(globalThis, 'timesAsked', asked);
        return Promise.resolve(answer);
      });
    }, picked);
  }
  const timesAsked = (app: DrivenApp) =>
    app.electron.evaluate((): unknown => Reflect.get(globalThis, 'timesAsked') ?? 0);

  const setUpTitle = (page: Page) => page.getByRole('heading', { level: 1, name: 'Let’s set up Tidings' });
  const openFile = (page: Page) => page.getByRole('button', { name: 'Open a set-up file…' });
  const add = (page: Page) => page.getByRole('button', { name: 'Add Outlook account' });
  const clientIdOf = (url: string) => new URL(url).searchParams.get('client_id');

  it('opens a set-up file once and for all: it is in use after a restart too', async () => {
    const { clientId } = stage.world.profile;
    const file = worldFile('from-the-administrator.json', JSON.stringify(stage.world.profile));
    const first = await stage.launch(withoutProfile);
    const firstPage = await first.firstWindow();
    await answerDialog(first, { canceled: false, filePaths: [file] });
    await openFile(firstPage).click();
    await add(firstPage).waitFor();
    await first.quit();
    // What was taken from it is kept, not where it was.
    rmSync(file);

    const app = await stage.launch(withoutProfile);
    const page = await app.firstWindow();
    await add(page).click();
    const url = await stage.desktop.links.takeUrl();
    expect(url.startsWith(stage.world.identity.pageOrigin)).toBe(true);
    expect(clientIdOf(url)).toBe(clientId);

    const tab = await stage.browser.open(url);
    expect(await signInAs(tab, ada)).toEqual({ at: 'app', heading: 'Back to Tidings' });
    await tab.getByText('You can close this tab and go back to Tidings.').waitFor();
    await tab.close();
    await rowOf(page, ada).getByText('Watching').waitFor();
    await app.quit();
  });

  it('changes nothing when the dialog is closed without a choice', async () => {
    const app = await stage.launch(withoutProfile);
    const page = await app.firstWindow();
    await setUpTitle(page).waitFor();
    await answerDialog(app, { canceled: true, filePaths: [] });
    const before = await page.locator('main').innerText();
    await openFile(page).click();
    await expect.poll(() => timesAsked(app)).toBe(1);
    // The button is free again once the answer is there.
    await openFile(page).click();
    await expect.poll(() => timesAsked(app)).toBe(2);
    expect(await page.locator('main').innerText()).toBe(before);
    await app.quit();
    const settings = join(stage.dataFolder, 'settings.json');
    expect(existsSync(settings) ? JSON.parse(readFileSync(settings, 'utf8')) : {}).not.toHaveProperty(
      'profile.clientId',
    );
  });

  it('pastes an id, which is in use after a restart too', async () => {
    const { clientId, ...rest } = stage.world.profile;
    const env = { TIDINGS_PROFILE: worldFile('no-client-id.json', JSON.stringify(rest)) };
    const first = await stage.launch({ env });
    const firstPage = await first.firstWindow();
    await firstPage.getByLabel('Client id').fill(clientId ?? '');
    await firstPage.getByRole('button', { name: 'Use this id' }).click();
    await add(firstPage).waitFor();
    await first.quit();

    const app = await stage.launch({ env });
    const page = await app.firstWindow();
    await add(page).click();
    expect(clientIdOf(await stage.desktop.links.takeUrl())).toBe(clientId);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await add(page).waitFor();
    await app.quit();
  });
});
