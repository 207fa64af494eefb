import { afterEach, beforeEach, describe, expect } from 'vitest';

import { type Desktop, startDesktop } from '../desktop/desktop.ts';
import { ada, lin } from '../standin/people.ts';
import type { CoreProcess } from '../support/core-process.ts';
import { adaOn, type FullDiskScene, isUnsaved, isWatching, setFullDiskScene } from '../support/full-disk-scene.ts';
import { faultTest } from './fault-test.ts';
import { tidingsHost } from './hosted-scene.ts';

/** Settings and what is known of the mailboxes, on a file system without a free block. */
describe('a disk that is full', () => {
  let desktop: Desktop;
  let scene: FullDiskScene;

  beforeEach(async () => {
    desktop = await startDesktop({ keyring: 'absent' });
    scene = await setFullDiskScene();
  });

  afterEach(async () => {
    await scene.dispose();
    await desktop.dispose();
  });

  const start = (): CoreProcess => scene.start({ sessionOnly: true }, desktop.session.env, tidingsHost);
  const deliver = (subject: string): void => {
    adaOn(scene).deliver(subject);
  };
  const startWatching = (): Promise<CoreProcess> => adaOn(scene).watch(start());

  const told = (): readonly string[] => desktop.notifications.all.map(({ body }) => body.split('\n')[0] ?? '');
  const untilTold = (subject: string) => desktop.notifications.waitFor(({ body }) => body.startsWith(subject));

  faultTest(
    49,
    async () => {
      const core = await startWatching();
      const before = [scene.disk.read('settings.json'), scene.disk.read('mailboxes.json')];
      await scene.disk.fill();
      for (const [index, subject] of ['First', 'Second'].entries()) {
        deliver(subject);
        await untilTold(subject);
        await core.snapshots.waitFor(isWatching(ada, index + 2));
      }
      await core.call('setLanguage', 'zh-CN');
      const { notices } = await core.snapshots.waitFor(isUnsaved('mailboxes.json', 'settings.json'));
      expect(notices).toMatchObject([{ kind: 'save-failed', error: { code: 'disk-full' } }]);
      expect([scene.disk.read('settings.json'), scene.disk.read('mailboxes.json')]).toEqual(before);
      expect(scene.disk.list().filter((name) => name.endsWith('.tmp'))).toEqual([]);
      expect(told()).toEqual(['First', 'Second']);
    },
    { variant: 'old files intact, said, mail told as ever' },
  );

  faultTest(
    49,
    async () => {
      const core = await startWatching();
      await scene.disk.fill();
      deliver('While it is full');
      await untilTold('While it is full');
      await core.call('signIn', lin);
      await core.snapshots.waitFor(isWatching(lin, 0));
      await core.snapshots.waitFor(isUnsaved('mailboxes.json', 'settings.json'));
      const { mark } = core.snapshots;
      await scene.disk.free();
      const { accounts } = await core.snapshots.waitFor(({ notices }) => notices.length === 0, mark);
      await core.kill();

      const again = start();
      const found = await again.snapshots.waitFor(({ status }) => status === 'attention');
      expect(found.accounts.map(({ id, address }) => [id, address])).toEqual(
        accounts.map(({ id, address }) => [id, address]),
      );
      await again.call('signInAgain', ada, found.accounts[0]?.id);
      await again.snapshots.waitFor(isWatching(ada, 2));
      deliver('After it all');
      await untilTold('After it all');
      expect(told()).toEqual(['While it is full', 'After it all']);
    },
    { variant: 'saved once there is room, told once across a power cut' },
  );
});
