import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';

import { beforeAll, describe, expect, it } from 'vitest';

import { anchorFolders, loadTrustedCa } from '../../electron/main/trusted-ca.ts';
import { createThrowAwayCa } from '../standin/ca.ts';

describe('the certificates to trust', () => {
  let company: string;
  let extra: string;
  const knowing = (...certificates: string[]) => ({ read: () => Promise.resolve(certificates) });

  beforeAll(async () => {
    company = (await createThrowAwayCa('company')).caPem;
    extra = (await createThrowAwayCa('extra')).caPem;
  });

  it('are Node’s own where the system knows no other', async () => {
    const wrapped = (rootCertificates[0] ?? '').replaceAll('\n', '\r\n');
    expect(await loadTrustedCa(null, knowing())).toBeUndefined();
    expect(await loadTrustedCa(null, knowing(wrapped))).toBeUndefined();
  });

  it('are those, the system’s own besides, and the profile’s file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tidings-ca-'));
    try {
      const file = join(folder, 'extra.pem');
      writeFileSync(file, extra);
      const trusted = await loadTrustedCa(file, knowing(rootCertificates[0] ?? '', company));
      expect(trusted).toEqual([...rootCertificates, company, extra]);
      await expect(loadTrustedCa(join(folder, 'none.pem'), knowing())).rejects.toMatchObject({ code: 'ENOENT' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('are found where an administrator puts them, in whatever files and folders', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tidings-anchors-'));
    try {
      mkdirSync(join(folder, 'contoso'));
      writeFileSync(join(folder, 'contoso/both.crt'), `# ours\n${company}\n${extra}`);
      writeFileSync(join(folder, 'again.pem'), company);
      writeFileSync(join(folder, 'notes.txt'), extra);
      writeFileSync(join(folder, 'der.crt'), Buffer.from([0x30, 0x82, 0x01]));
      const store = anchorFolders([join(folder, 'none'), folder]);
      expect(await loadTrustedCa(null, store)).toEqual([...rootCertificates, company.trim(), extra.trim()]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
