import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';

/**
 * The certificates to trust for a profile: Node's bundled roots and, where given, those of the PEM file at
 * `extraCaFile`. Returns undefined without a file, so that Node's own default (NODE_EXTRA_CA_CERTS and all)
 * stays in force. Rejects with the file system's error when the file can't be read.
 */
export async function loadTrustedCa(extraCaFile: string | null): Promise<string[] | undefined> {
  if (extraCaFile === null) {
    return undefined;
  }
  return [...rootCertificates, await readFile(extraCaFile, 'utf8')];
}
