import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'vitest';

import type { MailboxesFile } from '../../electron/main/accounts/ledger-store.ts';
import type { Settings } from '../../electron/shared/settings.ts';
import type { AppSnapshot } from '../../electron/shared/snapshot.ts';
import { ada, type StandinPerson } from '../standin/people.ts';
import { startWorld, type World } from '../standin/world.ts';
import { type CoreOrder, CoreProcess } from './core-process.ts';
import { mountSmallDisk, type SmallDisk } from './full-disk-mount.ts';

/** The stand-ins, a small disk of the caller's own, and as many runs of the core on it as a test wants. */
export interface FullDiskScene {
  readonly world: World;
  readonly disk: SmallDisk;
  /** `env` over the scene's own; `script`: what runs, full-disk-core.ts unless given. */
  start(order: Pick<CoreOrder, 'sessionOnly'>, env?: Readonly<Record<string, string>>, script?: URL): CoreProcess;
  dispose(): Promise<void>;
}

export async function setFullDiskScene(): Promise<FullDiskScene> {
  const folder = mkdtempSync(join(tmpdir(), 'tidings-full-'));
  const world = await startWorld({ folder: join(folder, 'world') });
  const user = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0, name: 'the caller', drop: false };
  const running: CoreProcess[] = [];
  try {
    const disk = await mountSmallDisk({ path: join(folder, 'data'), user, sizeKib: 256 });
    return {
      world,
      disk,
      start({ sessionOnly }, env = {}, script = new URL('full-disk-core.ts', import.meta.url)) {
        const order = { folder: disk.path, profile: world.profile, sessionOnly };
        const core = new CoreProcess({
          script,
          order,
          env: { PATH: process.env['PATH'] ?? '', HOME: folder, ...env },
          enter: disk.enter,
        });
        running.push(core);
        return core;
      },
      async dispose() {
        await Promise.all(running.map((core) => core.kill()));
        await disk.dispose();
        await world.dispose();
        rmSync(folder, { recursive: true });
      },
    };
  } catch (error) {
    await world.dispose();
    rmSync(folder, { recursive: true });
    throw error;
  }
}

/** What both files with a full disk do on it: Ada's only account, and what the disk has of it. */
export function adaOn({ world, disk }: Pick<FullDiskScene, 'world' | 'disk'>) {
  const scene = {
    deliver(subject: string): void {
      world.imap.deliver(ada.address, { from: { name: 'Bo', address: 'bo@example.org' }, subject });
    },
    settings: (): Settings => JSON.parse(disk.read('settings.json')) as Settings,
    /** How far the only account was told of its mail. */
    lastUid(): number | undefined {
      const { accounts } = JSON.parse(disk.read('mailboxes.json')) as MailboxesFile;
      return Object.values(accounts)[0]?.['INBOX']?.lastUid;
    },
    /** Signs her in at `core`; when it resolves she is watched, and all of that is on the disk. */
    async watch(core: CoreProcess): Promise<CoreProcess> {
      scene.deliver('Already there');
      await core.call('signIn', ada);
      await core.snapshots.waitFor(isWatching(ada, 1));
      await expect.poll(() => [scene.settings().accounts.length, scene.lastUid()]).toEqual([1, 1]);
      return core;
    },
  };
  return scene;
}

/** Whether this person's mailbox is watched and counted so. */
export function isWatching(person: StandinPerson, unread: number): (snapshot: AppSnapshot) => boolean {
  return ({ accounts }) =>
    accounts.some(
      ({ address, state, unreadCount }) =>
        address === person.address && state.kind === 'watching' && unreadCount === unread,
    );
}

/** Whether it is said that these can't be saved. */
export function isUnsaved(...files: readonly string[]): (snapshot: AppSnapshot) => boolean {
  return ({ notices }) =>
    files.every((file) =>
      notices.some((notice) => notice.kind === 'save-failed' && notice.error.detail?.includes(file)),
    );
}
