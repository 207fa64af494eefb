import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ada } from '../standin/people.ts';
import { renewToken } from './renew-token.ts';
import { SecretWatch } from './secret-watch.ts';
import { setStage, type Stage } from './stage.ts';
import { rowOf } from './window-face.ts';

describe('a computer without a keyring', () => {
  let secrets: SecretWatch;
  let stage: Stage;

  beforeAll(async () => {
    secrets = new SecretWatch([ada]);
    stage = await setStage({ desktop: { keyring: 'absent' } });
  });

  afterAll(async () => {
    await stage.dispose();
    secrets.dispose();
  });

  it('notices a keyring that was started meanwhile', async () => {
    const { keyring } = stage.desktop.session;
    const app = await stage.launch();
    const page = await app.firstWindow();
    await page.getByRole('button', { name: 'Add Outlook account' }).click();
    await page.getByText('This computer has no keyring in use').waitFor();
    await keyring.start();
    await page.getByRole('button', { name: 'Look again' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Add Outlook account' }).waitFor();
    await app.quit();
    await keyring.stop();
  });

  it('explains, opens no browser, and signs in for this session once the person chose that', async () => {
    const app = await stage.launch();
    const page = await app.firstWindow();
    await page.getByRole('button', { name: 'Add Outlook account' }).click();
    await page.getByRole('heading', { name: 'Where should Tidings keep your sign-in?' }).waitFor();
    await page.getByText('This computer has no keyring in use').waitFor();
    expect(stage.desktop.links.urls).toEqual([]);

    await page.getByRole('button', { name: 'Keep it until I quit' }).click();
    expect(await stage.addAccount(page, ada)).toMatchObject({ at: 'app' });
    await rowOf(page, ada).getByText('Watching').waitFor();
    await page.getByText('Your sign-in is kept until you quit').waitFor();
    secrets.expectNowhere(stage, app);
    await app.quit();
  });

  it('asks to sign in again after a restart, and goes on then', async () => {
    const app = await stage.launch();
    const page = await app.firstWindow();
    const row = rowOf(page, ada);
    await row.getByText('Needs sign-in').waitFor();
    await row.getByRole('button', { name: 'Sign in again' }).click();
    await signInAgain();
    await row.getByText('Watching').waitFor();
    await renewToken(stage.world, ada);
    await row.getByText('Watching').waitFor();
    secrets.expectNowhere(stage, app);
    await app.quit();
  });

  async function signInAgain(): Promise<void> {
    const tab = await stage.browser.open(await stage.desktop.links.takeUrl());
    await tab.getByRole('button', { name: ada.address }).click();
    await tab.getByRole('heading', { name: 'Back to Tidings' }).waitFor();
    await tab.close();
  }
});
