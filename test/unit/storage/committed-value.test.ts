import { describe, expect, it } from 'vitest';

import { CommittedValue } from '../../../electron/main/storage/committed-value.ts';
import { maxSaveRetryMs, saveRetryMs } from '../../../electron/main/storage/save-retry.ts';
import { StorageFailure } from '../../../electron/main/storage/storage-failure.ts';
import type { AppErrorInfo } from '../../../electron/shared/app-error.ts';
import { FakeClock, settle } from '../../support/fake-clock.ts';

const full = new StorageFailure({ code: 'disk-full', at: 5 });

/** A value on a disk that has room or not, and syncs when it is told to. */
function commit() {
  const clock = new FakeClock();
  const said: (AppErrorInfo | null)[] = [];
  const disk = { content: 'old', hasRoom: true, tries: 0, syncs: 0, endSync: () => {}, syncsFail: false };
  const file = {
    replace(value: string): void {
      disk.tries += 1;
      if (!disk.hasRoom) throw full;
      disk.content = value;
    },
    sync(): Promise<void> {
      disk.syncs += 1;
      return new Promise((resolve, reject) => {
        disk.endSync = disk.syncsFail ? () => reject(new Error('EIO')) : resolve;
      });
    },
  };
  const kept = new CommittedValue(file, 'old', (error) => said.push(error), clock);
  return { clock, said, disk, kept };
}

describe('CommittedValue', () => {
  it('is on the disk before the next line runs', () => {
    const { kept, disk, said } = commit();
    kept.set('new');
    expect([disk.content, kept.value, said]).toEqual(['new', 'new', []]);
  });

  it('syncs in the background, one at a time, and flush waits for the last change to be synced', async () => {
    const { kept, disk } = commit();
    kept.set('one');
    kept.set('two');
    kept.set('three');
    expect(disk.syncs).toBe(1);
    const flushed = kept.flush().then(() => 'flushed');
    disk.endSync();
    await settle();
    expect(disk.syncs).toBe(2);
    disk.endSync();
    expect(await flushed).toBe('flushed');
  });

  it('does not mind a sync that fails: what was written is read again all the same', async () => {
    const { kept, disk, said } = commit();
    disk.syncsFail = true;
    kept.set('new');
    disk.endSync();
    await kept.flush();
    expect([disk.content, said]).toEqual(['new', []]);
  });

  it('keeps the value in memory when the disk is full, says so, and is written when there is room again', async () => {
    const { kept, disk, said, clock } = commit();
    disk.hasRoom = false;
    kept.set('new');
    expect([kept.value, disk.content, said]).toEqual(['new', 'old', [full.info]]);
    await clock.advance(saveRetryMs * (1 + 2));
    expect(disk.tries).toBe(3);
    disk.hasRoom = true;
    await clock.advance(maxSaveRetryMs);
    expect([disk.content, said.at(-1), clock.pending]).toEqual(['new', null, 0]);
  });

  it('tries once more when the program ends, and leaves no timer', async () => {
    const { kept, disk, clock } = commit();
    disk.hasRoom = false;
    kept.set('new');
    await kept.flush();
    expect([disk.tries, clock.pending]).toEqual([2, 0]);
    disk.hasRoom = true;
    const flushed = kept.flush();
    disk.endSync();
    await flushed;
    expect(disk.content).toBe('new');
  });
});
