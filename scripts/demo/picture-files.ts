import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { PNG } from 'pngjs';

/** The pictures of README and docs, by the names of their files: `npm run screenshots` makes each of them. */
export const docsPictures = [
  'admin-letter',
  'connection-doctor',
  'explained-error',
  'first-run',
  'keyring-absent',
  'keyring-locked',
  'keyring-locked-meanwhile',
  'keyring-lost',
  'network',
  'other-account',
  'remove-everything',
  'session-only',
  'settings-menu',
  'shared-mailboxes',
  'sign-in-page',
  'tidings',
  'token-inspector',
  'token-inspector-dark',
  'tray-states',
  'window-dark',
  'window-light',
] as const;

export type DocsPicture = (typeof docsPictures)[number];

/** A pixel counts as different from here on, 0 to 255 in any channel; less is how a font is smoothed. */
const differsFrom = 32;
/** A picture counts as new when this share of its pixels differ. */
const newFrom = 0.002;

/** Whether two pictures would look different to somebody. */
export function looksDifferent(before: Buffer, after: Buffer): boolean {
  const old = PNG.sync.read(before);
  const now = PNG.sync.read(after);
  if (old.width !== now.width || old.height !== now.height) return true;
  let different = 0;
  for (let at = 0; at < now.data.length; at += 4) {
    for (let channel = at; channel < at + 4; channel += 1) {
      if (Math.abs((now.data[channel] ?? 0) - (old.data[channel] ?? 0)) < differsFrom) continue;
      different += 1;
      break;
    }
  }
  return different > now.width * now.height * newFrom;
}

/** Writes a picture, packed as well as PNG can, unless the one that is there looks the same. */
export function putPicture(folder: string, name: string, png: Buffer): 'new' | 'as before' {
  const file = join(folder, `${name}.png`);
  if (existsSync(file) && !looksDifferent(readFileSync(file), png)) return 'as before';
  mkdirSync(folder, { recursive: true });
  const packed = PNG.sync.write(PNG.sync.read(png), { colorType: 2, deflateLevel: 9 });
  writeFileSync(file, packed.length < png.length ? packed : png);
  return 'new';
}
