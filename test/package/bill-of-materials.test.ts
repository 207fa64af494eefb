import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { shippedLibrariesOf } from '../../scripts/package/notices.ts';
import { project } from './packages.ts';

interface Component {
  readonly 'bom-ref': string;
  readonly version: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly licenses?: readonly unknown[];
}

const folder = mkdtempSync(join(tmpdir(), 'tidings-bill-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the bill of materials of a release', () => {
  it('names Electron and each library that is packed, by version, hash and licence, and nothing else', () => {
    const file = join(folder, 'tidings.cdx.json');
    execFileSync(process.execPath, ['scripts/sbom.ts', file], { cwd: project });
    const bill = JSON.parse(readFileSync(file, 'utf8')) as { bomFormat: string; components: readonly Component[] };
    expect(bill.bomFormat).toBe('CycloneDX');
    const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
      devDependencies: { electron: string };
    };
    const packed = shippedLibrariesOf(project).map(({ name, version }) => `${name}@${version}`);
    expect(bill.components.map((each) => each['bom-ref']).toSorted()).toEqual(
      [...packed, `electron@${manifest.devDependencies.electron}`].toSorted(),
    );
    for (const { 'bom-ref': name, version, hashes = [], licenses = [] } of bill.components) {
      expect(version, name).not.toBe('');
      expect(
        hashes.map(({ alg }) => alg),
        name,
      ).toEqual(['SHA-512']);
      expect(licenses, name).not.toEqual([]);
    }
  });
});
