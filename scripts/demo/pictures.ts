import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from 'playwright-core';

import { iconToPng } from '../../test/desktop/status-icon.ts';
import type { StatusIcon } from '../../test/desktop/status-icon.ts';

/** Each pixel of an enlarged tray icon is this wide and high. */
export const trayEnlargement = 8;

export type Look = 'light' | 'dark';

/** Shows the window as under the system's light or dark setting; resolves when it is drawn so. */
export async function showLook(page: Page, look: Look): Promise<void> {
  await page.emulateMedia({ colorScheme: look });
  // The first frame after the change may still be the old one's.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null)))),
  );
}

/** The window's content as a PNG, without a blinking caret or a half-way animation. */
export function windowPicture(page: Page): Promise<Buffer> {
  return page.screenshot({ animations: 'disabled', caret: 'hide' });
}

/** A folder that pictures are put in; made at once, so that a bad name is found before the work. */
export class PictureFolder {
  readonly path: string;
  readonly #names = new Set<string>();

  /** @throws when it is no folder and can't become one */
  constructor(path: string) {
    this.path = path;
    mkdirSync(path, { recursive: true });
  }

  /** How many pictures were put in it, each name once. */
  get written(): number {
    return this.#names.size;
  }

  put(name: string, png: Buffer): void {
    writeFileSync(join(this.path, `${name}.png`), png);
    this.#names.add(name);
  }

  /** The window in both looks; the light one stays. */
  async putWindow(page: Page, name: string): Promise<void> {
    for (const look of ['dark', 'light'] as const) {
      await showLook(page, look);
      this.put(`${name}-${look}`, await windowPicture(page));
    }
  }

  /** A tray icon as it is, and enlarged. */
  putTrayIcon(icon: StatusIcon, name: string): void {
    this.put(name, iconToPng(icon));
    this.put(`${name}-enlarged`, iconToPng(icon, trayEnlargement));
  }
}
