import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  builtInProfile,
  parseProfileLayer,
  resolveProfile,
} from '../../../electron/main/profile/deployment-profile.ts';
import { ProfileFailure } from '../../../electron/main/profile/profile-failure.ts';
import { readProfileFile } from '../../../electron/main/profile/profile-file.ts';

const clientId = '6d9c2f64-51aa-4c0e-9a5e-0d4f6c7b8a10';
const now = (): number => 42;

function detailOf(input: unknown): string | undefined {
  try {
    parseProfileLayer(input, 'profile.json', 42);
  } catch (error) {
    if (error instanceof ProfileFailure) return error.info.detail;
    throw error;
  }
  return undefined;
}

describe('the profile', () => {
  it("is Microsoft's public cloud, with nobody's client id, where nothing else is said", () => {
    const nothing = { builtIn: builtInProfile, packaged: {}, settings: {}, file: {} };
    expect(resolveProfile(nothing)).toEqual({
      clientId: null,
      authority: 'https://login.microsoftonline.com/common',
      knownAuthorities: [],
      resource: 'https://outlook.office.com',
      imap: { host: 'outlook.office365.com', port: 993 },
      extraCaFile: null,
    });
  });

  it('takes each field from the strongest layer that has it', () => {
    const resolved = resolveProfile({
      builtIn: builtInProfile,
      packaged: { clientId, resource: 'https://packaged.example' },
      settings: { authority: 'https://login.microsoftonline.com/organizations' },
      file: { imap: { host: 'localhost', port: 1993 } },
    });
    expect(resolved).toMatchObject({
      clientId,
      resource: 'https://packaged.example',
      authority: 'https://login.microsoftonline.com/organizations',
      imap: { host: 'localhost', port: 1993 },
    });
  });
});

describe('null in a layer', () => {
  const nothing = { builtIn: builtInProfile, packaged: {}, settings: {}, file: {} };

  it('as client id says nothing: a weaker layer that has one is heard', () => {
    expect(resolveProfile({ ...nothing, settings: { clientId }, file: { clientId: null } }).clientId).toBe(clientId);
    expect(resolveProfile({ ...nothing, packaged: { clientId }, settings: { clientId: null } }).clientId).toBe(
      clientId,
    );
    expect(resolveProfile({ ...nothing, file: { clientId: null } }).clientId).toBeNull();
  });

  it('as CA file is an answer: none, whatever a weaker layer trusts', () => {
    const packaged = { extraCaFile: '/etc/own-ca.pem' };
    expect(resolveProfile({ ...nothing, packaged, file: { extraCaFile: null } }).extraCaFile).toBeNull();
  });
});

