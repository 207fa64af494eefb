import type { Page } from 'playwright-core';

import { setStage } from '../../test/e2e/stage.ts';
import { rowOf } from '../../test/e2e/window-face.ts';
import { ada } from '../../test/standin/people.ts';
import type { DocsPicture } from './picture-files.ts';
import { windowPicture } from './pictures.ts';

/** What the window says of a keyring in each of its states, from the real app with a real gnome-keyring. */
export async function takeKeyringPictures(put: (name: DocsPicture, png: Buffer) => void): Promise<void> {
  const stage = await setStage();
  const { keyring } = stage.desktop.session;
  const take = async (page: Page, name: DocsPicture): Promise<void> => {
    await page.clock.setFixedTime(Date.now());
    await page.mouse.move(0, 0);
    put(name, await windowPicture(page));
  };
  try {
    const first = await stage.launch({ args: ['--force-device-scale-factor=1.5'] });
    const page = await first.firstWindow();
    await stage.addAccount(page, ada);
    await rowOf(page, ada).getByText('Watching').waitFor();
    await keyring.lock();
    await page.getByText('The keyring was locked meanwhile').waitFor();
    await take(page, 'keyring-locked-meanwhile');
    await first.quit();

    const second = await stage.launch({ args: ['--force-device-scale-factor=1.5'] });
    const found = await second.firstWindow();
    await found.getByRole('heading', { name: 'The keyring is locked' }).first().waitFor();
    await rowOf(found, ada).getByText('Offline').waitFor();
    await take(found, 'keyring-locked');
    await keyring.unlock();
    await rowOf(found, ada).getByText('Watching').waitFor();
    await keyring.stop();
    await found.getByRole('heading', { name: 'The keyring has stopped' }).waitFor();
    await take(found, 'keyring-lost');
    await second.quit();

    const third = await stage.launch({ args: ['--force-device-scale-factor=1.5'] });
    const without = await third.firstWindow();
    await without.getByRole('heading', { name: 'This computer has no keyring in use' }).first().waitFor();
    await rowOf(without, ada).getByText('Offline').waitFor();
    await take(without, 'keyring-absent');
    await without.getByRole('button', { name: 'Keep it until I quit' }).click();
    await without.getByText('Your sign-in is kept until you quit').waitFor();
    await rowOf(without, ada).getByText('Needs sign-in').waitFor();
    await take(without, 'session-only');
    await third.quit();
  } finally {
    await stage.dispose();
  }
}
