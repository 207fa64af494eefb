import type { Page } from 'playwright-core';

import { windowPicture } from './pictures.ts';

/** What Microsoft's page says when an administrator hasn't allowed an app, as a person copies it. */
const copied = `Sorry, but we’re having trouble signing you in.
AADSTS50105: Your administrator has configured the application Tidings to block users unless they are specifically granted access to the application.
Request Id: 5b6d0a83-3c1f-4c6e-9f0a-7d2f1e5a4400
Correlation Id: 0d6c3d3f-2d55-4a0c-b8a5-6f3f8a4b1c9e
Timestamp: 2026-11-20T09:14:05Z`;

/** An error that stayed on Microsoft's page while Tidings waited, explained. Leaves the window as it was. */
export async function explainedErrorPicture(page: Page, takeUrl: () => Promise<string>): Promise<Buffer> {
  await page
    .getByRole('button', { name: /^Add (?:Outlook )?account$/u })
    .first()
    .click();
  await takeUrl();
  await page.getByText('Microsoft shows an error?').click();
  await page.getByRole('textbox', { name: 'What Microsoft’s page says' }).fill(copied);
  await page.getByRole('button', { name: 'Explain it' }).click();
  await page.getByText('Who can mend it: Your administrator').waitFor();
  const picture = await windowPicture(page);
  await page.getByRole('button', { name: 'Close' }).click();
  return picture;
}
