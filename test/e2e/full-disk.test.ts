import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { MailboxesFile } from '../../electron/main/accounts/ledger-store.ts';
import type { Settings } from '../../electron/shared/settings.ts';
import { type DrivenApp, launchApp } from '../desktop/app.ts';
import { seccompMode } from '../desktop/processes.ts';
import { ada } from '../standin/people.ts';
import { mountSmallDisk, type SmallDisk } from '../support/full-disk-mount.ts';
import { setStage, type Stage } from './stage.ts';
import { rowOf, waitForUnread } from './window-face.ts';

/** The whole data folder, Chromium's files in it too, on a small file system without a free block. */
describe('a full disk', () => {
  let stage: Stage;
  let disk: SmallDisk;
  let unread = 0;

  beforeAll(async () => {
    stage = await setStage();
    const { session } = stage.desktop;
    disk = await mountSmallDisk({
      path: stage.dataFolder,
      user: session.user,
      sizeKib: 16 * 1024,
      onStarted: (processGroup) => session.adopt(processGroup),
    });
  });

  afterAll(async () => {
    await disk.dispose();
    await stage.dispose();
  });

  /** Starts the app where the disk is seen. */
  function launch(): Promise<DrivenApp> {
    const { session } = stage.desktop;
    const { executable, args } = stage.program;
    const onDisk = join(session.programs, 'tidings-on-small-disk');
    writeFileSync(onDisk, `#!/bin/sh\nexec ${disk.enter.join(' ')} '${executable}' "$@"\n`);
    chmodSync(onDisk, 0o755);
    return launchApp(session, { executable: onDisk, args }, { env: { TIDINGS_PROFILE: stage.world.profileFile } });
  }

  async function deliver(page: Page): Promise<void> {
    unread += 1;
    const subject = `Number ${unread}`;
    stage.world.imap.deliver(ada.address, {
      from: { name: 'Bo', address: 'bo@example.org' },
      subject,
    });
    await waitForUnread(page, ada, unread);
  }

  const settings = (): Settings => JSON.parse(disk.read('settings.json')) as Settings;

  function lastUid(): number | undefined {
    const { accounts } = JSON.parse(disk.read('mailboxes.json')) as MailboxesFile;
    return Object.values(accounts)[0]?.['INBOX']?.lastUid;
  }

  it('is said, with what isn’t saved, while mail is counted and told as ever; and is over when there is room', async () => {
    const app = await launch();
    const page = await app.firstWindow();
    const renderer = app.processes().find(({ command }) => command.includes('--type=renderer'));
    expect(seccompMode(renderer?.pid ?? 0)).toBe(2);
    await stage.addAccount(page, ada);
    await rowOf(page, ada).getByText('Watching').waitFor();
    await expect.poll(() => [settings().accounts.length, lastUid()]).toEqual([1, 0]);

    // Chromium gives a block up now and then, and a save may find it: until one doesn't.
    const unsaved = page.getByText(/mailboxes\.json.*: ENOSPC$/u);
    while (!(await unsaved.isVisible())) {
      await disk.fill();
      await deliver(page);
    }
    await page.getByText('The disk is full').waitFor();
    await stage.desktop.notifications.waitFor(({ body }) => body.startsWith('Number 1\n'));
    await rowOf(page, ada).getByText('Watching').waitFor();
    expect(settings().accounts.map(({ address }) => address)).toEqual([ada.address]);
    expect(lastUid()).toBeLessThanOrEqual(unread);

    await disk.free();
    await page.getByText('The disk is full').waitFor({ state: 'detached' });
    expect(lastUid()).toBe(unread);
    await app.quit();
  });

  it('costs no account, and no mail is told twice, after it', async () => {
    const before = stage.desktop.notifications.all.length;
    const app = await launch();
    const page = await app.firstWindow();
    await waitForUnread(page, ada, unread);
    await deliver(page);
    await stage.desktop.notifications.waitFor(({ body }) => body.startsWith(`Number ${unread}\n`));
    expect(stage.desktop.notifications.all.slice(before).map(({ body }) => body.split('\n')[0])).toEqual([
      `Number ${unread}`,
    ]);
    await app.quit();
  });

  it('doesn’t keep the app from starting and watching', async () => {
    await disk.fill();
    const app = await launch();
    const page = await app.firstWindow();
    await waitForUnread(page, ada, unread);
    await rowOf(page, ada).getByText('Watching').waitFor();
    await app.quit();
  });
});
