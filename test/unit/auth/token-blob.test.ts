import { describe, expect, it } from 'vitest';
import { formatBlob, isMsalCache, parseBlob } from '../../../electron/main/auth/token-blob.ts';
import { tokenItemName, tokenRef } from '../../../electron/main/auth/token-ref.ts';
import { builtInProfile } from '../../../electron/main/profile/deployment-profile.ts';

const empty = { Account: {}, IdToken: {}, AccessToken: {}, RefreshToken: {}, AppMetadata: {} };
const cache = JSON.stringify({ ...empty, Account: { 'a-"key"': { name: '林薇' } }, NewSection: [1] });

describe('the content of a keyring item', () => {
  it('comes back as it was', () => {
    const partitions = new Map([
      ['common/ada', cache],
      ['"quoted"', JSON.stringify(empty)],
    ]);
    expect(parseBlob(formatBlob(partitions))).toEqual(partitions);
    expect(parseBlob(formatBlob(new Map()))).toEqual(new Map());
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{}',
    '{"version":2,"partitions":{}}',
    '{"version":1,"partitions":{"a":{}}}',
    '{"version":1,"partitions":{"a":{"Account":{"k":"text"}}}}',
    formatBlob(new Map([['a', cache]])).slice(0, -10),
  ])('is damaged and never reaches MSAL: %s', (text) => {
    expect(parseBlob(text)).toBeNull();
  });

  it('is only what MSAL wrote', () => {
    expect(isMsalCache(cache)).toBe(true);
    expect(isMsalCache('{"Account":{}}')).toBe(false);
    expect(isMsalCache('x')).toBe(false);
  });
});

describe('where tokens are kept', () => {
  const profile = { ...builtInProfile, clientId: '6D9C2F64-51aa-4c0e-9a5e-0d4f6c7b8a10' };

  it('is an item for each app registration and host', () => {
    expect(tokenItemName(profile)).toBe('login.microsoftonline.com_6d9c2f64-51aa-4c0e-9a5e-0d4f6c7b8a10');
    const elsewhere = tokenItemName({ ...profile, authority: 'https://localhost:8443/common' });
    expect(elsewhere).toBe('localhost_8443_6d9c2f64-51aa-4c0e-9a5e-0d4f6c7b8a10');
  });

  it('is a partition for each person and tenant', () => {
    const refs = ['common', 'contoso.example'].map((tenant) =>
      tokenRef({
        homeAccountId: 'oid.tid',
        profile: { ...profile, authority: `https://login.microsoftonline.com/${tenant}` },
      }),
    );
    expect(refs.map(({ partition }) => partition)).toEqual(['common/oid.tid', 'contoso.example/oid.tid']);
    expect(refs[0]?.item).toBe(refs[1]?.item);
  });
});
