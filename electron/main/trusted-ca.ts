import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';

/**
 * The certificates to trust for a profile: Node's bundled roots and, where given, those of the PEM file at
 * `extraCaFile`. Returns undefined without a file: Node's own default, which is the same list, and from source also
 * NODE_EXTRA_CA_CERTS (a fuse of the packages ignores that). Rejects with the file system's error when the file can't be read.
 */
export async function loadTrustedCa(extraCaFile: string | null): Promise<string[] | undefined> {
  if (extraCaFile === null) {
    return undefined;
  }
  return [...rootCertificates, await readFile(extraCaFile, 'utf8')];
}
