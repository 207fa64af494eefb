import { chromium } from 'playwright-core';

/** A window of an app that was started by somebody else with remote debugging. */
export interface AttachedWindow {
  /** Clicks the button of this name once it is there. */
  click(name: string): Promise<void>;
  /** All that is written in it now. */
  text(): Promise<string>;
}

/** Attaches to the app's first window; `endpoint` is the address that Chromium writes when it starts. */
export async function attachToWindow(endpoint: string): Promise<AttachedWindow> {
  const browser = await chromium.connectOverCDP(endpoint);
  const [context] = browser.contexts();
  if (context === undefined) throw new Error('Chromium has no context to attach to');
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  return {
    click: (name) => page.getByRole('button', { name }).first().click(),
    text: () => page.locator('body').innerText(),
  };
}
