import type { Page } from 'playwright-core';

import type { DrivenApp } from '../../test/desktop/app.ts';
import type { ShownNotification } from '../../test/desktop/notification-daemon.ts';
import type { StatusItem, StatusItemFace } from '../../test/desktop/status-item.ts';
import { setStage } from '../../test/e2e/stage.ts';
import type { Stage } from '../../test/e2e/stage.ts';
import { ada, lin } from '../../test/standin/people.ts';
import type { StandinPerson } from '../../test/standin/people.ts';
import { mailSource } from './mail-corpus.ts';
import { PictureFolder } from './pictures.ts';
import { inMilliseconds, inSeconds, StepFailure, Story } from './story.ts';

export interface DemoByItselfOptions {
  /** Absolute; where the pictures go. */
  readonly out: string;
  readonly verbose: boolean;
  readonly write: (text: string) => void;
  /** Ends the demo before its time. */
  readonly signal: AbortSignal;
}

/** The demo without a person: all of the main job on a desktop of its own. Answers the exit code. */
export async function runDemoByItself(options: DemoByItselfOptions): Promise<number> {
  const story = new Story(options.write);
  const pictures = new PictureFolder(options.out);
  const startedAt = performance.now();
  const stage = await setStage({ browser: 'full' });
  const demo = new DemoByItself(stage, story, pictures);
  let ending: Promise<void> | null = null;
  const end = (): Promise<void> => (ending ??= stage.dispose());
  const onAbort = (): void => void end();
  options.signal.addEventListener('abort', onAbort, { once: true });
  try {
    story.tell(`a private desktop, a sign-in service and a mail server are ready (${inSeconds(startedAt)})`);
    await demo.run();
    if (options.verbose) options.write(demo.appOutput());
    story.tell(`${pictures.written} pictures in ${pictures.path}`);
    return 0;
  } catch (error) {
    if (options.signal.aborted) return 130;
    if (!(error instanceof StepFailure)) throw error;
    options.write(`${error.report(demo.appOutput())}\n`);
    return 1;
  } finally {
    options.signal.removeEventListener('abort', onAbort);
    await end();
  }
}

/** The story's steps, each on what the one before left. */
class DemoByItself {
  readonly #stage: Stage;
  readonly #story: Story;
  readonly #pictures: PictureFolder;
  readonly #nextMail = mailSource();
  readonly #uids = new Map<StandinPerson, number>();
  #app: DrivenApp | null = null;
  /** Mails that notifications are to tell now: what came while the app was watching and wasn't read elsewhere. */
  #newMails = 0;

  constructor(stage: Stage, story: Story, pictures: PictureFolder) {
    this.#stage = stage;
    this.#story = story;
    this.#pictures = pictures;
  }

  appOutput(): string {
    return this.#app?.output() ?? '';
  }

  async run(): Promise<void> {
    for (const person of [ada, ada, ada, lin]) this.#deliver(person);
    const first = await this.#start();
    await this.#pictureOfWindow(first, 'window-first-run');
    await this.#addAccount(first, ada, 3, 3);
    await this.#newMail(first, ada, 4);
    await this.#readElsewhere(first, 3);
    await this.#addAccount(first, lin, 1, 4);
    await this.#newMail(first, lin, 5);
    await this.#burst(first, 8);
    await this.#pictureOfWindow(first, 'window-accounts');
    await this.#restart(first);
  }

