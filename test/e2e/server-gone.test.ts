import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { StatusItem } from '../desktop/status-item.ts';
import { ada } from '../standin/people.ts';
import { imapServerNames } from '../support/imap-server.ts';
import { setStage, type Stage } from './stage.ts';
import { rowOf, shareOf, waitForUnread } from './window-face.ts';

/** What any mail server does now and then, at the stand-in and at a real one alike. */
describe.each(imapServerNames)('while mail at the %s is watched, a server', (mail) => {
  let stage: Stage;
  let page: Page;
  let tray: StatusItem;

  beforeAll(async () => {
    stage = await setStage({ mail });
    await deliver('Before');
    const app = await stage.launch();
    page = await app.firstWindow();
    tray = await stage.desktop.tray.waitForItem();
    await stage.addAccount(page, ada);
    await waitForUnread(page, ada, 1);
  });

  afterAll(async () => {
    await stage.dispose();
  });

  async function deliver(subject: string): Promise<void> {
    await stage.world.server.deliver(ada.address, { from: { name: 'Bo', address: 'bo@example.org' }, subject });
  }

  const row = () => rowOf(page, ada);
  const told = () => stage.desktop.notifications.all.map(({ body }) => body.split('\n')[0]);

  it('that is gone is shown as offline, with the reason and the last count in grey', async () => {
    const { server } = stage.world;
    const blue = await tray.waitFor(({ toolTip }) => toolTip.includes('1 unread'));
    expect(shareOf(blue.icon ?? tray.icon(), 'blue')).toBeGreaterThan(0.1);
    server.stopListening();
    server.cut();
    await row().getByText('Offline').waitFor();
    await row().getByText('Microsoft can’t be reached').waitFor();
    await row().getByRole('img', { name: '1 unread message when last checked' }).waitFor();
    await page.getByText('One account isn’t up to date').waitFor();
    const grey = await tray.waitFor(({ toolTip }) => toolTip.includes('offline'));
    expect(shareOf(grey.icon ?? tray.icon(), 'any colour')).toBe(0);
  });

  it('that is back is found by itself, and what came meanwhile is told', async () => {
    await deliver('In the gap');
    await stage.world.server.listenAgain();
    await stage.desktop.notifications.waitFor(({ body }) => body.includes('In the gap'));
    await row().getByText('Watching').waitFor();
    await waitForUnread(page, ada, 2);
    await tray.waitFor(
      ({ toolTip, icon }) => toolTip.includes('2 unread') && shareOf(icon ?? tray.icon(), 'blue') > 0.1,
    );
  });

  it('that numbers all mail anew is followed without telling any of it again', async () => {
    const { server } = stage.world;
    const before = told().length;
    server.stopListening();
    await server.changeUidValidity(ada.address);
    await row().getByText('Offline').waitFor();
    await server.listenAgain();
    await page.getByRole('button', { name: 'Check now' }).click();
    await row().getByText('Watching').waitFor();
    await deliver('After that');
    await stage.desktop.notifications.waitFor(({ body }) => body.includes('After that'));
    await waitForUnread(page, ada, 3);
    expect(told().slice(before)).toEqual(['After that']);
    expect(stage.desktop.links.urls).toHaveLength(1);
  });
});
