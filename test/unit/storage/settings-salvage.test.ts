import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadAppData } from '../../../electron/main/app-data.ts';
import { builtInProfile } from '../../../electron/main/profile/deployment-profile.ts';
import { Notices } from '../../../electron/main/state/notices.ts';
import { appPaths } from '../../../electron/main/storage/paths.ts';
import { defaultSettings, type Settings } from '../../../electron/shared/settings.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';

const ada: Settings['accounts'][number] = {
  id: 'a1',
  homeAccountId: 'oid.tid',
  address: 'ada@contoso.example',
  displayName: 'Ada',
  profile: { ...builtInProfile, clientId: '6d9c2f64-51aa-4c0e-9a5e-0d4f6c7b8a10' },
  addedAt: 1,
  sharedMailboxes: [],
};
const info = { id: 'm1', address: 'info@fabrikam.example', muted: true };
const lin = { ...ada, id: 'a2', address: 'lin@fabrikam.example' };
const good: Settings = {
  ...defaultSettings,
  language: 'zh-CN',
  profile: { clientId: null, imap: { host: 'imap.example', port: 993 } },
  tokenStorage: 'session-only',
  accounts: [ada, lin],
  closeHintShown: true,
};

describe('settings of which a part is wrong', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidings-settings-'));
    file = join(folder, 'settings.json');
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Starts with `text` as the settings: what is used, and what the person is told. */
  async function start(text: string) {
    writeFileSync(file, text);
    const notices = new Notices(() => {});
    const log = recordingLog();
    const data = await loadAppData(appPaths(folder), notices, new FakeClock(), log);
    await data.flush();
    return { settings: data.settings.value, notices: notices.all, log };
  }

  it.each([
    [
      'profile',
      { profile: { clientId: null, imap: { port: 0 } } },
      { profile: {} },
      /^profile\.imap\.host: .*imap\.port/u,
    ],
    ['profile', { profile: { imapp: {} } }, { profile: {} }, /^profile\.imapp: is not a field of a profile$/u],
    [
      'an account',
      { accounts: [{ ...ada, profile: { ...ada.profile, authority: 'http://login.example/common' } }, lin] },
      { accounts: [lin] },
      /^accounts\.0\.profile\.authority: must look like https/u,
    ],
    ['an account twice', { accounts: [ada, ada, lin] }, { accounts: [ada, lin] }, /^accounts\.1\.id: /u],
    [
      'a shared mailbox',
      { accounts: [{ ...ada, sharedMailboxes: [info, { ...info, id: 'm2', address: 'a b' }, info] }, lin] },
      { accounts: [{ ...ada, sharedMailboxes: [info] }, lin] },
      /^accounts\.0\.sharedMailboxes\.1\.address: is no mail address; accounts\.0\.sharedMailboxes\.2\.id: /u,
    ],
    [
      'a shared mailbox with an account’s id',
      { accounts: [{ ...ada, sharedMailboxes: [{ ...info, id: ada.id }] }, lin] },
      { accounts: [ada, lin] },
      /^accounts\.0\.sharedMailboxes\.0\.id: /u,
    ],
    [
      'a list of shared mailboxes that is none',
      { accounts: [{ ...ada, sharedMailboxes: 7 }, lin] },
      { accounts: [ada, lin] },
      /^accounts\.0\.sharedMailboxes: must be a list$/u,
    ],
    ['a list of accounts that is none', { accounts: {} }, { accounts: [] }, /^accounts: must be a list$/u],
    ['the language', { language: 'tlh' }, { language: 'system' }, /^language: /u],
    ['the token store', { tokenStorage: 'plain' }, { tokenStorage: 'keyring' }, /^tokenStorage: /u],
  ])('keep everything else: %s', async (_name, wrong, expected, detail) => {
    const text = JSON.stringify({ ...good, ...wrong });
    const { settings, notices, log } = await start(text);
    expect(settings).toEqual({ ...good, ...expected });
    expect(notices).toMatchObject([
      { kind: 'file-set-aside', file: 'settings.json', detail: expect.stringMatching(detail) },
    ]);
    const [notice] = notices;
    const keptAs = notice?.kind === 'file-set-aside' ? notice.keptAs : '';
    expect(readFileSync(join(folder, keptAs), 'utf8')).toBe(text);
    expect(JSON.stringify([notices, log.lines])).not.toContain('contoso');
  });

  it('of a version without shared mailboxes are in order', async () => {
    const { sharedMailboxes: _none, ...old } = ada;
    const { settings, notices } = await start(JSON.stringify({ ...good, accounts: [old] }));
    expect(settings.accounts).toEqual([ada]);
    expect(notices).toEqual([]);
  });

  it('are whole again for the next start, which says nothing', async () => {
    const first = await start(JSON.stringify({ ...good, profile: { authority: 7 } }));
    const second = await start(readFileSync(file, 'utf8'));
    expect(second.settings).toEqual(first.settings);
    expect(second.notices).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.startsWith('settings.damaged'))).toHaveLength(1);
  });
});
