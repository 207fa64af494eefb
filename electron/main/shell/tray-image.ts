import { crc32, deflateSync } from 'node:zlib';
import type { TrayStatus } from '../../shared/snapshot.ts';
import { drawTrayIcon, type TrayIconImage } from './tray-icon.ts';
import type { TrayVariant } from './tray-palette.ts';

/** One picture of an icon for one scale factor. */
interface TrayRepresentation {
  readonly scaleFactor: number;
  /** Edge in physical px. */
  readonly size: number;
  readonly png: Buffer;
}

/** An icon ready for the system. */
export interface TrayImage {
  /** Equal keys mean equal pictures. */
  readonly key: string;
  readonly representations: readonly TrayRepresentation[];
  /** Black and transparency only, for macOS to colour. */
  readonly template: boolean;
}

/** The surroundings an icon is drawn for. */
export interface TrayAppearance {
  readonly platform: NodeJS.Platform;
  /** Whether the panel is dark; null where nobody can know. */
  readonly darkPanel: boolean | null;
  /** Scale factors of the displays, 1 or more each. */
  readonly scaleFactors: readonly number[];
}

/** Which kind of picture suits the surroundings. */
export function trayVariant({ platform, darkPanel }: TrayAppearance): TrayVariant {
  if (platform === 'darwin') return 'template';
  if (darkPanel === null) return 'any-panel';
  return darkPanel ? 'dark-panel' : 'light-panel';
}

/**
 * The sizes to draw. macOS picks among representations of 18 points. Windows is handed the first one only, as a
 * bitmap of 16 px times its scale, and Electron on Linux sends only the largest, which the panel then scales: there
 * one picture of the right size is sharper than several.
 */
export function traySizes({
  platform,
  scaleFactors,
}: TrayAppearance): readonly { size: number; scaleFactor: number }[] {
  if (platform === 'darwin') return [1, 2].map((scaleFactor) => ({ size: 18 * scaleFactor, scaleFactor }));
  const scale = Math.min(Math.max(1, ...scaleFactors), 4);
  const base = platform === 'win32' ? 16 : 22;
  return [{ size: Math.round(base * scale), scaleFactor: 1 }];
}

/** Draws icons and remembers the last `limit` of them. */
export function createTrayImageSource(
  limit = 32,
): (face: { readonly count: number; readonly status: TrayStatus }, appearance: TrayAppearance) => TrayImage {
  const remembered = new Map<string, TrayImage>();
  return (face, appearance) => {
    const variant = trayVariant(appearance);
    const sizes = traySizes(appearance);
    const count = Math.min(Math.max(0, face.count), 100);
    const key = [variant, face.status, count, ...sizes.map(({ size }) => size)].join(' ');
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const image: TrayImage = {
      key,
      template: variant === 'template',
      representations: sizes.map(({ size, scaleFactor }) => ({
        scaleFactor,
        size,
        png: encodePng(drawTrayIcon({ count, status: face.status, variant, size })),
      })),
    };
    const oldest = remembered.keys().next();
    if (remembered.size >= limit && oldest.done !== true) remembered.delete(oldest.value);
    remembered.set(key, image);
    return image;
  };
}

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * The picture as PNG (W3C PNG, third edition): 8-bit RGBA, no filter. Raw bitmaps, the other thing that Electron
 * takes, are in an order of bytes that depends on the platform.
 */
export function encodePng({ width, height, rgba }: TrayIconImage): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (1 + width * 4));
  for (let y = 0; y < height; y += 1) {
    rows.set(rgba.subarray(y * width * 4, (y + 1) * width * 4), y * (1 + width * 4) + 1);
  }
  return Buffer.concat([
    pngSignature,
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, check]);
}
