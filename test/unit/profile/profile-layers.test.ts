import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { loadProfileLayers } from '../../../electron/main/profile/profile-layers.ts';

const clientId = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';
const now = (): number => 1;

describe('the layers from outside', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidings-layers-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it.each([undefined, ''])('are the publisher’s values alone where TIDINGS_PROFILE is %j', async (path) => {
    expect(await loadProfileLayers({ clientId }, path, now)).toEqual({ packaged: { clientId }, file: {} });
  });

  it('have the file that TIDINGS_PROFILE names', async () => {
    const path = join(folder, 'development.json');
    writeFileSync(path, JSON.stringify({ imap: { host: 'localhost', port: 1993 } }));
    const { file } = await loadProfileLayers({}, path, now);
    expect(file).toEqual({ imap: { host: 'localhost', port: 1993 } });
  });

  it('stop the start when either is wrong, naming field and place', async () => {
    const packaged = loadProfileLayers({ clientId: 'nobody' }, undefined, now);
    await expect(packaged).rejects.toThrow(/clientId.*the packaged profile/u);
    const path = join(folder, 'wrong.json');
    writeFileSync(path, JSON.stringify({ authority: 'http://login.example/common' }));
    await expect(loadProfileLayers({}, path, now)).rejects.toThrow(/authority.*wrong\.json/u);
  });
});
