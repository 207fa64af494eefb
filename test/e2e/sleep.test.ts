import { appendFileSync, chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { DrivenApp } from '../desktop/app.ts';
import { type LoginManager, startLoginManager } from '../desktop/login-manager.ts';
import type { StatusItem } from '../desktop/status-item.ts';
import type { ImapEvent } from '../standin/imap/event-log.ts';
import { ada, sam } from '../standin/people.ts';
import { asOtherClient } from '../support/imap-bench.ts';
import { setStage, type Stage } from './stage.ts';
import { rowOf } from './window-face.ts';

/** A machine waits this long at most for the programs that want to leave in order, ms (logind: 5 s). */
const logoutLimitMs = 2_000;
/** From the system's word that it is awake to the right number in the tray, ms (fault 45). */
const awakeLimitMs = 10_000;

/** The machine sleeps twice, each time on what the time before left. */
describe('the machine’s sleep', () => {
  let stage: Stage;
  let app: DrivenApp;
  let tray: StatusItem;
  let logins: LoginManager;

  beforeAll(async () => {
    stage = await setStage({ desktop: { systemBus: true } });
    logins = await startLoginManager(stage.desktop.session);
    deliver('Before');
    putNewsOfNetwork();
    app = await stage.launch();
    tray = await stage.desktop.tray.waitForItem();
    const page = await app.firstWindow();
    for (const person of [ada, sam]) {
      await stage.addAccount(page, person);
      await rowOf(page, person).getByText('Watching').waitFor();
    }
    await waitUntilWatched(1);
    await logins.waitForListener();
  });

  afterAll(async () => {
    await stage.dispose();
  });

  function deliver(subject: string): void {
    stage.world.imap.deliver(ada.address, { from: { name: 'Bo', address: 'bo@example.org' }, subject });
  }

  const news = () => join(stage.desktop.session.folder, 'network-news');

  /** Has `ip monitor` say what the news are: the machine's own network isn't a test's to change. */
  function putNewsOfNetwork(): void {
    writeFileSync(news(), '');
    chmodSync(news(), 0o644);
    const program = join(stage.desktop.session.programs, 'ip');
    writeFileSync(program, `#!/bin/sh\nexec /usr/bin/tail -n +1 -f '${news()}'\n`);
    chmodSync(program, 0o755);
  }

  /** By the tray, and by the sessions: Chromium drops its sockets when the machine sleeps, Playwright's too. */
  async function waitUntilWatched(adasUnread: number): Promise<void> {
    await tray.waitFor(
      ({ toolTip }) =>
        toolTip.includes(`${ada.address}: ${adasUnread} unread`) && toolTip.includes(`${sam.address}: Nothing unread`),
    );
    const { imap } = stage.world;
    const isWatched = ({ address }: typeof ada): boolean =>
      imap.sessions().some((session) => session.idling && session.address === address);
    await imap.events.waitUntil(() => isWatched(ada) && isWatched(sam));
  }

  /** Puts the machine to sleep; resolves when the server has seen both sessions end in order. */
  async function fallAsleep(): Promise<readonly ImapEvent[]> {
    const { events } = stage.world.imap;
    const { mark } = events;
    const seen = (): readonly ImapEvent[] =>
      events.since(mark).filter((one) => one.kind === 'closed' || (one.kind === 'command' && one.name === 'LOGOUT'));
    logins.suspend();
    await events.waitUntil(() => seen().filter(({ kind }) => kind === 'closed').length >= 2, logoutLimitMs);
    return seen();
  }

  it('is not all that the app hears of: after a change of the network every session is probed', async () => {
    const { events } = stage.world.imap;
    const { mark } = events;
    const probed = (): Set<string | null> =>
      new Set(
        events.since(mark).flatMap((one) => (one.kind === 'command' && one.name === 'NOOP' ? [one.address] : [])),
      );
    appendFileSync(news(), '[ROUTE]203.0.113.0/24 dev cable scope link \n');
    await events.waitUntil(() => probed().size === 2);
    await waitUntilWatched(1);
  });

  it('ends every session in order', async () => {
    const seen = await fallAsleep();
    expect(seen.map(({ kind }) => kind).toSorted()).toEqual(['closed', 'closed', 'command', 'command']);
    expect(new Set(seen.map(({ session }) => session)).size).toBe(2);
    expect(stage.world.imap.sessions()).toEqual([]);
  });

  it('lets nobody connect while it lasts', async () => {
    const { imap } = stage.world;
    const { connections } = imap.counts;
    // Whoever wants to come back has had the time by then: a whole program starts, and leaves it to the first one.
    const second = await stage.start();
    await second.ended;
    await asOtherClient(stage.world, ada, (other) => other.noop());
    expect(imap.counts.connections - connections).toBe(1);
  });

  it('is followed by one login each and the right number, and what came meanwhile is told', async () => {
    const { imap } = stage.world;
    const before = imap.counts;
    deliver('While asleep');
    const awakeAt = performance.now();
    logins.resume();
    await waitUntilWatched(2);
    expect(performance.now() - awakeAt).toBeLessThan(awakeLimitMs);
    expect(imap.counts.connections - before.connections).toBe(2);
    expect(imap.counts.logins - before.logins).toBe(2);
    const { notifications } = stage.desktop;
    await notifications.waitFor(({ summary, body }) => `${summary} ${body}`.includes('While asleep'));
    expect(notifications.all).toHaveLength(1);
  });

  it('leaves the window with the right number, too', async () => {
    const text = () =>
      app.electron.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().at(0)?.webContents.executeJavaScript('document.body.innerText'),
      );
    await expect.poll(text).toMatch(/\b2\s+unread messages\b/u);
  });

  it('does no harm when it comes again, nor when nothing came of it', async () => {
    await fallAsleep();
    logins.resume();
    await waitUntilWatched(2);
    deliver('After the sleep');
    await stage.desktop.notifications.waitFor(({ body }) => body.includes('After the sleep'));
    expect(stage.desktop.notifications.all).toHaveLength(2);
    expect(stage.world.imap.sessions()).toHaveLength(2);
  });

  it('doesn’t keep anybody from quitting', async () => {
    await fallAsleep();
    await app.quit();
    expect(stage.world.imap.sessions()).toEqual([]);
  });
});
