import { chromium, type Browser } from 'playwright-core';

/** Debian's Chromium; another one by `TIDINGS_CHROMIUM`. */
const executablePath = process.env['TIDINGS_CHROMIUM'] ?? '/usr/bin/chromium';

/** Starts a headless Chromium that talks to nobody by itself. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    headless: true,
    // Chromium refuses to start as root with its sandbox; what it loads here is our own page.
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--disable-gpu', '--disable-background-networking', '--no-first-run', '--disable-component-update'],
  });
}
