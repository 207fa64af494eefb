import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../../electron/main/storage/settings-schema.ts';
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
const read = (settings: unknown) => readVersioned(JSON.stringify(settings), settingsSchema, 1, {});

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
    expect(read({ ...full, schemaVersion: 2 }).kind).toBe('newer');
  });
});
