import type { Page } from 'playwright-core';

import type { AppErrorCode } from '../../electron/shared/app-error.ts';
import type { CommandName } from '../../electron/shared/commands.ts';
import type { AppSnapshot } from '../../electron/shared/snapshot.ts';

/** A command that the window sent. */
export interface SentCommand {
  readonly name: string;
  readonly args: unknown;
}

/** The main process's side of a window under test. */
export interface FakeMain {
  /** Sends a newer snapshot. */
  readonly push: (snapshot: AppSnapshot) => Promise<void>;
  /** From now on answers every command with this failure; null for success. */
  readonly fail: (code: AppErrorCode | null) => Promise<void>;
  /** From now on answers this command, where it succeeds, with this value in place of null. */
  readonly answer: (name: CommandName, value: unknown) => Promise<void>;
  /** Every command so far, in order. */
  readonly sent: () => Promise<readonly SentCommand[]>;
  /** The main headings that the window has shown so far, in order. */
  readonly headings: () => Promise<readonly string[]>;
  /** Every violation of the content security policy so far. */
  readonly violations: () => Promise<readonly string[]>;
}

interface FakeState {
  readonly push: (snapshot: AppSnapshot) => void;
  failure: AppErrorCode | null;
  readonly answers: Record<string, unknown>;
  readonly sent: SentCommand[];
  readonly headings: string[];
  readonly violations: string[];
}

declare global {
  interface Window {
    fakeMain?: FakeState;
  }
}

/**
 * Gives `page`, before it loads anything, a `window.tidings` that starts with `first`, or that fails for null; what it
 * loads after `forget` has none.
 */
export async function fakeMain(
  page: Page,
  first: AppSnapshot | null,
): Promise<{ readonly main: FakeMain; readonly forget: () => Promise<void> }> {
  const script = await page.addInitScript((initial: AppSnapshot | null) => {
    const listeners = new Set<(snapshot: AppSnapshot) => void>();
    const state: FakeState = {
      push: (snapshot) => {
        for (const listener of listeners) {
          listener(snapshot);
        }
      },
      failure: null,
      answers: {},
      sent: [],
      headings: [],
      violations: [],
    };
    new MutationObserver(() => {
      const heading = document.querySelector('h1')?.textContent;
      if (heading !== undefined && heading !== null && heading !== state.headings.at(-1)) {
        state.headings.push(heading);
      }
    }).observe(document, { childList: true, subtree: true, characterData: true });
    document.addEventListener('securitypolicyviolation', (event) => {
      state.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
    const tidings = {
      getSnapshot: async () => (initial === null ? Promise.reject(new Error('no handler')) : Promise.resolve(initial)),
      onSnapshot: (listener: (snapshot: AppSnapshot) => void) => {
        listeners.add(listener);
        return () => {
          listeners.delete(listener);
        };
      },
      invoke: async (name: string, args: unknown) => {
        state.sent.push({ name, args });
        const value = state.answers[name] ?? null;
        return Promise.resolve(state.failure === null ? { ok: true, value } : { ok: false, code: state.failure });
      },
    };
    Object.assign(window, { fakeMain: state, tidings });
  }, first);
  const main: FakeMain = {
    push: async (snapshot) => {
      await page.evaluate((next) => window.fakeMain?.push(next), snapshot);
    },
    fail: async (code) => {
      await page.evaluate((failure) => {
        if (window.fakeMain !== undefined) {
          window.fakeMain.failure = failure;
        }
      }, code);
    },
    answer: async (name, value) => {
      await page.evaluate(
        (next) => {
          if (window.fakeMain !== undefined) {
            window.fakeMain.answers[next.name] = next.value;
          }
        },
        { name, value },
      );
    },
    sent: async () => page.evaluate(() => window.fakeMain?.sent ?? []),
    headings: async () => page.evaluate(() => window.fakeMain?.headings ?? []),
    violations: async () => page.evaluate(() => window.fakeMain?.violations ?? ['the page has no fake main']),
  };
  return { main, forget: async () => script.dispose() };
}
