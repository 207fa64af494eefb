import { PNG } from 'pngjs';

/** Words of the header that are needed, by their index (XWDFile.h, version 7; all 32 bits, big-endian). */
const header = {
  size: 0,
  version: 1,
  width: 4,
  height: 5,
  byteOrder: 7,
  bitsPerPixel: 11,
  bytesPerLine: 12,
  colours: 19,
} as const;
const colourEntryBytes = 12;

/**
 * Turns an X window dump into a PNG. Only what Xvfb writes with 24 bits of depth: 32 bits a pixel, blue first.
 * @throws when the dump is of another kind
 */
export function xwdToPng(dump: Buffer): Buffer {
  const word = (index: number): number => dump.readUInt32BE(index * 4);
  const littleEndian = word(header.byteOrder) === 0;
  if (word(header.version) !== 7 || word(header.bitsPerPixel) !== 32 || !littleEndian) {
    throw new Error('Not a window dump as Xvfb writes it');
  }
  const width = word(header.width);
  const height = word(header.height);
  const bytesPerLine = word(header.bytesPerLine);
  const pixels = word(header.size) + word(header.colours) * colourEntryBytes;
  const png = new PNG({ width, height });
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const bgrx = dump.readUInt32LE(pixels + y * bytesPerLine + x * 4);
      png.data.writeUInt32BE(((bgrx << 8) | 0xff) >>> 0, (y * width + x) * 4);
    }
  }
  return PNG.sync.write(png);
}
