import { describe, expect, it } from 'vitest';

import { removeKeychainItems } from '../../../electron/main/auth/keychain-items.ts';
import { isTokenItemName, tokenItemName } from '../../../electron/main/auth/token-ref.ts';

function keychain(names: readonly string[], refuses: (name: string) => boolean = () => false) {
  const items = new Set(names);
  const load = () => ({
    findCredentials: (service: string) =>
      Promise.resolve(service === 'Tidings' ? [...items].map((account) => ({ account, password: 'secret' })) : []),
    deletePassword: (_service: string, name: string) => Promise.resolve(!refuses(name) && items.delete(name)),
  });
  return { items, options: { serviceName: 'Tidings', isOurs: isTokenItemName, now: () => 3, load } };
}

const ours = 'login.microsoftonline.com_1b4e28ba-2fa1-41d2-883f-0016d3cca427';

describe('removing our items from the Keychain', () => {
  it('takes those of every app registration, damaged ones too, and no other', async () => {
    const { items, options } = keychain([ours, `${ours}.damaged`, 'login.partner.microsoftonline.cn_x', 'My diary']);
    expect(await removeKeychainItems(options)).toBe(true);
    expect([...items]).toEqual(['My diary']);
    expect(await removeKeychainItems(options)).toBe(false);
  });

  it('says so when one stays', async () => {
    const { options } = keychain([ours], () => true);
    await expect(removeKeychainItems(options)).rejects.toMatchObject({ info: { code: 'keyring-unavailable', at: 3 } });
  });

  it('says so when the Keychain is locked, or its library is missing', async () => {
    const { options } = keychain([]);
    const locked = () => ({
      ...options.load(),
      findCredentials: () => Promise.reject(new Error('User interaction is not allowed.')),
    });
    await expect(removeKeychainItems({ ...options, load: locked })).rejects.toMatchObject({
      info: { code: 'keyring-locked' },
    });
    const missing = (): never => {
      throw new Error('cannot open shared object file');
    };
    await expect(removeKeychainItems({ ...options, load: missing })).rejects.toMatchObject({
      info: { code: 'keyring-unavailable' },
    });
  });
});

describe('the names of our items', () => {
  it.each([
    { clientId: '1b4e28ba-2fa1-41d2-883f-0016d3cca427', authority: 'https://login.microsoftonline.com/common' },
    { clientId: 'My_Odd Client!', authority: 'https://localhost:8443/tenant' },
    { clientId: null, authority: 'https://login.microsoftonline.us/organizations' },
  ])('are known again: $clientId at $authority', (profile) => {
    expect(isTokenItemName(tokenItemName(profile))).toBe(true);
    expect(isTokenItemName(`${tokenItemName(profile)}.damaged`)).toBe(true);
  });

  it.each(['', 'probe', 'My diary', 'Ada@contoso.example', 'a b_c', 'UPPER_case'])('are not taken for %j', (name) => {
    expect(isTokenItemName(name)).toBe(false);
  });
});
