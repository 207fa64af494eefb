import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

import { PNG } from 'pngjs';

/** A tray icon as the panel gets it. */
export interface StatusIcon {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, alpha; not premultiplied. */
  readonly rgba: Buffer;
}

/** The largest of an item's pixmaps, `a(iiay)` with ARGB in network byte order; null when there is none. */
export function fromPixmaps(pixmaps: unknown): StatusIcon | null {
  let largest: StatusIcon | null = null;
  for (const pixmap of Array.isArray(pixmaps) ? pixmaps : []) {
    const [width, height, argb] = pixmap as [unknown, unknown, unknown];
    if (typeof width !== 'number' || typeof height !== 'number' || !Buffer.isBuffer(argb)) continue;
    if (argb.length !== width * height * 4) throw new Error(`A ${width}x${height} pixmap has ${argb.length} bytes`);
    if (largest !== null && largest.width >= width) continue;
    const rgba = Buffer.alloc(argb.length);
    for (let at = 0; at < argb.length; at += 4) {
      const pixel = argb.readUInt32BE(at);
      rgba.writeUInt32BE(((pixel << 8) | (pixel >>> 24)) >>> 0, at);
    }
    largest = { width, height, rgba };
  }
  return largest;
}

/** The picture that an icon name stands for when the app wrote it to a folder; null for a theme's own. */
export function fromIconFile(themePath: string, name: string): StatusIcon | null {
  if (name === '') return null;
  const file = isAbsolute(name) ? name : join(themePath, `${name}.png`);
  if (!isAbsolute(file)) return null;
  const { width, height, data } = PNG.sync.read(readFileSync(file));
  return { width, height, rgba: data };
}

/** The icon as a PNG, each of its pixels `scale` wide and high. */
export function iconToPng({ width, height, rgba }: StatusIcon, scale = 1): Buffer {
  const png = new PNG({ width: width * scale, height: height * scale });
  for (let y = 0; y < png.height; y += 1) {
    for (let x = 0; x < png.width; x += 1) {
      const from = (Math.trunc(y / scale) * width + Math.trunc(x / scale)) * 4;
      rgba.copy(png.data, (y * png.width + x) * 4, from, from + 4);
    }
  }
  return PNG.sync.write(png);
}
