import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type DesktopSession, startDesktopSession } from '../desktop/session.ts';
import { ada } from '../standin/people.ts';
import { type FullDiskScene, isUnsaved, isWatching, setFullDiskScene } from '../support/full-disk-scene.ts';

/** With a real keyring, whose own disk has room. */
describe('tokens while the app’s disk is full', () => {
  let scene: FullDiskScene;
  let session: DesktopSession;

  beforeEach(async () => {
    session = await startDesktopSession();
    scene = await setFullDiskScene();
  });

  afterEach(async () => {
    await scene.dispose();
    await session.dispose();
  });

  it('are kept by the keyring all the same; the list of accounts is saved when there is room', async () => {
    const core = scene.start({ sessionOnly: false }, session.env);
    await core.snapshots.waitFor(() => true);
    await scene.disk.fill();
    await core.call('signIn', ada);
    await core.snapshots.waitFor(isWatching(ada, 0));
    await core.snapshots.waitFor(isUnsaved('settings.json', 'mailboxes.json'));
    expect(core.snapshots.all.flatMap(({ notices }) => notices)).not.toContainEqual(
      expect.objectContaining({
        error: expect.objectContaining({ detail: expect.stringContaining('tokens') }),
      }),
    );
    const { mark } = core.snapshots;
    await scene.disk.free();
    await core.snapshots.waitFor(({ notices }) => notices.length === 0, mark);
    await core.kill();
    await scene.start({ sessionOnly: false }, session.env).snapshots.waitFor(isWatching(ada, 0));
  });

  it('are found by an app that starts then, and no probe stays in the keyring', async () => {
    const core = scene.start({ sessionOnly: false }, session.env);
    await core.call('signIn', ada);
    await core.snapshots.waitFor(isWatching(ada, 0));
    await core.quit();
    await scene.disk.fill();
    await scene.start({ sessionOnly: false }, session.env).snapshots.waitFor(isWatching(ada, 0));
    const services = (await session.keyring.items()).map(({ attributes }) => attributes['service']);
    expect(services).toEqual(['Tidings']);
  });
});
