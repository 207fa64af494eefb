import type { Page } from 'playwright-core';

import { windowPicture } from './pictures.ts';

/** What Tidings prepares for an administrator, by the way that a person takes there. Leaves the window as it was. */
export async function letterPicture(page: Page, address: string): Promise<Buffer> {
  const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click();
  await press(/^Add (Outlook )?account$/u);
  await press('The page says “Need admin approval”?');
  await page.getByRole('textbox').fill(address);
  await press('Continue');
  await page.getByRole('textbox', { name: 'Your letter' }).waitFor();
  const picture = await windowPicture(page);
  await press('Back');
  await press(`Stop waiting for ${address}`);
  await page.getByText(address).waitFor({ state: 'detached' });
  return picture;
}
