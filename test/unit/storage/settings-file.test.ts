import { describe, expect, it } from 'vitest';
import { settingsMigrations } from '../../../electron/main/storage/settings-file.ts';
import { settingsSchema, settingsVersion } from '../../../electron/main/storage/settings-schema.ts';
import { salvageSettings } from '../../../electron/main/storage/settings-salvage.ts';
import { readVersioned } from '../../../electron/main/storage/versioned-json.ts';
import { builtInProfile } from '../../../electron/main/profile/deployment-profile.ts';
import { defaultSettings, type Settings } from '../../../electron/shared/settings.ts';

const account: Settings['accounts'][number] = {
  id: 'a1',
  homeAccountId: 'oid.tid',
  address: 'ada@contoso.example',
  displayName: '',
  profile: { ...builtInProfile, clientId: '6d9c2f64-51aa-4c0e-9a5e-0d4f6c7b8a10' },
  addedAt: 1,
  sharedMailboxes: [],
};
const full: Settings = { ...defaultSettings, profile: { clientId: null }, accounts: [account] };
const read = (settings: unknown) =>
  readVersioned(JSON.stringify(settings), settingsSchema, settingsVersion, settingsMigrations);

describe('settings', () => {
  it('come back as they were saved', () => {
    expect(read(defaultSettings)).toEqual({ kind: 'valid', value: defaultSettings });
    expect(read(full)).toEqual({ kind: 'valid', value: full });
  });

  it.each([
    ['a language nobody has', { language: 'tlh' }],
    ['an account twice', { accounts: [account, account] }],
    ['an account without a profile', { accounts: [{ ...account, profile: undefined }] }],
    ['a profile field that is wrong', { profile: { authority: 'http://login.example.com/common' } }],
    ['another token store', { tokenStorage: 'plain' }],
  ])('are damaged with %s', (_name, change) => {
    expect(read({ ...full, ...change }).kind).toBe('damaged');
  });

  it('of a newer version are not guessed at', () => {
    expect(read({ ...full, schemaVersion: settingsVersion + 1 }).kind).toBe('newer');
  });

  it('of the first version are taken as they are, with nothing of what there was not yet', () => {
    const { awaitedApprovals: _later, ...before } = full;
    const { sharedMailboxes: _too, ...accountBefore } = account;
    const first = { ...before, schemaVersion: 1, accounts: [accountBefore] };
    expect(read(first)).toEqual({ kind: 'valid', value: full });
  });

  it('with a proxy, a shared mailbox or somebody who waits are too new for the first version, not damaged', () => {
    // What it knew of them: nothing, and of a profile's fields each had to be known.
    const text = JSON.stringify({ ...full, profile: { proxy: 'http://proxy.example:8080' } });
    expect(readVersioned(text, settingsSchema, 1, {}).kind).toBe('newer');
  });

  it('of the first version that are damaged are still saved field by field', () => {
    const first = { ...full, schemaVersion: 1, language: 'tlh' };
    const damaged = read(first);
    const content = damaged.kind === 'damaged' ? damaged.content : undefined;
    expect(salvageSettings(content ?? {})).toEqual({
      value: { ...full, language: 'system' },
      detail: expect.stringMatching(/^language: /u) as unknown,
    });
  });
});
