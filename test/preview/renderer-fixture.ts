import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { inject } from 'vitest';

import type { AppSnapshot } from '../../electron/shared/snapshot.ts';
import { launchChromium } from './chromium.ts';
import { fakeMain, type FakeMain } from './fake-bridge.ts';
import { rendererOfRun } from './renderer-once.ts';
import { serveRenderer, type RendererServer } from './renderer-server.ts';
import { previewNow } from './snapshots.ts';

/** A window under test: its page, and the main process's side of it. */
export interface WindowUnderTest {
  readonly page: Page;
  readonly main: FakeMain;
  /** Moves the page's clock. */
  readonly pass: (ms: number) => Promise<void>;
}

/** The built renderer in a real Chromium, under the app's own content security policy. */
export class RendererFixture {
  readonly #browser: Browser;
  readonly #server: RendererServer;

  private constructor(browser: Browser, server: RendererServer) {
    this.#browser = browser;
    this.#server = server;
  }

  /** Starts browser and server; the renderer is the one that this run of the tests has built. */
  static async start(): Promise<RendererFixture> {
    const folder = await rendererOfRun(inject('rendererFolder'));
    const [browser, server] = await Promise.all([launchChromium(), serveRenderer(folder)]);
    return new RendererFixture(browser, server);
  }

  /** Opens a window that starts with `snapshot`, or whose main process fails for null; `look` sets its size and what the system prefers. */
  async open(snapshot: AppSnapshot | null, look: BrowserContextOptions = {}): Promise<WindowUnderTest> {
    const context = await this.#browser.newContext({
      viewport: { width: 480, height: 680 },
      reducedMotion: 'reduce',
      ...look,
    });
    const page = await context.newPage();
    await page.clock.install({ time: previewNow });
    await page.clock.pauseAt(previewNow + 1_000);
    const main = await fakeMain(page, snapshot);
    await page.goto(this.#server.url);
    await page.locator('h1').waitFor();
    return { page, main, pass: async (ms) => page.clock.runFor(ms) };
  }

  async dispose(): Promise<void> {
    await this.#browser.close();
    await this.#server.dispose();
  }
}
