import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { builtInProfile, type ProfileLayer } from '../../../electron/main/profile/deployment-profile.ts';
import { Registration } from '../../../electron/main/profile/registration.ts';

const clientId = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';

describe('Registration', () => {
  let folder: string;
  let saved: ProfileLayer[];
  let changes: number;

  const create = (file: ProfileLayer = {}): Registration =>
    new Registration(
      { builtIn: builtInProfile, packaged: {}, settings: {}, file },
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
    const registration = create({ authority: 'https://login.microsoftonline.us/common' });
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
});
