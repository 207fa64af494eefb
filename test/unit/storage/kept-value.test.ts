import { describe, expect, it } from 'vitest';

import { KeptValue } from '../../../electron/main/storage/kept-value.ts';
import { maxSaveRetryMs, saveRetryMs } from '../../../electron/main/storage/save-retry.ts';
import { StorageFailure } from '../../../electron/main/storage/storage-failure.ts';
import type { AppErrorInfo } from '../../../electron/shared/app-error.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const full = new StorageFailure({ code: 'disk-full', at: 5 });

/** A value on a disk that has room or not. */
function keep() {
  const clock = new FakeClock();
  const written: string[] = [];
  const said: (AppErrorInfo | null)[] = [];
  const disk = { hasRoom: true, tries: 0 };
  const save = async (value: string): Promise<void> => {
    disk.tries += 1;
    if (!disk.hasRoom) throw full;
    written.push(value);
  };
  const kept = new KeptValue({ save }, 'old', (error) => said.push(error), clock);
  return { clock, written, said, disk, kept };
}

describe('KeptValue', () => {
  it('has the new value at once and on the disk after a flush', async () => {
    const { kept, written, clock } = keep();
    kept.set('new');
    expect(kept.value).toBe('new');
    await kept.flush();
    expect([written, clock.pending]).toEqual([['new'], 0]);
  });

  it('keeps the value in memory when the disk is full, says so, and says when it is well again', async () => {
    const { kept, written, said, disk, clock } = keep();
    disk.hasRoom = false;
    kept.set('new');
    await clock.advance(0);
    expect(kept.value).toBe('new');
    expect(said).toEqual([full.info]);
    disk.hasRoom = true;
    kept.set('newer');
    await clock.advance(0);
    expect(said).toEqual([full.info, null]);
    expect([written, clock.pending]).toEqual([['newer'], 0]);
  });

  it('is saved by itself when there is room again, with no further change', async () => {
    const { kept, written, said, disk, clock } = keep();
    disk.hasRoom = false;
    kept.set('new');
    await clock.advance(saveRetryMs * (1 + 2 + 4));
    expect(disk.tries).toBe(4);
    await clock.advance(20 * maxSaveRetryMs);
    expect(disk.tries).toBeGreaterThan(20);
    disk.hasRoom = true;
    await clock.advance(maxSaveRetryMs);
    expect([written, said.at(-1), clock.pending]).toEqual([['new'], null, 0]);
  });

  it('is tried once more when quitting, and then no more', async () => {
    const { kept, written, disk, clock } = keep();
    disk.hasRoom = false;
    kept.set('new');
    await kept.flush();
    expect([disk.tries, clock.pending]).toEqual([2, 0]);
    disk.hasRoom = true;
    await kept.flush();
    expect([written, clock.pending]).toEqual([['new'], 0]);
  });

  it('forgets a failure that a later change has overtaken', async () => {
    const { kept, written, said, disk, clock } = keep();
    disk.hasRoom = false;
    kept.set('new');
    disk.hasRoom = true;
    kept.set('newer');
    await clock.advance(saveRetryMs);
    expect([written, said, clock.pending]).toEqual([['newer'], [full.info, null], 0]);
  });
});
