import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startUnlockPrompter, type UnlockPrompter } from '../desktop/unlock-prompter.ts';
import { ada } from '../standin/people.ts';
import { setStage, type Stage } from './stage.ts';
import { rowOf } from './window-face.ts';

describe('a keyring that is locked when the app starts', () => {
  let stage: Stage;
  let prompter: UnlockPrompter;

  beforeAll(async () => {
    stage = await setStage();
    const app = await stage.launch();
    const page = await app.firstWindow();
    await stage.addAccount(page, ada);
    await rowOf(page, ada).getByText('Watching').waitFor();
    await app.quit();
    await stage.desktop.session.keyring.lock();
  });

  afterAll(async () => {
    await stage.dispose();
  });

  const lookAgain = (page: Page) => page.getByRole('button', { name: 'Look again' });

  it('says so, and goes on by itself when it is unlocked by another program', async () => {
    const app = await stage.launch();
    const page = await app.firstWindow();
    await rowOf(page, ada).getByText('The keyring is locked').waitFor();
    await lookAgain(page).waitFor();
    await stage.desktop.session.keyring.unlock();
    await rowOf(page, ada).getByText('Watching').waitFor();
    await lookAgain(page).waitFor({ state: 'detached' });
    expect(stage.desktop.links.urls).toHaveLength(1);
    await app.quit();
    await stage.desktop.session.keyring.lock();
  });

  it('goes on by itself when the person enters the password in the keyring’s dialog', async () => {
    prompter = await startUnlockPrompter(stage.desktop.session.bus);
    const app = await stage.launch();
    const page = await app.firstWindow();
    await prompter.waitForDialog();
    await rowOf(page, ada).getByText('Connecting').waitFor();
    expect(await lookAgain(page).count()).toBe(0);
    await prompter.enterPassword();
    await rowOf(page, ada).getByText('Watching').waitFor();
    expect(prompter.dialogs).toBe(1);
    await app.quit();
    await stage.desktop.session.keyring.lock();
  });

  it('says what to do when the dialog is dismissed, and opens it again when the person looks again', async () => {
    const before = prompter.dialogs;
    const app = await stage.launch();
    const page = await app.firstWindow();
    await prompter.dismiss();
    await rowOf(page, ada).getByText('The keyring is locked').waitFor();
    await page.getByText('Enter its password, usually the one you sign in to this computer with').first().waitFor();
    await lookAgain(page).click();
    await prompter.enterPassword();
    await rowOf(page, ada).getByText('Watching').waitFor();
    await lookAgain(page).waitFor({ state: 'detached' });
    expect(prompter.dialogs - before).toBe(2);
    // None of it sent anybody to the sign-in page.
    expect(stage.desktop.links.urls).toHaveLength(1);
    await app.quit();
    await stage.desktop.session.keyring.lock();
  });

  it('quits, though the keyring’s dialog is still open', async () => {
    const app = await stage.launch();
    await app.firstWindow();
    await prompter.waitForDialog();
    await app.quit();
    expect(app.processes()).toEqual([]);
  });
});
