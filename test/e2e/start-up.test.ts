import { chownSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { setStage, type Stage } from './stage.ts';

describe('a start on bad ground', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage();
  });

  afterAll(async () => {
    await stage.dispose();
  });

  function profileFile(content: string): string {
    const file = join(stage.desktop.session.folder, 'world', 'bad-profile.json');
    writeFileSync(file, content);
    return file;
  }

  /** Starts it and answers what it says; it stays until somebody has closed the box that says the same. */
  async function refusal(profile: string, named: string): Promise<string> {
    const app = await stage.start({ env: { TIDINGS_PROFILE: profile } });
    const escaped = named.replaceAll('.', String.raw`\.`);
    const [said] = await app.waitForOutput(new RegExp(`^Tidings can’t start: .*${escaped}.*$`, 'mu'));
    expect(stage.desktop.tray.items()).toEqual([]);
    expect(app.processes().filter(({ command }) => command.includes('--type=renderer'))).toEqual([]);
    await app.kill();
    return said;
  }

  it.each([
    ['a field of the wrong kind', { imap: { host: 'localhost', port: 70_000 } }, 'imap.port'],
    ['a field that nobody knows', { clientID: 'x' }, 'clientID'],
    ['an authority without https', { authority: 'http://localhost/common' }, 'authority'],
  ])('refuses a profile with %s, naming it and the file', async (_what, change, field) => {
    const said = await refusal(profileFile(JSON.stringify({ ...stage.world.profile, ...change })), field);
    expect(said).toContain('bad-profile.json');
  });

  it('refuses a profile that is no JSON, or isn’t there, naming the file', async () => {
    await refusal(profileFile('{ "imap": '), 'bad-profile.json');
    await refusal('/nowhere/missing-profile.json', 'missing-profile.json');
  });

  it.each(['--ignore-certificate-errors', '--disable-web-security', '--host-rules=MAP * 127.0.0.1', '--no-sandbox'])(
    'refuses to start with %s',
    async (word) => {
      const app = await stage.start({ args: [word] });
      expect(await app.ended).toEqual({ code: 1, signal: null });
      expect(app.output()).toContain(word.split('=')[0]);
      expect(stage.desktop.tray.items()).toEqual([]);
    },
  );

  it('sets unreadable settings aside under another name and says so in the window', async () => {
    const { user } = stage.desktop.session;
    rmSync(stage.dataFolder, { recursive: true, force: true });
    mkdirSync(stage.dataFolder, { mode: 0o700 });
    const file = join(stage.dataFolder, 'settings.json');
    const damaged = '{"schemaVersion":1,"language":"en","accounts":[{"id"';
    writeFileSync(file, damaged, { mode: 0o600 });
    if (user.drop) for (const path of [stage.dataFolder, file]) chownSync(path, user.uid, user.gid);

    const app = await stage.launch();
    const page = await app.firstWindow();
    await page.getByText('A damaged file was set aside').waitFor();
    const kept = readdirSync(stage.dataFolder).find((name) => name.startsWith('settings.damaged-')) ?? '';
    expect(readFileSync(join(stage.dataFolder, kept), 'utf8')).toBe(damaged);
    await page.getByText(kept).waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByText('A damaged file was set aside').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Add Outlook account' }).waitFor();
    await app.quit();
  });

  it('starts without a client id, and offers the ways to one', async () => {
    const file = join(stage.desktop.session.folder, 'world', 'no-client.json');
    const { clientId, ...rest } = stage.world.profile;
    writeFileSync(file, JSON.stringify(rest));
    const app = await stage.launch({ env: { TIDINGS_PROFILE: file } });
    const page = await app.firstWindow();
    await page.getByRole('heading', { name: 'Let’s set up Tidings' }).waitFor();
    await page.getByLabel('Client id').fill(clientId ?? '');
    await page.getByRole('button', { name: 'Use this id' }).click();
    await page.getByRole('button', { name: 'Add Outlook account' }).click();
    expect(new URL(await stage.desktop.links.takeUrl()).searchParams.get('client_id')).toBe(clientId);
    await app.quit();
  });
});
