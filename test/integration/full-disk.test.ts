import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { CoreProcess } from '../support/core-process.ts';
import { adaOn, type FullDiskScene, isUnsaved, setFullDiskScene } from '../support/full-disk-scene.ts';

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

  const deliver = (subject: string): void => {
    adaOn(scene).deliver(subject);
  };
  const startWatching = (): Promise<CoreProcess> => adaOn(scene).watch(start());

  it('is tried once more when quitting', async () => {
    const core = await startWatching();
    await scene.disk.fill();
    deliver('While it is full');
    await core.snapshots.waitFor(isUnsaved('mailboxes.json'));
    await scene.disk.free();
    await core.quit();
    expect(adaOn(scene).lastUid()).toBe(2);
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
