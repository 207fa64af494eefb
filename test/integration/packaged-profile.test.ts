import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveConfig } from 'electron-vite';
import { build, mergeConfig } from 'vite';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { packagedProfileVariable } from '../../electron/main/profile/packaged-profile.ts';

const root = join(import.meta.dirname, '..', '..');
const clientId = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';

/** What a build with this packaged profile would do. */
async function configWith(packagedProfile: string) {
  vi.stubEnv(packagedProfileVariable, packagedProfile);
  return resolveConfig(
    { root, configFile: join(root, 'electron.vite.config.ts'), logLevel: 'silent' },
    'build',
    'production',
  );
}

describe("the publisher's profile", () => {
  let outDir: string | null = null;

  afterEach(() => {
    vi.unstubAllEnvs();
    if (outDir !== null) rmSync(outDir, { recursive: true });
    outDir = null;
  });

  it('reaches the built app', async () => {
    const { config } = await configWith(JSON.stringify({ clientId: clientId.toUpperCase() }));
    outDir = mkdtempSync(join(tmpdir(), 'tidings-build-'));
    const main = mergeConfig(config?.main ?? {}, { build: { outDir, emptyOutDir: false }, logLevel: 'silent' });
    await build({ ...main, root });
    const built = readdirSync(outDir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
    const having = built.filter((name) => readFileSync(join(outDir ?? '', name), 'utf8').includes(clientId));
    expect(having).not.toEqual([]);
    expect(readdirSync(outDir)).toEqual(expect.arrayContaining(['bin', 'icons', 'index.js']));
  });

  it('stops the build when a field is misspelt, naming it', async () => {
    const config = configWith(JSON.stringify({ clientID: clientId }));
    await expect(config).rejects.toThrow('clientID: is not a field of a profile (in TIDINGS_PACKAGED_PROFILE)');
  });
});
