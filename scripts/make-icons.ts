/**
 * Makes assets/icons/<size>x<size>.png out of assets/icon.svg, and out of assets/icon-small.svg up to 32 px. Run it
 * after changing either: `node scripts/make-icons.ts`. It draws with the installed Chromium or Chrome, or with
 * the one named by CHROMIUM_PATH; the pictures are kept in the repository, so nobody else needs one.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

import { findBrowser } from '../test/desktop/find-browser.ts';

const sizes = [16, 22, 24, 32, 48, 64, 128, 256, 512];
const largestSmall = 32;

const assets = join(import.meta.dirname, '..', 'assets');
const folder = join(assets, 'icons');

const full = await readFile(join(assets, 'icon.svg'), 'utf8');
const small = await readFile(join(assets, 'icon-small.svg'), 'utf8');
await mkdir(folder, { recursive: true });

// Chromium's sandbox refuses to run as root; the only page shown is the two pictures above.
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? findBrowser('full'),
  chromiumSandbox: process.getuid?.() !== 0,
});
try {
  const page = await browser.newPage({ deviceScaleFactor: 1 });
  for (const size of sizes) {
    const svg = size <= largestSmall ? small : full;
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(
      `<style>html, body { margin: 0; background: transparent } svg { display: block; width: ${String(size)}px; height: ${String(size)}px }</style>${svg}`,
    );
    const png = await page.screenshot({ omitBackground: true, clip: { x: 0, y: 0, width: size, height: size } });
    await writeFile(join(folder, `${String(size)}x${String(size)}.png`), png);
  }
} finally {
  await browser.close();
}
console.log(`Made ${String(sizes.length)} pictures in assets/icons.`);