  #deliver(person: StandinPerson): void {
    this.#uids.set(person, this.#stage.world.imap.deliver(person.address, this.#nextMail()));
  }

  async #start(): Promise<Shown> {
    const { desktop } = this.#stage;
    const startedAt = performance.now();
    const app = await this.#story.step('the app starts', () => this.#stage.launch());
    this.#app = app;
    this.#story.followApp(app.ended);
    const page = await this.#story.step('the app opens its window', () => app.firstWindow());
    const tray = await this.#story.step('the app puts an icon into the tray', () => desktop.tray.waitForItem());
    const heading = page.getByRole('heading', { level: 1 });
    await this.#story.step('the window has content', () => heading.waitFor());
    this.#story.tell(`window and tray icon are there (${inSeconds(startedAt)})`);
    return { app, page, tray };
  }

  async #addAccount({ page, tray }: Shown, person: StandinPerson, unread: number, total: number): Promise<void> {
    const startedAt = performance.now();
    await this.#story.step(`${person.address} signs in by the browser`, async () => {
      const outcome = await this.#stage.addAccount(page, person);
      if (outcome.at !== 'app') throw new Error(`the browser ended on the sign-in service's page “${outcome.heading}”`);
    });
    const row = page.getByRole('listitem').filter({ hasText: person.address });
    await this.#story.step(`the window shows ${person.address}`, () => row.waitFor());
    this.#story.tell(`signed in as ${person.address} (${inSeconds(startedAt)})`);
    const label = new RegExp(`^${unread} unread message`, 'u');
    await this.#story.step(`the window says ${unread} unread`, () => row.getByRole('img', { name: label }).waitFor());
    this.#story.tell(`unread ${unread}`);
    const face = await this.#waitForTray(tray, total);
    this.#pictureOfTray(face, total);
    this.#story.tell(`tray: ${total}`);
  }

  /** From the server's telling of it to the notification service's being told: both by this process's one clock. */
  async #newMail({ tray }: Shown, person: StandinPerson, total: number): Promise<void> {
    const { desktop, world } = this.#stage;
    await this.#untilIdling(person);
    const before = desktop.notifications.all.length;
    const sentBefore = world.imap.existsSentAt(person.address).length;
    this.#deliver(person);
    this.#newMails += 1;
    const told = await this.#story.step('a notification of the new mail', () =>
      desktop.notifications.waitFor((one) => desktop.notifications.all.indexOf(one) >= before),
    );
    const sentAt = await this.#story.step('the mail server noted when it told of the mail', async () => {
      const at = world.imap.existsSentAt(person.address)[sentBefore];
      if (at === undefined) throw new Error('it sent no EXISTS for it');
      return at;
    });
    const words = `“${told.summary}: ${told.body.replaceAll('\n', ', ')}”`;
    this.#story.tell(`new mail → notification in ${await this.#time(sentAt, told.at)}: ${words}`);
    const face = await this.#waitForTray(tray, total);
    this.#pictureOfTray(face, total);
    this.#story.tell(`tray: ${total} (${await this.#time(sentAt, face.at)})`);
  }

  #time(from: number, to: number): Promise<string> {
    return this.#story.step('what comes of it comes after it', async () => inMilliseconds(from, to));
  }

  async #readElsewhere({ tray }: Shown, total: number): Promise<void> {
    const { imap } = this.#stage.world;
    await this.#untilIdling(ada);
    const mark = imap.events.mark;
    imap.setFlags(ada.address, 'INBOX', this.#uids.get(ada) ?? 0, [String.raw`\Seen`], true);
    const sent = await this.#story.step('the server tells that a mail was read', () =>
      imap.events.waitFor(({ kind }) => kind === 'flags-sent', mark),
    );
    this.#newMails -= 1;
    await this.#story.step('its notification is withdrawn', () =>
      this.#stage.desktop.notifications.waitForShown((shown) => mailsTold(shown) === this.#newMails),
    );
    const face = await this.#waitForTray(tray, total);
    this.#story.tell(`read on another device → tray: ${total} (${await this.#time(sent.at, face.at)})`);
  }

  /**
   * Five for one person and the rest for another: found at once, the five are one summary however slow the machine is.
   * Where it takes more than a burst's 10 s between one mail and the next, some are told on their own besides.
   */
  async #burst({ tray }: Shown, count: number): Promise<void> {
    const { desktop } = this.#stage;
    for (let sent = 0; sent < count; sent += 1) this.#deliver(sent < 5 ? ada : lin);
    this.#newMails += count;
    await this.#story.step(`each of ${this.#newMails} new mails told once, many of them by a summary`, () =>
      desktop.notifications.waitForShown((shown) => shown.some(isSummary) && mailsTold(shown) === this.#newMails),
    );
    const shown = desktop.notifications.shown();
    const face = await this.#waitForTray(tray, count + 5);
    this.#pictureOfTray(face, count + 5);
    const words = shown.filter(isSummary).map(({ summary }) => `“${summary}”`);
    const own = shown.filter((one) => !isSummary(one)).length;
    const beside = own === 0 ? '' : `, and ${own} told on their own`;
    this.#story.tell(`${count} more at once → one summary in their place: ${words.join(', ')}${beside}`);
    this.#story.tell(`tray: ${count + 5}`);
  }

  async #restart(first: Shown): Promise<void> {
    const { desktop } = this.#stage;
    const links = desktop.links.urls.length;
    this.#story.releaseApp();
    await this.#story.step('the app quits', () => first.app.quit());
    this.#deliver(ada);
    this.#deliver(lin);
    const startedAt = performance.now();
    const again = await this.#start();
    const total = again.page.getByRole('heading', { level: 1, name: '15 unread messages' });
    await this.#story.step('the window says 15 unread after the restart', () => total.waitFor());
    this.#story.tell(`restarted, still signed in without a browser: unread 15 (${inSeconds(startedAt)})`);
    const digest = await this.#story.step('a digest of what came while the app was closed', () =>
      desktop.notifications.waitFor(({ summary }) => summary.startsWith('2 new messages while')),
    );
    this.#story.tell(`told once what came meanwhile: “${digest.summary}”`);
    await this.#story.step('no browser was opened for it', async () => {
      if (desktop.links.urls.length !== links) throw new Error(`${desktop.links.urls.at(-1)} was opened`);
    });
    // Each new count brings a new menu: a click has to wait for the one that stays.
    await this.#story.step('the tray menu says 15 unread', () =>
      again.tray.waitForMenu(([headline]) => headline === '15 unread'),
    );
    this.#story.releaseApp();
    await this.#story.step('“Quit Tidings” in the tray menu ends it', async () => {
      await again.tray.clickMenu('Quit Tidings');
      await again.app.untilGone();
    });
    this.#story.tell('quit from the tray menu, no process left');
  }

  async #waitForTray(tray: StatusItem, unread: number): Promise<StatusItemFace> {
    const words = `${unread} unread`;
    return this.#story.step(`the tray says ${words}`, () =>
      tray.waitFor(({ icon, toolTip }) => icon !== null && toolTip.split('\n')[0]?.endsWith(words) === true),
    );
  }

  async #pictureOfWindow({ page }: Shown, name: string): Promise<void> {
    await this.#story.step('pictures of the window', () => this.#pictures.putWindow(page, name));
  }

  #pictureOfTray({ icon }: StatusItemFace, unread: number): void {
    if (icon !== null) this.#pictures.putTrayIcon(icon, `tray-${String(unread).padStart(2, '0')}`);
  }

  /** Mail that comes before the app idles is found by the app's own asking, and its way takes no time to speak of. */
  async #untilIdling(person: StandinPerson): Promise<void> {
    const { imap } = this.#stage.world;
    const idles = (): boolean => imap.sessions().some(({ address, idling }) => idling && address === person.address);
    await this.#story.step(`the app listens for ${person.address}`, () => imap.events.waitUntil(idles));
  }
}

/** "10 new messages": the first of its words is how many. */
function isSummary({ summary }: ShownNotification): boolean {
  return /^\d+ new messages$/u.test(summary);
}

/** How many mails a person learns of from these. */
function mailsTold(shown: readonly ShownNotification[]): number {
  return shown.reduce((sum, one) => sum + (isSummary(one) ? Number.parseInt(one.summary, 10) : 1), 0);
}

interface Shown {
  readonly app: DrivenApp;
  readonly page: Page;
  readonly tray: StatusItem;
}
