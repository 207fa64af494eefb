import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { ImapEvent } from '../standin/imap/event-log.ts';
import { ada } from '../standin/people.ts';
import { setStage, type Stage } from './stage.ts';
import { rowOf, waitForUnread } from './window-face.ts';

/** Ten times what a mailbox may tell; a quick machine's most would keep the test from asking. */
const linesPerMs = 10;
/** From the first line of a flood to the end of its connection, ms. */
const droppedWithinMs = 2_000;
/** A flooded window may take so many times as long as one that is left alone, and this (ms) more. */
const [slower, slowerMs] = [10, 2_000];

/** Mail servers are trusted with mail, not with the person's window. */
describe('while a mail server floods', () => {
  let stage: Stage;
  let page: Page;

  beforeAll(async () => {
    stage = await setStage();
    deliver('Before');
    const app = await stage.launch();
    page = await app.firstWindow();
    await stage.addAccount(page, ada);
    await waitForUnread(page, ada, 1);
    await untilIdling();
  });

  afterAll(async () => {
    await stage.dispose();
  });

  function deliver(subject: string): void {
    stage.world.imap.deliver(ada.address, { from: { name: 'Bo', address: 'bo@example.org' }, subject });
  }

  async function untilIdling(): Promise<void> {
    const { imap } = stage.world;
    await imap.events.waitUntil(() => imap.sessions().some(({ idling }) => idling));
  }

  /** The one before has been dropped, perhaps: until there is one again. */
  async function untilFlooded(): Promise<void> {
    const { imap } = stage.world;
    await imap.events.waitUntil(() => imap.sessions().some(({ address }) => address === ada.address));
  }

  /** Tells Ada's sessions, this one and those to come, of ten thousand changes a second, until `stop`. */
  function flood(): { readonly lines: () => number; readonly stop: () => void } {
    const { imap } = stage.world;
    let lines = 0;
    let last = performance.now();
    // Few bytes, millions of messages: at the start, so that the rest comes on top.
    imap.inject('* VANISHED 1:16777216');
    const pouring = setInterval(() => {
      const now = performance.now();
      const due = Math.ceil((now - last) * linesPerMs);
      last = now;
      if (!imap.sessions().some(({ address }) => address === ada.address)) return;
      const pushes = Array.from({ length: due }, (_, line) => `* ${line % 2 === 0 ? 7 : 8} EXISTS`);
      imap.inject(pushes.join('\r\n'), { address: ada.address });
      lines += due;
    }, 1);
    return {
      lines: () => lines,
      stop: () => {
        clearInterval(pouring);
      },
    };
  }

  /** Chooses a language in the window's menu; gives the time (ms) from the first click until the window speaks it. */
  async function choose(menu: string, language: string, code: string): Promise<number> {
    const began = performance.now();
    await page.getByRole('button', { name: menu, exact: true }).click();
    await page.getByRole('menuitemradio', { name: language }).click();
    await page.locator(`html[lang="${code}"]`).waitFor();
    return performance.now() - began;
  }

  it('its connection is dropped within 2 s, and the window answers meanwhile', async () => {
    const { events } = stage.world.imap;
    const calmMs = Math.max(await choose('Settings', '简体中文', 'zh-CN'), await choose('设置', 'English', 'en'));
    const { mark } = events;
    const began = performance.now();
    const { lines, stop } = flood();
    const answers: number[] = [];
    try {
      for (const [menu, language, code] of [
        ['Settings', '简体中文', 'zh-CN'],
        ['设置', 'English', 'en'],
      ] as const) {
        await untilFlooded();
        const before = lines();
        answers.push(await choose(menu, language, code));
        expect(lines()).toBeGreaterThan(before);
      }
      const isEnd = ({ kind }: ImapEvent): boolean => kind === 'closed';
      const end = await events.waitFor(isEnd, mark);
      expect(Math.max(...answers)).toBeLessThan(slowerMs + slower * calmMs);
      // On a machine that is busy otherwise the app comes late to everything, by as much as to its answers.
      expect(end.at - began).toBeLessThanOrEqual(droppedWithinMs + Math.max(...answers));
    } finally {
      stop();
    }
  });

  it('it is watched again when that is over, and what comes then is told', async () => {
    await page.getByRole('button', { name: 'Check now' }).click();
    await rowOf(page, ada).getByText('Watching').waitFor();
    deliver('After the flood');
    await waitForUnread(page, ada, 2);
    await stage.desktop.notifications.waitFor(({ body }) => body.includes('After the flood'));
  });
});
