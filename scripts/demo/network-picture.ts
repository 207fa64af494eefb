import type { Page } from 'playwright-core';

import { windowPicture } from './pictures.ts';

/** The ways out of a network, and a test of the one in use. Leaves the window as it was. */
export async function networkPicture(page: Page): Promise<Buffer> {
  const press = (name: string) => page.getByRole('button', { name }).click();
  await press('Settings');
  await page.getByRole('menuitem', { name: 'Network…' }).click();
  await press('Test the connection');
  const reached = page.getByText(/^Reached/u).nth(1);
  await reached.waitFor();
  await reached.scrollIntoViewIfNeeded();
  const picture = await windowPicture(page);
  await press('Back');
  return picture;
}
