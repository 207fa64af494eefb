import type { BrowserContextOptions, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';

import type { AppSnapshot } from '../../electron/shared/snapshot.ts';
import { RendererFixture, type WindowUnderTest } from './renderer-fixture.ts';

/** How a test of the window begins: a browser that is started once for the file, and a window for each test. */
export interface WindowScene extends WindowUnderTest {
  /** Opens this test's window; see {@link RendererFixture.open}. */
  readonly open: (snapshot: AppSnapshot | null, look?: BrowserContextOptions) => Promise<void>;
  readonly button: (name: string) => Locator;
  /** Resolves when the text is on screen. */
  readonly seen: (text: string | RegExp) => Promise<void>;
}

/** Sets the scene for the file that calls it, once and outside of its tests. */
export function setWindowScene(): WindowScene {
  let fixture: RendererFixture | null = null;
  let shown: WindowUnderTest | null = null;
  beforeAll(async () => {
    fixture = await RendererFixture.start();
  });
  afterAll(async () => {
    await fixture?.dispose();
  });
  afterEach(() => {
    shown = null;
  });
  const current = (): WindowUnderTest => {
    if (shown === null) throw new Error('no window was opened in this test');
    return shown;
  };
  return {
    get page() {
      return current().page;
    },
    get main() {
      return current().main;
    },
    pass: async (ms) => current().pass(ms),
    open: async (snapshot, look) => {
      if (fixture === null) throw new Error('a window is opened within a test only');
      shown = await fixture.open(snapshot, look);
    },
    button: (name) => current().page.getByRole('button', { name, exact: true }),
    seen: async (text) => current().page.getByText(text).first().waitFor(),
  };
}
