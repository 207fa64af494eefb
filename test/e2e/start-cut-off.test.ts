import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { DeploymentProfile } from '../../electron/shared/profile.ts';
import { watchScreenWindows } from '../desktop/screen-windows.ts';
import { TcpGate } from '../dovecot/tcp-gate.ts';
import { ada } from '../standin/people.ts';
import { setStage, type Stage } from './stage.ts';
import { rowOf, shareOf, waitForUnread } from './window-face.ts';

describe('a start that is cut off', () => {
  let stage: Stage;
  let identityDoor: TcpGate;

  beforeAll(async () => {
    stage = await setStage();
    identityDoor = await TcpGate.open({ host: '127.0.0.1', port: stage.world.identity.port });
  });

  afterAll(async () => {
    identityDoor.dispose();
    await stage.dispose();
  });

  /** The stand-ins, with the sign-in service behind a door that can be shut. */
  function profileFile(): string {
    const { profile } = stage.world;
    const door = `localhost:${identityDoor.port}`;
    const knownAuthorities = [...profile.knownAuthorities, door];
    const changed: DeploymentProfile = { ...profile, authority: `https://${door}/common`, knownAuthorities };
    const file = join(stage.desktop.session.folder, 'world', 'behind-a-door.json');
    writeFileSync(file, JSON.stringify(changed));
    return file;
  }

  function deliver(subject: string): void {
    stage.world.imap.deliver(ada.address, { from: { name: 'Bo', address: 'bo@example.org' }, subject });
  }

  it('waits without a network for the network, asks nobody to sign in, and then tells what came', async () => {
    const { identity, imap } = stage.world;
    const env = { TIDINGS_PROFILE: profileFile() };
    // Too short for MSAL to use it twice: each start has to ask the sign-in service.
    identity.setAccessTokenLifetime(200);
    deliver('Before');
    const before = await stage.launch({ env });
    const firstPage = await before.firstWindow();
    await stage.addAccount(firstPage, ada);
    await waitForUnread(firstPage, ada, 1);
    await before.quit();

    const { urls } = stage.desktop.links;
    const opened = urls.length;
    const refreshed = identity.log.tokenRequestCount('refresh_token');
    identityDoor.shut();
    imap.stopListening();
    for (const subject of ['In the dark', 'Still in the dark']) deliver(subject);
    const app = await stage.launch({ env });
    const page = await app.firstWindow();
    const row = rowOf(page, ada);
    await row.getByText('Offline').waitFor();
    await row.getByRole('heading', { name: 'Microsoft can’t be reached' }).waitFor();
    await row.getByText('Check that this computer is online').waitFor();
    expect(await page.getByText('Needs sign-in').count()).toBe(0);
    const tray = await stage.desktop.tray.waitForItem((item) => item.face().toolTip.includes('offline'));
    expect(shareOf(tray.icon(), 'any colour')).toBe(0);
    expect(stage.desktop.notifications.all).toEqual([]);

    await imap.listenAgain();
    await identityDoor.listen();
    await row.getByText('Watching').waitFor();
    await waitForUnread(page, ada, 3);
    await stage.desktop.notifications.waitFor(({ summary }) => summary === '2 new messages while you were away');
    expect(stage.desktop.notifications.all).toHaveLength(1);
    expect(identity.log.tokenRequestCount('refresh_token')).toBeGreaterThan(refreshed);
    expect(urls).toHaveLength(opened);
    await app.quit();
  });

  it('names the data folder that it may not read, and what to do about it', async () => {
    const { session } = stage.desktop;
    const config = session.makeFolder('config-elsewhere');
    const folder = join(config, 'Tidings');
    // Somebody else's where there is somebody else, or closed to its owner too: the system says the same.
    mkdirSync(folder, { mode: 0o700 });
    if (!session.user.drop) chmodSync(folder, 0o000);
    const screen = await watchScreenWindows(session.display);
    const app = await stage.start({ env: { XDG_CONFIG_HOME: config } });
    const [said] = await app.waitForOutput(/^Tidings can’t start: .*$/mu);
    expect(said).toContain(folder);
    expect(said).toMatch(/Make this folder yours to read and write/u);
    expect(stage.desktop.tray.items()).toEqual([]);
    expect(app.processes().filter(({ command }) => command.includes('--type=renderer'))).toEqual([]);
    // It stays until somebody has closed the box that says the same.
    const box = await screen.waitFor(({ pid, isDialog }) => pid === app.pid && isDialog);
    await screen.pressClose(box);
    expect(await app.ended).toEqual({ code: 1, signal: null });
    screen.dispose();
    if (!session.user.drop) chmodSync(folder, 0o700);
  });
});
