/** Takes the pictures of README and docs from the real app on the stand-ins: `npm run screenshots [-- <folder>]`. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Page } from 'playwright-core';

import { signInAs } from '../test/desktop/sign-in-page.ts';
import type { StatusItemFace } from '../test/desktop/status-item.ts';
import { setStage } from '../test/e2e/stage.ts';
import type { Stage } from '../test/e2e/stage.ts';
import { ada, lin, sam } from '../test/standin/people.ts';
import type { StandinPerson } from '../test/standin/people.ts';
import { headPicture, traySheet } from './demo/composed-pictures.ts';
import type { NamedIcon } from './demo/composed-pictures.ts';
import { explainedErrorPicture } from './demo/explained-error-picture.ts';
import { takeKeyringPictures } from './demo/keyring-pictures.ts';
import { letterPicture } from './demo/letter-picture.ts';
import { mailSource } from './demo/mail-corpus.ts';
import { networkPicture } from './demo/network-picture.ts';
import { type DocsPicture, docsPictures, putPicture } from './demo/picture-files.ts';
import { showLook, windowPicture } from './demo/pictures.ts';

const docs = fileURLToPath(new URL('../docs/images', import.meta.url));
const folder = process.argv[2] ?? docs;
const nextMail = mailSource();

const missing = new Set<DocsPicture>(docsPictures);

function put(name: DocsPicture, png: Buffer): void {
  missing.delete(name);
  process.stdout.write(`${join(folder, name)}.png: ${putPicture(folder, name, png)}\n`);
}

async function take(stage: Stage): Promise<void> {
  const { desktop, world } = stage;
  const icons: NamedIcon[] = [];
  const deliver = (person: StandinPerson, count: number): void => {
    for (let sent = 0; sent < count; sent += 1) world.imap.deliver(person.address, nextMail());
  };
  deliver(ada, 2);
  deliver(lin, 12);
  deliver(sam, 1);
  const many = world.imap.deliverMany(lin.address, 100, nextMail());

  // Finer than most screens, for those who read on a fine one.
  const app = await stage.launch({ args: ['--force-device-scale-factor=1.5'] });
  const page = await app.firstWindow();
  const tray = await desktop.tray.waitForItem();
  const keepIcon = async (name: string, predicate: (face: StatusItemFace) => boolean): Promise<void> => {
    const { icon } = await tray.waitFor((face) => face.icon !== null && predicate(face));
    if (icon !== null) icons.push({ name, icon });
  };
  const says = (text: string) => (face: StatusItemFace) => face.toolTip.includes(text);

  // A clock that stands still: no picture may differ by the time that it took.
  await page.clock.setFixedTime(Date.now());
  await page.getByRole('button', { name: 'Add Outlook account' }).waitFor();
  put('first-run', await windowPicture(page));
  await keepIcon('no account', says('No accounts'));

  await page.getByRole('button', { name: 'Add Outlook account' }).click();
  const tab = await stage.browser.open(await desktop.links.takeUrl());
  await tab.setViewportSize({ width: 720, height: 700 });
  await tab.getByRole('button', { name: ada.address }).waitFor();
  put('sign-in-page', await tab.screenshot({ animations: 'disabled', caret: 'hide' }));
  await page.getByRole('button', { name: 'Cancel' }).click();
  await tab.close();

  for (const person of [ada, lin]) await stage.addAccount(page, person);
  put('other-account', await otherAccount(stage, page));
  await stage.addAccount(page, sam);
  await keepIcon('more than 99', says('115 unread'));
  for (const uid of many) world.imap.setFlags(lin.address, 'INBOX', uid, [String.raw`\Seen`], true);
  await keepIcon('unread', (face) => says('— 15 unread')(face) && !says('connecting')(face));
  world.imap.stopListening();
  world.imap.cut('rst');
  await tray.waitForMenu((labels) => labels.filter((label) => label.includes('offline')).length === 3);
  icons.push({ name: 'offline', icon: tray.icon() });
  await world.imap.listenAgain();
  await tray.waitForMenu((labels) => labels.slice(1, 4).every((label) => label.endsWith(' unread')));
  const listening = () => world.imap.sessions().filter(({ idling }) => idling).length === 3;
  await world.imap.events.waitUntil(listening);
  deliver(ada, 1);
  const notification = await desktop.notifications.waitFor(() => true);
  desktop.notifications.click(notification.id);
  const menu = await tray.waitForMenu(([headline]) => headline === '16 unread');
  await settle(page);
  const window = await windowPicture(page);
  const { width, height } = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  const head = headPicture({ window, width, height, icon: tray.icon(), menu, notification });

  await examine(stage, page, lin);
  put('connection-doctor', await windowPicture(page));
  await page.getByRole('button', { name: 'Back' }).click();

  await expireSignIn(stage, sam);
  await page.getByRole('button', { name: 'Sign in again' }).waitFor();
  await tray.waitForMenu((labels) => labels.some((label) => label.includes('needs you to sign in')));
  icons.push({ name: 'needs you', icon: tray.icon() });
  await settle(page);
  for (const look of ['dark', 'light'] as const) {
    await showLook(page, look);
    put(look === 'dark' ? 'window-dark' : 'window-light', await windowPicture(page));
  }
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('menuitemradio', { name: 'English' }).waitFor();
  put('settings-menu', await windowPicture(page));
  await page.getByRole('menuitem', { name: 'Remove everything and quit…' }).click();
  await page.getByRole('alertdialog').waitFor();
  put('remove-everything', await windowPicture(page));
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  put('explained-error', await explainedErrorPicture(page, () => desktop.links.takeUrl()));
  put('admin-letter', await letterPicture(page, 'grace@contoso.example'));
  put('network', await networkPicture(page));
  await takeSharedMailboxes(stage, page);
  await takeInspector(page, await world.identity.issueAppOnlyToken(ada.tid, []));

  put('tidings', await drawn(stage, head));
  put('tray-states', await drawn(stage, traySheet(icons)));
  await app.quit();
}

/** An app's token, explained. */
async function takeInspector(page: Page, token: string): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('menuitem', { name: 'Inspect a token…' }).click();
  await page.getByRole('textbox', { name: 'Token' }).fill(token);
  await page.getByRole('button', { name: 'Inspect', exact: true }).click();
  await page.getByRole('heading', { name: 'This token stands for an app, not for a person' }).waitFor();
  await settle(page);
  for (const look of ['dark', 'light'] as const) {
    await showLook(page, look);
    put(look === 'dark' ? 'token-inspector-dark' : 'token-inspector', await windowPicture(page));
  }
}