describe('a layer', () => {
  it('is brought into one form', () => {
    expect(
      parseProfileLayer(
        {
          clientId: ` ${clientId.toUpperCase()} `,
          authority: 'https://LOGIN.microsoftonline.com/Contoso.OnMicrosoft.com/',
          knownAuthorities: ['Login.Example.com:443', 'localhost:8443'],
          resource: 'https://outlook.office.com/',
          imap: { host: 'Outlook.Office365.com' },
          extraCaFile: null,
        },
        'profile.json',
        42,
      ),
    ).toEqual({
      clientId,
      authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
      knownAuthorities: ['login.example.com', 'localhost:8443'],
      resource: 'https://outlook.office.com',
      imap: { host: 'outlook.office365.com', port: 993 },
      extraCaFile: null,
    });
  });

  it('may be empty', () => {
    expect(parseProfileLayer({}, 'profile.json', 42)).toEqual({});
  });

  it.each([
    [{ imap: { host: 'mail.example.com', port: 70_000 } }, 'imap.port: must be between 1 and 65535'],
    [{ imap: { host: 'mail.example.com', port: '993' } }, 'imap.port: must be between 1 and 65535'],
    [{ imap: { host: 'https://mail.example.com', port: 993 } }, 'imap.host: must be a host name'],
    [{ imap: 'mail.example.com' }, 'imap: must have host and port'],
    [{ clientId: 'my-app' }, 'clientId: must be an application (client) id'],
    [{ clientId: '' }, 'clientId: must be an application (client) id'],
    [{ clientId: 5 }, 'clientId: must be text'],
    [{ authority: 'http://login.microsoftonline.com/common' }, 'authority: must look like https://'],
    [{ authority: 'https://login.microsoftonline.com' }, 'authority: must look like https://'],
    [{ authority: 'https://login.microsoftonline.com/a/b' }, 'authority: must look like https://'],
    [{ authority: 'https://user@login.microsoftonline.com/common' }, 'authority: must look like https://'],
    [{ authority: 'https://login.microsoftonline.com/common?x=1' }, 'authority: must look like https://'],
    [{ authority: 'https://login.microsoftonline.com/everybody' }, 'authority: must look like https://'],
    [{ knownAuthorities: 'localhost' }, 'knownAuthorities: must be a list'],
    [{ knownAuthorities: ['https://localhost:1'] }, 'knownAuthorities.0: must be a host'],
    [{ resource: 'outlook.office.com' }, 'resource: must look like https://'],
    [{ extraCaFile: '' }, 'extraCaFile: must name a file'],
    [{ clientID: clientId }, 'clientID: is not a field of a profile'],
    [{ imap: { host: 'a.example', port: 1, tls: false } }, 'imap.tls: is not a field of a profile'],
    [[], 'must be an object'],
    [null, 'must be an object'],
  ])('that is wrong names its field and file: %o', (input, words) => {
    const detail = detailOf(input);
    expect(detail?.startsWith(words)).toBe(true);
    expect(detail?.endsWith('(in profile.json)')).toBe(true);
  });

  it('with many faults stays one line', () => {
    const detail = detailOf(Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`field${index}`, 1])));
    expect(detail?.length).toBeLessThanOrEqual(300);
  });
});

describe('a profile file', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidings-profile-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function write(text: string): string {
    const path = join(folder, 'set-up.json');
    writeFileSync(path, text);
    return path;
  }

  const failure = (path: string): Promise<unknown> =>
    readProfileFile(path, now).then(
      () => 'read',
      (error: unknown) => (error instanceof ProfileFailure ? error.info : error),
    );

  it('names its CA file from its own folder', async () => {
    const layer = await readProfileFile(write('\ufeff{"extraCaFile":"certs/ca.pem"}'), now);
    expect(layer).toEqual({ extraCaFile: join(folder, 'certs', 'ca.pem') });
    const absolute = join(folder, 'elsewhere.pem');
    expect(await readProfileFile(write(JSON.stringify({ extraCaFile: absolute })), now)).toEqual({
      extraCaFile: absolute,
    });
    expect(await readProfileFile(write('{"extraCaFile":null}'), now)).toEqual({ extraCaFile: null });
  });

  it.each([
    ['is not JSON', '{\n  "clientId": secret-words\n}', /^set-up\.json: is not valid JSON/u],
    ['is something else', 'x'.repeat(70_000), /^set-up\.json: is too big/u],
    ['is a list', '[]', /^must be an object .*\(in set-up\.json\)$/u],
  ])('that %s says so, and quotes nothing', async (_name, text, words) => {
    expect(await failure(write(text))).toMatchObject({
      code: 'profile-invalid',
      at: 42,
      detail: expect.stringMatching(words),
    });
    expect(JSON.stringify(await failure(write(text)))).not.toContain('secret-words');
  });

  it('that is missing, or a folder, says so', async () => {
    expect(await failure(join(folder, 'none.json'))).toMatchObject({ detail: "none.json: can't be read (ENOENT)" });
    expect(await failure(folder)).toMatchObject({ code: 'profile-invalid' });
  });
});

describe('the examples in the documentation', () => {
  const examples = new URL('../../../docs/examples/', import.meta.url);

  it.each(readdirSync(examples).filter((name) => name.endsWith('.json')))('can be opened: %s', async (name) => {
    const layer = await readProfileFile(fileURLToPath(new URL(name, examples)), now);
    expect(layer.clientId).toMatch(/^[\da-f-]{36}$/u);
  });
});
