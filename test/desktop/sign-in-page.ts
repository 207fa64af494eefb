import type { Locator, Page } from 'playwright-core';

import type { StandinPerson } from '../standin/people.ts';
import { waitLimitMs } from './conditions.ts';

/** Where the person ended up: back at the app's result page, or on a page of the identity provider's own. */
export interface SignInOutcome {
  readonly at: 'app' | 'identity-provider';
  /** The page's heading. */
  readonly heading: string;
}

/** What a person does at the stand-in's pages. */
export interface SignInConduct {
  /** With the list of permissions, where it is asked; default accept. */
  readonly consent?: 'accept' | 'refuse';
}

async function outcome(page: Page, at: SignInOutcome['at']): Promise<SignInOutcome> {
  const heading = page.getByRole('heading').first();
  await heading.waitFor();
  return { at, heading: await heading.innerText() };
}

/** Picks the person's tile on the stand-in's page, answers the question for consent if it comes, and sees it through. */
export async function signInAs(
  page: Page,
  person: Pick<StandinPerson, 'address'>,
  conduct: SignInConduct = {},
): Promise<SignInOutcome> {
  const signInOrigin = new URL(page.url()).origin;
  const consent = page.getByRole('button', { name: 'Accept', exact: true });
  const ownEnd = page.getByRole('heading', { name: /didn’t work|admin approval/i });
  const left = page.waitForURL(({ origin }) => origin !== signInOrigin, { timeout: waitLimitMs });
  left.catch(() => undefined);
  /** Waits for one of these on the provider's pages, or for leaving them. */
  const next = (...these: readonly Locator[]): Promise<void> =>
    Promise.race([left, ...these.map((one) => one.waitFor({ timeout: waitLimitMs }))]);

  const tile = page.getByRole('button', { name: person.address });
  await next(tile, ownEnd);
  if (await tile.isVisible()) {
    await tile.click();
    await next(consent, ownEnd);
  }
  if (await consent.isVisible()) {
    await (conduct.consent === 'refuse' ? page.getByRole('button', { name: 'Cancel', exact: true }) : consent).click();
    await next(ownEnd);
  }
  // By the address and not by what was seen first: the app's own result page may use the same words.
  return await outcome(page, new URL(page.url()).origin === signInOrigin ? 'identity-provider' : 'app');
}

/** Presses "Cancel" where the accounts are shown. */
export async function cancelSignIn(page: Page): Promise<SignInOutcome> {
  const signInOrigin = new URL(page.url()).origin;
  const left = page.waitForURL(({ origin }) => origin !== signInOrigin, { timeout: waitLimitMs });
  await Promise.all([left, page.getByRole('button', { name: 'Cancel', exact: true }).click()]);
  return await outcome(page, 'app');
}
