import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { summaryIntervalMs } from '../../electron/main/shell/notification-policy.ts';
import type { DrivenApp } from '../desktop/app.ts';
import type { StatusItem } from '../desktop/status-item.ts';
import { ada, lin, type StandinPerson } from '../standin/people.ts';
import { imapServerNames } from '../support/imap-server.ts';
import { type HeldClock, holdClock } from './held-clock.ts';
import { setStage, type Stage } from './stage.ts';
import { rowOf, waitForUnread } from './window-face.ts';

describe.each(imapServerNames)('two accounts, and mail in bursts, at the %s', (mail) => {
  let stage: Stage;
  let app: DrivenApp;
  let page: Page;
  let tray: StatusItem;

  beforeAll(async () => {
    stage = await setStage({ mail });
    await deliver(ada, 'Already there');
    app = await stage.launch();
    page = await app.firstWindow();
    tray = await stage.desktop.tray.waitForItem();
    for (const person of [ada, lin]) {
      await stage.addAccount(page, person);
      await rowOf(page, person).getByText('Watching').waitFor();
    }
  });

  afterAll(async () => {
    await stage.dispose();
  });

  async function deliver(person: StandinPerson, subject: string): Promise<void> {
    await stage.world.server.deliver(person.address, { from: { name: 'Bo', address: 'bo@example.org' }, subject });
  }

  /** Resolves when the app has told it, one way or the other: it counts after that. */
  async function deliverAndBeTold(person: StandinPerson, subject: string, unread: number): Promise<void> {
    await deliver(person, subject);
    await waitForUnread(page, person, unread);
  }

  const shown = () => stage.desktop.notifications.shown();
  const untilShown = (count: number) => stage.desktop.notifications.waitForShown(({ length }) => length === count);

  it('counts each in window, tooltip and menu, and both together on the icon', async () => {
    await waitForUnread(page, ada, 1);
    await waitForUnread(page, lin, 0);
    await page.getByRole('heading', { name: '1 unread message' }).waitFor();
    await tray.waitFor(({ toolTip }) => toolTip.includes(`${ada.address}: 1 unread\n${lin.address}: Nothing unread`));
    const labels = await tray.waitForMenu((all) => all.includes(`${lin.address}: Nothing unread`));
    expect(labels).toEqual([
      '1 unread',
      `${ada.address}: 1 unread`,
      `${lin.address}: Nothing unread`,
      'Check now',
      'Open Tidings',
      'Quit Tidings',
    ]);
  });

  describe('in one burst', () => {
    let clock: HeldClock;

    // Its end is a time without mail, which could pass on a slow machine between two tests or two mails.
    beforeAll(async () => {
      clock = await holdClock(app);
    });

    afterAll(async () => {
      await clock.release();
    });

    it('names the account in each notification, and opens the window at it', async () => {
      await deliver(ada, 'For Ada');
      const told = await stage.desktop.notifications.waitFor(({ body }) => body.includes('For Ada'));
      expect(told.body).toBe(`For Ada\nbo@example.org\nTo ${ada.address}`);
      stage.desktop.notifications.click(told.id);
      await expect.poll(() => rowOf(page, ada).evaluate((row) => row === row.ownerDocument.activeElement)).toBe(true);
    });

    it('tells the first four of a burst one by one, and puts one summary in their place from the fifth on', async () => {
      // The one of the test before belongs to the burst; it was clicked away.
      for (const subject of ['Two', 'Three', 'Four']) await deliver(ada, subject);
      await untilShown(3);
      expect(shown().map(({ body }) => body.split('\n')[0])).toEqual(['Two', 'Three', 'Four']);
      await deliver(lin, 'Five');
      await stage.desktop.notifications.waitForShown((all) => all.length === 1 && all[0]?.summary === '5 new messages');
      expect(shown()[0]?.body).toContain(ada.address);
      expect(shown()[0]?.body).toContain(lin.address);
    });

    it('changes the summary only after half a second, and then with all that came meanwhile', async () => {
      const summaries = () => stage.desktop.notifications.all.filter(({ summary }) => summary.endsWith('new messages'));
      const before = summaries().length;
      await deliverAndBeTold(ada, 'Six', 6);
      await deliverAndBeTold(lin, 'Seven', 2);
      await deliverAndBeTold(ada, 'Eight', 7);
      expect(summaries()).toHaveLength(before);
      await clock.advance(summaryIntervalMs);
      await stage.desktop.notifications.waitForShown((all) => all.length === 1 && all[0]?.summary === '8 new messages');
      expect(summaries()).toHaveLength(before + 1);
      await tray.waitFor(({ toolTip }) => toolTip.startsWith('Tidings — 9 unread'));
    });
  });

  it('keeps the other account as it is when one is removed', async () => {
    await page.getByRole('button', { name: `More for ${lin.address}` }).click();
    await page.getByRole('menuitem', { name: 'Remove…' }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await rowOf(page, lin).waitFor({ state: 'detached' });
    await rowOf(page, ada).getByText('Watching').waitFor();
    await tray.waitForMenu((labels) => labels.every((label) => !label.includes(lin.address)));
    const before = stage.desktop.notifications.all.length;
    await deliver(ada, 'Only mine');
    const isNew = (_one: unknown): boolean => stage.desktop.notifications.all.length > before;
    await stage.desktop.notifications.waitFor(isNew);
    for (const { body } of stage.desktop.notifications.all.slice(before)) expect(body).not.toContain(lin.address);
  });
});
