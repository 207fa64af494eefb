import { join } from 'node:path';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { DrivenApp } from '../desktop/app.ts';
import { signInAs } from '../desktop/sign-in-page.ts';
import type { StatusItem } from '../desktop/status-item.ts';
import { exchangeFaults, type ImapFault } from '../standin/imap/faults.ts';
import { ada, sam } from '../standin/people.ts';
import { startWorld } from '../standin/world.ts';
import { setStage, type Stage } from './stage.ts';
import { rowOf, shareOf, waitForUnread } from './window-face.ts';

/** What a server does wrong on order, or an account; what any server may do is in server-gone.test.ts. */
describe('what goes wrong while watching', () => {
  let stage: Stage;
  let app: DrivenApp;
  let page: Page;
  let tray: StatusItem;

  beforeAll(async () => {
    stage = await setStage();
    deliver('Before');
    deliver('Just before');
    app = await stage.launch();
    page = await app.firstWindow();
    tray = await stage.desktop.tray.waitForItem();
    await stage.addAccount(page, ada);
    await waitForUnread(page, ada, 2);
  });

  afterAll(async () => {
    await stage.dispose();
  });

  function deliver(subject: string): void {
    stage.world.imap.deliver(ada.address, { from: { name: 'Bo', address: 'bo@example.org' }, subject });
  }

  const row = () => rowOf(page, ada);
  const isAboutTheLoss = ({ summary }: { readonly summary: string }) =>
    summary === 'Tidings needs you to sign in again';

  it('asks for a new sign-in, and shows the alarm, when the old one is worth nothing any more', async () => {
    const { identity, imap } = stage.world;
    identity.revokeRefreshTokens(ada.address);
    imap.order({ kind: 'refuse-login', style: 'bare' }, { times: 1 });
    imap.cut('fin');
    await row().getByText('Needs sign-in').waitFor();
    await row().getByText('The password was changed, or you were signed out everywhere').waitFor();
    await row().getByText('Who can mend it: You').waitFor();
    const red = await tray.waitFor(({ toolTip }) => toolTip.includes('needs you to sign in'));
    expect(shareOf(red.icon ?? tray.icon(), 'red')).toBeGreaterThan(0.03);
    expect(stage.desktop.links.urls).toHaveLength(1);
    await stage.desktop.notifications.waitForShown((shown) => shown.some(isAboutTheLoss));
  });

  it('says so once for each loss: not at further tries, and not after a restart, which still knows why', async () => {
    deliver('While nobody watched');
    await app.quit();
    app = await stage.launch();
    page = await app.firstWindow();
    tray = await stage.desktop.tray.waitForItem();
    await row().getByText('The password was changed, or you were signed out everywhere').waitFor();
    await tray.waitFor(({ toolTip }) => toolTip.includes('needs you to sign in'));
    const about = stage.desktop.notifications.all.filter(isAboutTheLoss);
    expect(about.map(({ body }) => body)).toEqual([expect.stringContaining(ada.address)]);
  });

  it('refuses another person in the account’s place, and goes on with the right one', async () => {
    await signInAgainAs(sam);
    await page.getByRole('heading', { name: 'That was another account' }).waitFor();
    await page.getByRole('button', { name: 'Neither' }).click();
    await row().getByText('Needs sign-in').waitFor();
    expect(await rowOf(page, sam).count()).toBe(0);

    await signInAgainAs(ada);
    await row().getByText('Watching').waitFor();
    await tray.waitFor(({ icon }) => icon !== null && shareOf(icon, 'red') === 0);
  });

  it('counts the mail that came meanwhile, and tells it once, when the sign-in is in order again', async () => {
    const { notifications } = stage.desktop;
    const isAboutTheMail = ({ summary, body }: { readonly summary: string; readonly body: string }) =>
      `${summary} ${body}`.includes('While nobody watched');
    await waitForUnread(page, ada, 3);
    await notifications.waitForShown((shown) => shown.some(isAboutTheMail) && !shown.some(isAboutTheLoss));
    expect(notifications.all.filter(isAboutTheMail)).toHaveLength(1);
  });

  /** Each is met by the "Check now" that the one before it was left with; the first one on the connection there is. */
  const refusals: readonly {
    readonly what: string;
    readonly fault: ImapFault;
    readonly title: string;
    readonly action: string;
  }[] = [
    {
      what: 'a server that is signed in to but not connected to a mailbox',
      fault: exchangeFaults.notConnected(),
      title: 'You’re signed in, but the mailbox doesn’t open',
      action: 'Usually IMAP is switched off for this mailbox, or too many mail programs use it at once',
    },
    {
      what: 'a refused XOAUTH2',
      fault: { kind: 'refuse-login', style: 'bare' },
      title: 'The mail server refused the sign-in',
      action: 'IMAP may be switched off: for Outlook.com, look in its mail settings',
    },
    {
      what: 'a refused mailbox',
      fault: exchangeFaults.selectRefused('EXAMINE'),
      title: 'The inbox can’t be opened',
      action: 'See whether your mail opens in Outlook on the web',
    },
  ];

  it.each(refusals)('says what to do about $what, with the alarm in the tray', async ({ fault, title, action }) => {
    stage.world.imap.clearFaults();
    stage.world.imap.order(fault);
    await checkNow();
    await row().getByRole('heading', { name: title }).waitFor();
    await row().getByText(action).waitFor();
    await row().getByText('Refused by the server').waitFor();
    await row().getByRole('img', { name: '3 unread messages when last checked' }).waitFor();
    const red = await tray.waitFor(({ toolTip }) => toolTip.includes('mailbox refused'));
    expect(shareOf(red.icon ?? tray.icon(), 'red')).toBeGreaterThan(0.03);
    // It needs no other sign-in, and asks for none.
    expect(stage.desktop.links.urls).toHaveLength(3);
  });

  it('watches again at once, on demand, when the server has stopped refusing', async () => {
    stage.world.imap.clearFaults();
    deliver('After the refusals');
    await checkNow();
    await row().getByText('Watching').waitFor();
    await waitForUnread(page, ada, 4);
    await tray.waitFor(
      ({ icon, toolTip }) => toolTip.includes('4 unread') && icon !== null && shareOf(icon, 'red') === 0,
    );
    await stage.desktop.notifications.waitFor(({ body }) => body.includes('After the refusals'));
  });

  it('names a certificate that isn’t trusted', async () => {
    await app.quit();
    const foreign = await startWorld({
      folder: join(stage.desktop.session.folder, 'foreign'),
      imapCertificate: 'foreign-ca',
    });
    try {
      app = await stage.launch({ env: { TIDINGS_PROFILE: foreign.profileFile } });
      page = await app.firstWindow();
      await stage.addAccount(page, sam);
      await rowOf(page, sam).getByText('The connection can’t be trusted').waitFor();
      expect(foreign.imap.counts.logins + foreign.imap.counts.refusedLogins).toBe(0);
      // The account of the other profile isn't touched by it.
      await row().getByText('Watching').waitFor();
      await app.quit();
    } finally {
      await foreign.dispose();
    }
  });

  function checkNow(): Promise<void> {
    return page.getByRole('button', { name: 'Check now' }).click();
  }

  async function signInAgainAs(person: typeof ada): Promise<void> {
    await row().getByRole('button', { name: 'Sign in again' }).click();
    const tab = await stage.browser.open(await stage.desktop.links.takeUrl());
    await signInAs(tab, person);
    await tab.close();
  }
});
