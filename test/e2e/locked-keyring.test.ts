import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startUnlockPrompter, type UnlockPrompter } from '../desktop/unlock-prompter.ts';
import { ada } from '../standin/people.ts';
import { setStage, type Stage } from './stage.ts';
import { rowOf } from './window-face.ts';

describe('a keyring that is locked when the app starts', () => {
  let stage: Stage;
  let prompter: UnlockPrompter | null = null;

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

  it('says so, and "Check now" goes on as soon as it is unlocked', async () => {
    const app = await stage.launch();
    const page = await app.firstWindow();
    await rowOf(page, ada).getByText('The keyring is locked').waitFor();
    await stage.desktop.session.keyring.unlock();
    const tray = await stage.desktop.tray.waitForItem();
    await tray.clickMenu('Check now');
    await rowOf(page, ada).getByText('Watching').waitFor();
    await app.quit();
    await stage.desktop.session.keyring.lock();
  });

  it('quits, though the keyring’s dialog is still open', async () => {
    prompter = await startUnlockPrompter(stage.desktop.session.bus);
    const app = await stage.launch();
    await app.firstWindow();
    await prompter.waitForDialog();
    await app.quit();
    expect(app.processes()).toEqual([]);
  });
});
