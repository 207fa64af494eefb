import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import type { TrayStatus } from '../../../electron/shared/snapshot.ts';
import { trayNumber } from '../../../electron/main/shell/tray-digits.ts';
import { drawTrayIcon, type TrayIconImage } from '../../../electron/main/shell/tray-icon.ts';
import { createTrayImageSource, encodePng, traySizes, trayVariant } from '../../../electron/main/shell/tray-image.ts';
import type { TrayVariant } from '../../../electron/main/shell/tray-palette.ts';

const sizes = [16, 18, 20, 22, 24, 32, 36, 48];
const variants: readonly TrayVariant[] = ['light-panel', 'dark-panel', 'any-panel', 'template'];
const statuses: readonly TrayStatus[] = ['attention', 'offline', 'connecting', 'watching', 'no-accounts'];
const coloured = variants.filter((variant) => variant !== 'template');

interface Pixel {
  readonly r: number;
  readonly g: number;
  readonly b: number;
  readonly a: number;
}

function pixels({ rgba }: TrayIconImage): readonly Pixel[] {
  const of = (index: number): number => rgba[index] ?? 0;
  return Array.from({ length: rgba.length / 4 }, (_, i) => ({
    r: of(i * 4),
    g: of(i * 4 + 1),
    b: of(i * 4 + 2),
    a: of(i * 4 + 3),
  }));
}

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance({ r, g, b }: Pixel): number {
  const linear = (value: number): number => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

function contrast(a: Pixel, b: Pixel): number {
  const [dark, light] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/** The two colours that cover most of the badge: the lower right three fifths hold nothing else. */
function badgeColours(image: TrayIconImage): readonly [Pixel, Pixel] {
  const from = Math.ceil(image.width * 0.4);
  const counted = new Map<string, { pixel: Pixel; times: number }>();
  for (const [index, pixel] of pixels(image).entries()) {
    if (pixel.a < 255 || index % image.width < from || Math.floor(index / image.width) < from) continue;
    const key = JSON.stringify(pixel);
    counted.set(key, { pixel, times: (counted.get(key)?.times ?? 0) + 1 });
  }
  const [first, second] = [...counted.values()].toSorted((a, b) => b.times - a.times);
  if (first === undefined || second === undefined) throw new Error('the badge has fewer than two colours');
  return [first.pixel, second.pixel];
}

describe('the number on the tray icon', () => {
  test('is 1 to 99, then 99+, and nothing for nothing', () => {
    expect(trayNumber(1)).toEqual(['1']);
    expect(trayNumber(99)).toEqual(['9', '9']);
    expect(trayNumber(100)).toEqual(['9', '9', '+']);
    expect(trayNumber(123_456)).toEqual(['9', '9', '+']);
    for (const none of [0, -3, Number.NaN]) expect(trayNumber(none)).toEqual([]);
  });

  test.each(sizes)('gives every count a picture of its own at %i px', (size) => {
    const pictures = new Set(
      Array.from({ length: 101 }, (_, count) =>
        Buffer.from(drawTrayIcon({ count, status: 'watching', variant: 'any-panel', size }).rgba).toString('base64'),
      ),
    );
    expect(pictures.size).toBe(101);
  });

  test('looks the same from 100 on', () => {
    const draw = (count: number): TrayIconImage =>
      drawTrayIcon({ count, status: 'watching', variant: 'any-panel', size: 22 });
    expect(draw(5_000)).toEqual(draw(100));
  });

  test.each(sizes)('stands out from its ground by 4.5 : 1 at %i px', (size) => {
    for (const variant of coloured) {
      for (const status of statuses) {
        for (const count of [1, 8, 42, 88, 99, 100]) {
          const [ground, figure] = badgeColours(drawTrayIcon({ count, status, variant, size }));
          expect(contrast(ground, figure), `${variant} ${status} ${String(count)}`).toBeGreaterThanOrEqual(4.5);
        }
      }
    }
  });

  test.each(sizes)('is at least 45 % as high as the icon at %i px', (size) => {
    for (const count of [1, 23, 88, 100]) {
      // White is nowhere else in this picture.
      const image = drawTrayIcon({ count, status: 'watching', variant: 'light-panel', size });
      const whiteRows = pixels(image).flatMap((pixel, index) =>
        pixel.a === 255 && pixel.r > 200 ? [Math.floor(index / size)] : [],
      );
      expect((Math.max(...whiteRows) - Math.min(...whiteRows) + 1) / size, String(count)).toBeGreaterThanOrEqual(0.45);
    }
  });
});

describe('the tray icon', () => {
  test.each(sizes)('looks different in every state, with and without unread mail, at %i px', (size) => {
    for (const variant of variants) {
      for (const count of [0, 7]) {
        const pictures = statuses
          // Without accounts there is no mail, and what is left of a number is as stale as offline.
          .filter((status) => count === 0 || status !== 'no-accounts')
          .map((status) => Buffer.from(drawTrayIcon({ count, status, variant, size }).rgba).toString('base64'));
        expect(new Set(pictures).size, `${variant} ${String(count)}`).toBe(pictures.length);
      }
    }
  });

  test('tells alarm from calm without colour: the shapes differ too', () => {
    const shape = (status: TrayStatus, size: number): readonly number[] =>
      pixels(drawTrayIcon({ count: 7, status, variant: 'light-panel', size })).map(({ a }) => a);
    for (const size of sizes) expect(shape('attention', size), String(size)).not.toEqual(shape('watching', size));
  });

  test('is black and transparency only as a template', () => {
    for (const size of sizes) {
      for (const status of statuses) {
        for (const count of [0, 5, 100]) {
          const image = drawTrayIcon({ count, status, variant: 'template', size });
          expect(pixels(image).every(({ r, g, b }) => r === 0 && g === 0 && b === 0)).toBe(true);
          expect(pixels(image).some(({ a }) => a > 0)).toBe(true);
        }
      }
    }
  });

  test('cuts the number out of a template', () => {
    const image = drawTrayIcon({ count: 8, status: 'watching', variant: 'template', size: 36 });
    const row = pixels(image).slice(36 * 22, 36 * 23);
    const runs = row.map(({ a }) => (a > 200 ? '#' : a < 50 ? '.' : '')).join('');
    expect(runs).toMatch(/#+\.+#+\.*#*/);
  });

  test('can be seen on a light and on a dark panel when the panel is not known', () => {
    const panels: readonly Pixel[] = [
      { r: 250, g: 250, b: 250, a: 255 },
      { r: 24, g: 24, b: 24, a: 255 },
    ];
    for (const status of statuses) {
      for (const count of [0, 12]) {
        const image = drawTrayIcon({ count, status, variant: 'any-panel', size: 22 });
        for (const panel of panels) {
          const seen = pixels(image).filter((pixel) => pixel.a === 255 && contrast(pixel, panel) >= 3);
          expect(seen.length, `${status} ${String(count)}`).toBeGreaterThan(40);
        }
      }
    }
  });

  test('refuses sizes too small to be read', () => {
    expect(() => drawTrayIcon({ count: 1, status: 'watching', variant: 'template', size: 15 })).toThrow(RangeError);
    expect(() => drawTrayIcon({ count: 1, status: 'watching', variant: 'template', size: 16.5 })).toThrow(RangeError);
  });
});

describe('the tray image', () => {
  test('is a PNG that another decoder reads as the same picture', () => {
    const image = drawTrayIcon({ count: 42, status: 'attention', variant: 'any-panel', size: 24 });
    const decoded = PNG.sync.read(encodePng(image));
    expect([decoded.width, decoded.height]).toEqual([24, 24]);
    expect(Buffer.compare(decoded.data, Buffer.from(image.rgba))).toBe(0);
  });

  test('is drawn once for the same face, and its key says when it differs', () => {
    const source = createTrayImageSource();
    const appearance = { platform: 'linux', darkPanel: null, scaleFactors: [1] } as const;
    const four = source({ count: 4, status: 'watching' }, appearance);
    expect(source({ count: 4, status: 'watching' }, appearance)).toBe(four);
    expect(source({ count: 5, status: 'watching' }, appearance).key).not.toBe(four.key);
    expect(source({ count: 4, status: 'offline' }, appearance).key).not.toBe(four.key);
    expect(source({ count: 4, status: 'watching' }, { ...appearance, scaleFactors: [2] }).key).not.toBe(four.key);
    expect(source({ count: 100, status: 'watching' }, appearance).key).toBe(
      source({ count: 4_000, status: 'watching' }, appearance).key,
    );
  });

  test('has the variant and size that the system uses', () => {
    const on = (platform: NodeJS.Platform, darkPanel: boolean | null, ...scaleFactors: readonly number[]) => {
      const appearance = { platform, darkPanel, scaleFactors };
      return [trayVariant(appearance), ...traySizes(appearance).map(({ size }) => size)];
    };
    expect(on('linux', null, 1)).toEqual(['any-panel', 22]);
    expect(on('linux', null, 1, 2)).toEqual(['any-panel', 44]);
    expect(on('win32', true, 1)).toEqual(['dark-panel', 16]);
    expect(on('win32', false, 1.5)).toEqual(['light-panel', 24]);
    expect(on('darwin', true, 2)).toEqual(['template', 18, 36]);
    expect(on('linux', null)).toEqual(['any-panel', 22]);
  });
});
