import { readFile, writeFile } from 'node:fs/promises';

import type { dpapiKeyring } from '../../electron/main/auth/keyring.ts';

type Extensions = Parameters<typeof dpapiKeyring>[0];

/** The library's persistence of Windows, with a cipher for DPAPI that a test on any system can run. */
export function fakeDataProtection(isDiskFull: () => boolean = () => false): Extensions {
  const persistenceAt = (path: string) => ({
    async save(text: string) {
      const encoded = Buffer.from(text).toString('base64');
      await writeFile(path, isDiskFull() ? 'ciph' : `cipher:${encoded}.`);
      if (isDiskFull()) throw new Error('ENOSPC: no space left on device, write');
    },
    async load() {
      const text = await readFile(path, 'utf8').catch(() => '');
      if (text === '') return null;
      if (!text.startsWith('cipher:') || !text.endsWith('.')) throw new Error('Decryption failed');
      return Buffer.from(text.slice(7, -1), 'base64').toString();
    },
    verifyPersistence: () => Promise.resolve(true),
    getFilePath: () => path,
  });
  return {
    FilePersistenceWithDataProtection: { create: (path: string) => Promise.resolve(persistenceAt(path)) },
  } as unknown as Extensions;
}
