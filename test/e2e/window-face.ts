import type { Locator, Page } from 'playwright-core';

import { drawTrayIcon } from '../../electron/main/shell/tray-icon.ts';
import type { StatusIcon } from '../desktop/status-icon.ts';
import type { StandinPerson } from '../standin/people.ts';

/** An account's row in the window's list. */
export function rowOf(page: Page, person: Pick<StandinPerson, 'address'>): Locator {
  return page.getByRole('listitem').filter({ hasText: person.address });
}

/** Waits until the window gives this number of unread messages for an account, as the server's own. */
export async function waitForUnread(page: Page, person: StandinPerson, count: number): Promise<void> {
  const label = new RegExp(`^${count} unread messages?$`, 'u');
  await rowOf(page, person).getByRole('img', { name: label }).waitFor();
}

/** Whether an icon is the one of accounts that are being watched, with this number on it, whatever the panel. */
export function isIconOf(count: number, { width: size, rgba }: StatusIcon): boolean {
  return (['light-panel', 'dark-panel', 'any-panel'] as const).some((variant) =>
    looksLike(rgba, drawTrayIcon({ count, status: 'watching', variant, size }).rgba),
  );
}

/** On its way an icon is multiplied by its alpha and divided by it again, which rounds, most where it is faint. */
function looksLike(shown: Uint8Array, drawn: Uint8Array): boolean {
  if (shown.length !== drawn.length) return false;
  return drawn.every((value, at) => {
    const alpha = drawn[at - (at % 4) + 3] ?? 0;
    const difference = Math.abs(value - (shown[at] ?? 0));
    return at % 4 === 3 ? difference <= 2 : difference * alpha <= 2 * 255;
  });
}

/** How much of an icon's painted area is plainly of a colour: share of its pixels, 0 to 1. */
export function shareOf(icon: StatusIcon, colour: 'red' | 'blue' | 'any colour'): number {
  let painted = 0;
  let fitting = 0;
  for (let at = 0; at < icon.rgba.length; at += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = icon.rgba.subarray(at, at + 4);
    if (alpha < 128) continue;
    painted += 1;
    const strength = Math.max(red, green, blue) - Math.min(red, green, blue);
    const isRed = red > green + 60 && red > blue + 60;
    const isBlue = blue > red + 60 && blue > green;
    if (colour === 'any colour' ? strength > 60 : colour === 'red' ? isRed : isBlue) fitting += 1;
  }
  return painted === 0 ? 0 : fitting / painted;
}
