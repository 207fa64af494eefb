import { describe, expect, it } from 'vitest';

import { KeptValue } from '../../../electron/main/storage/kept-value.ts';
import { StorageFailure } from '../../../electron/main/storage/storage-failure.ts';
import type { AppErrorInfo } from '../../../electron/shared/app-error.ts';

describe('KeptValue', () => {
  it('has the new value at once and on the disk after a flush', async () => {
    const written: number[] = [];
    const kept = new KeptValue({ save: async (value: number) => void written.push(value) }, 1, () => {});
    kept.set(2);
    expect(kept.value).toBe(2);
    await kept.flush();
    expect(written).toEqual([2]);
  });

  it('keeps the value in memory when the disk is full, says so, and says when it is well again', async () => {
    const full = new StorageFailure({ code: 'disk-full', at: 5 });
    const said: (AppErrorInfo | null)[] = [];
    let room = false;
    const save = (): Promise<void> => (room ? Promise.resolve() : Promise.reject(full));
    const kept = new KeptValue({ save }, 'old', (error) => said.push(error));
    kept.set('new');
    await kept.flush();
    expect(kept.value).toBe('new');
    expect(said).toEqual([full.info]);
    room = true;
    kept.set('newer');
    await kept.flush();
    expect(said).toEqual([full.info, null]);
  });
});
