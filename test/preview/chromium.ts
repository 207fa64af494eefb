import { chromium, type Browser } from 'playwright-core';

import { findBrowser } from '../desktop/find-browser.ts';

/** Starts the machine's Chromium, headless, so that it talks to nobody by itself. Rejects where none is installed. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findBrowser('headless'),
    headless: true,
    // Chromium refuses to start as root with its sandbox; what it loads here is our own page.
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--disable-gpu', '--disable-background-networking', '--no-first-run', '--disable-component-update'],
  });
}
