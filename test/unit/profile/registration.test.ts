import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import {
  builtInProfile,
  type ProfileLayer,
  type ProfileLayers,
} from '../../../electron/main/profile/deployment-profile.ts';
import { Registration } from '../../../electron/main/profile/registration.ts';

const clientId = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';
const other = '6d9c2f64-51aa-4c0e-9a5e-0d4f6c7b8a10';

describe('Registration', () => {
  let folder: string;
  let saved: ProfileLayer[];
  let changes: number;

  const create = (layers: Partial<Omit<ProfileLayers, 'builtIn'>> = {}): Registration =>
    new Registration(
      { builtIn: builtInProfile, packaged: {}, settings: {}, file: {}, ...layers },
      {
        saveLayer: (layer) => saved.push(layer),
        onChange: () => {
          changes += 1;
        },
        now: () => 1,
      },
    );

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidings-registration-'));
    saved = [];
    changes = 0;
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('uses a client id that somebody gave, and keeps it', () => {
    const registration = create();
    registration.useClientId(clientId, null);
    expect(registration.profile).toEqual({ ...builtInProfile, clientId });
    expect(saved).toEqual([{ clientId }]);
    expect(changes).toBe(1);
  });

  it('goes to the tenant that came with it, on the same cloud', () => {
    const registration = create({ packaged: { authority: 'https://login.microsoftonline.us/common' } });
    registration.useClientId(clientId, ' contoso.com ');
    expect(saved).toEqual([{ clientId, authority: 'https://login.microsoftonline.us/contoso.com' }]);
  });

  it('says what is wrong and changes nothing', () => {
    const registration = create();
    expect(() => {
      registration.useClientId('not an id', null);
    }).toThrow(/clientId/u);
    expect(registration.profile.clientId).toBeNull();
    expect(registration.error).toMatchObject({ code: 'profile-invalid' });
    expect(saved).toEqual([]);
    registration.useClientId(clientId, null);
    expect(registration.error).toBeNull();
  });

  it('takes a set-up file, or names the field that is wrong in it', async () => {
    const registration = create();
    const path = join(folder, 'contoso.json');
    writeFileSync(path, JSON.stringify({ clientId, imap: { host: 'imap.contoso.com', port: 99_999 } }));
    await expect(registration.useFile(path)).rejects.toMatchObject({ info: { code: 'profile-invalid' } });
    expect(registration.error?.detail).toContain('imap.port');
    expect(registration.error?.detail).toContain('contoso.json');
    writeFileSync(path, JSON.stringify({ clientId, imap: { host: 'imap.contoso.com', port: 993 } }));
    await registration.useFile(path);
    expect(registration.profile.imap).toEqual({ host: 'imap.contoso.com', port: 993 });
    expect(registration.error).toBeNull();
  });

  it('is heard over a TIDINGS_PROFILE file that leaves the client id open', () => {
    const registration = create({ file: { clientId: null } });
    registration.useClientId(clientId, null);
    expect(registration.profile.clientId).toBe(clientId);
  });

  it('keeps the client id that is in use when a set-up file leaves it open', async () => {
    const registration = create({ settings: { clientId } });
    const path = join(folder, 'server-only.json');
    writeFileSync(path, JSON.stringify({ clientId: null, imap: { host: 'imap.contoso.com' } }));
    await registration.useFile(path);
    expect(registration.profile).toMatchObject({ clientId, imap: { host: 'imap.contoso.com', port: 993 } });
    expect(saved).toEqual([{ clientId, imap: { host: 'imap.contoso.com', port: 993 } }]);
  });

  it('takes nothing from an earlier set-up file into a later one', async () => {
    const registration = create({ settings: { proxy: 'http://proxy.example:8080', clientId: other } });
    const open = async (name: string, content: object): Promise<void> => {
      const path = join(folder, name);
      writeFileSync(path, JSON.stringify(content));
      await registration.useFile(path);
    };
    await open('a-stranger.json', {
      authority: 'https://login.stranger.example/common',
      knownAuthorities: ['login.stranger.example'],
      resource: 'https://stranger.example',
      imap: { host: 'imap.stranger.example' },
      extraCaFile: 'stranger.pem',
    });
    expect(registration.profile).toMatchObject({
      clientId: other,
      authority: 'https://login.stranger.example/common',
      extraCaFile: join(folder, 'stranger.pem'),
    });
    await open('public-cloud.json', { clientId });
    expect(registration.profile).toEqual({ ...builtInProfile, clientId });
    // The way out of the network is the computer's, not the set-up's.
    expect(saved.at(-1)).toEqual({ clientId, proxy: 'http://proxy.example:8080' });
  });

  it('keeps an earlier set-up file where a later one is refused', async () => {
    const registration = create({ file: { clientId } });
    const path = join(folder, 'us.json');
    writeFileSync(path, JSON.stringify({ authority: 'https://login.microsoftonline.us/common' }));
    await registration.useFile(path);
    writeFileSync(path, JSON.stringify({ clientId: other }));
    await expect(registration.useFile(path)).rejects.toThrow(/TIDINGS_PROFILE/u);
    expect(registration.profile.authority).toBe('https://login.microsoftonline.us/common');
  });

  describe('where the TIDINGS_PROFILE file has a value', () => {
    const fixed = { clientId, authority: 'https://login.microsoftonline.com/contoso.com' };
    const path = (): string => join(folder, 'set-up.json');

    it('says that another client id would not be used, and takes nothing', () => {
      const registration = create({ file: fixed });
      expect(() => {
        registration.useClientId(other, null);
      }).toThrow(/^clientId: .*TIDINGS_PROFILE/u);
      expect(registration.error).toMatchObject({ code: 'profile-invalid' });
      expect(registration.profile.clientId).toBe(clientId);
      expect(saved).toEqual([]);
    });

    it('says so of a tenant too', () => {
      const registration = create({ file: fixed });
      expect(() => {
        registration.useClientId(clientId, 'fabrikam.com');
      }).toThrow(/^authority: .*TIDINGS_PROFILE/u);
      expect(saved).toEqual([]);
    });

    it('names each field of a set-up file that would not be used', async () => {
      const registration = create({ file: { ...fixed, imap: { host: 'localhost', port: 1993 } } });
      writeFileSync(path(), JSON.stringify({ clientId: other, imap: { host: 'imap.contoso.com' } }));
      await expect(registration.useFile(path())).rejects.toMatchObject({ info: { code: 'profile-invalid' } });
      expect(registration.error?.detail).toMatch(/^clientId, imap: .*TIDINGS_PROFILE/u);
      expect(saved).toEqual([]);
    });

    it('takes what says the same', async () => {
      const registration = create({ file: { ...fixed, imap: { host: 'localhost', port: 1993 } } });
      registration.useClientId(clientId.toUpperCase(), 'contoso.com');
      writeFileSync(path(), JSON.stringify({ clientId: null, imap: { host: 'localhost', port: 1993 } }));
      await registration.useFile(path());
      expect(registration.error).toBeNull();
    });
  });
});
