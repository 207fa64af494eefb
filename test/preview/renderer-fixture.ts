import { isDeepStrictEqual } from 'node:util';

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

interface OpenPage {
  readonly page: Page;
  readonly look: BrowserContextOptions;
  /** Takes out of the page what it was given as the main process's side. */
  readonly forgetMain: () => Promise<void>;
}

/** The built renderer in a real Chromium, under the app's own content security policy. */
export class RendererFixture {
  readonly #browser: Browser;
  readonly #server: RendererServer;
  #last: OpenPage | null = null;

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

  /**
   * Opens a window that starts with `snapshot`, or whose main process fails for null; `look` sets its size and what the
   * system prefers. The window before is gone then.
   */
  async open(snapshot: AppSnapshot | null, look: BrowserContextOptions = {}): Promise<WindowUnderTest> {
    const page = await this.#emptyPage(look);
    await page.clock.install({ time: previewNow });
    await page.clock.pauseAt(previewNow + 1_000);
    const { main, forget } = await fakeMain(page, snapshot);
    this.#last = { page, look, forgetMain: forget };
    await page.goto(this.#server.url);
    await page.locator('h1').waitFor();
    return { page, main, pass: async (ms) => page.clock.runFor(ms) };
  }

  /** Loads anew what looks the same: another context costs three processes and 1.7 s of CPU. */
  async #emptyPage(look: BrowserContextOptions): Promise<Page> {
    const size = { width: 480, height: 680 };
    const last = this.#last;
    this.#last = null;
    if (last !== null && isDeepStrictEqual(last.look, look)) {
      await last.forgetMain();
      await last.page.setViewportSize(look.viewport ?? size);
      // Where no button of the next window is under it.
      await last.page.mouse.move(0, 0);
      return last.page;
    }
    await last?.page.context().close();
    const context = await this.#browser.newContext({ viewport: size, reducedMotion: 'reduce', ...look });
    return context.newPage();
  }

  async dispose(): Promise<void> {
    await this.#browser.close();
    await this.#server.dispose();
  }
}
