import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { MailboxesFile } from '../../electron/main/accounts/ledger-store.ts';
import type { Settings } from '../../electron/shared/settings.ts';
import { ada } from '../standin/people.ts';
import type { CoreProcess } from '../support/core-process.ts';
import { type FullDiskScene, isUnsaved, isWatching, setFullDiskScene } from '../support/full-disk-scene.ts';

/**
 * The core on a file system without a free block, not on errors made up: see also row 49 of test/faults and the unit
 * tests of storage.
 */
describe('a disk that is full', () => {
  let scene: FullDiskScene;

  beforeEach(async () => {
    scene = await setFullDiskScene();
  });

  afterEach(async () => {
    await scene.dispose();
  });

  const start = (): CoreProcess => scene.start({ sessionOnly: true });

  function deliver(subject: string): void {
    scene.world.imap.deliver(ada.address, { from: { name: 'Bo', address: 'bo@example.org' }, subject });
  }

  const settings = (): Settings => JSON.parse(scene.disk.read('settings.json')) as Settings;

  /** How far the only account was told of its mail, as the disk has it. */
  function lastUid(): number | undefined {
    const { accounts } = JSON.parse(scene.disk.read('mailboxes.json')) as MailboxesFile;
    return Object.values(accounts)[0]?.['INBOX']?.lastUid;
  }

  /** Ada is signed in and watched, and all of that is on the disk. */
  async function startWatching(): Promise<CoreProcess> {
    deliver('Already there');
    const core = start();
    await core.call('signIn', ada);
    await core.snapshots.waitFor(isWatching(ada, 1));
    await expect.poll(() => [settings().accounts.length, lastUid()]).toEqual([1, 1]);
    return core;
  }

  it('is tried once more when quitting', async () => {
    const core = await startWatching();
    await scene.disk.fill();
    deliver('While it is full');
    await core.snapshots.waitFor(isUnsaved('mailboxes.json'));
    await scene.disk.free();
    await core.quit();
    expect(lastUid()).toBe(2);
  });

  it('costs lines of the log, said once, and the next line stands on its own', async () => {
    const core = start();
    await core.call('log', 'the first line takes a block, which has room for more');
    await expect.poll(() => scene.disk.read('logs/main.log')).toContain('the first line');
    await scene.disk.fill();
    await core.call('log', ...Array.from({ length: 1_000 }, (_, count) => `line ${count} of the full disk`));
    await core.call('log', 'nobody reads this');
    expect(core.logFailures).toEqual([expect.stringContaining('ENOSPC')]);
    await scene.disk.free();
    await core.call('log', 'there is room');
    expect(scene.disk.read('logs/main.log')).toMatch(/^[\d-]{10}T[\d:.]{12}Z info there is room$/mu);
  });
});