/** One that is watched and muted, one that doesn't open, under the only account that is left. */
async function takeSharedMailboxes({ world }: Stage, page: Page): Promise<void> {
  for (const { address } of [lin, sam]) {
    await page.getByRole('button', { name: `More for ${address}` }).click();
    await page.getByRole('menuitem', { name: 'Remove…' }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('button', { name: `More for ${address}` }).waitFor({ state: 'detached' });
  }
  const [orders, bookkeeping] = ['orders@contoso.example', 'bookkeeping@contoso.example'] as const;
  world.imap.addPerson(orders);
  world.imap.giveFullAccess(ada.address, orders);
  world.imap.deliverMany(orders, 7, nextMail());
  for (const address of [orders, bookkeeping]) {
    await page.getByRole('button', { name: `More for ${ada.address}` }).click();
    await page.getByRole('menuitem', { name: 'Add shared mailbox…' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill(address);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('button', { name: `More for ${address}` }).waitFor();
  }
  await page.getByRole('button', { name: `More for ${orders}` }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Without notifications' }).click();
  await page.keyboard.press('Escape');
  await page.getByText('Add-MailboxPermission').waitFor();
  await page.getByRole('img', { name: '7 unread messages', exact: true }).waitFor();
  await settle(page);
  put('shared-mailboxes', await windowPicture(page));
}

/** Ada is to sign in again, and picks Sam's account on the page. */
async function otherAccount(stage: Stage, page: Page): Promise<Buffer> {
  await page.getByRole('button', { name: `More for ${ada.address}` }).click();
  await page.getByRole('menuitem', { name: 'Sign in again' }).click();
  const tab = await stage.browser.open(await stage.desktop.links.takeUrl());
  await signInAs(tab, sam);
  await tab.close();
  const leave = page.getByRole('button', { name: 'Neither' });
  await leave.waitFor();
  // What is left of the time to decide is all of it.
  await page.clock.setFixedTime(Date.now());
  await page.getByText(/^(?:5:00|4:5\d) left$/u).waitFor();
  await settle(page);
  const picture = await windowPicture(page);
  await leave.click();
  return picture;
}

/** The connection doctor at an account whose mailbox has IMAP switched off, as Exchange says it. */
async function examine({ world }: Stage, page: Page, { address }: StandinPerson): Promise<void> {
  const clear = world.imap.order({ kind: 'refuse-login', style: 'bare' }, { address });
  await page.getByRole('button', { name: `More for ${address}` }).click();
  await page.getByRole('menuitem', { name: 'Check connection…' }).click();
  const failed = page.locator('[data-state=failed]');
  await failed.waitFor();
  await failed.scrollIntoViewIfNeeded();
  clear();
  await settle(page);
}

/** The next answer of the mail server, and of the identity provider, to this person is no. */
async function expireSignIn({ world }: Stage, { address }: StandinPerson): Promise<void> {
  world.identity.revokeRefreshTokens(address);
  world.imap.order({ kind: 'refuse-login', style: 'bare' }, { times: 1, address });
  world.imap.cut('fin', { address });
}

/** Without pointer and focus on anything. */
async function settle(page: Page): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
}

async function drawn(stage: Stage, html: string): Promise<Buffer> {
  const tab = await stage.browser.context.newPage();
  await tab.setContent(html);
  const picture = await tab.locator('body').screenshot();
  await tab.close();
  return picture;
}

const stage = await setStage({ desktop: { width: 1600, height: 1600 } });
try {
  await take(stage);
} finally {
  await stage.dispose();
}
await takeKeyringPictures(put);
if (missing.size > 0) throw new Error(`No longer taken: ${[...missing].join(', ')}`);
