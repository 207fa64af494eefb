import { readFile } from 'node:fs/promises';
import * as tls from 'node:tls';

/** Where Linux distributions keep what the system trusts, in one file: Debian and Arch; Fedora; openSUSE; Alpine. */
const systemBundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

export interface SystemStore {
  /** The system's certificates, PEM, one each; none where there is no way to know. */
  readonly read: () => Promise<readonly string[]>;
}

/** The system's own: by Node where that can (22.15 and later), by the distribution's file on Linux else. */
export const systemStore: SystemStore = {
  async read() {
    const ask: unknown = Reflect.get(tls, 'getCACertificates');
    if (typeof ask === 'function') {
      const found: unknown = Reflect.apply(ask, tls, ['system']);
      return Array.isArray(found) ? found.filter((entry) => typeof entry === 'string') : [];
    }
    if (process.platform !== 'linux') return [];
    for (const file of systemBundles) {
      const text = await readFile(file, 'utf8').catch(() => null);
      if (text !== null) return certificatesIn(text);
    }
    return [];
  },
};

/**
 * The certificates to trust for a profile: Node's bundled roots (Mozilla's), what the system trusts besides, such as a
 * company's CA, and those of the PEM file at `extraCaFile`. Returns undefined where nothing comes to the bundled ones:
 * Node's own default, which is the same list, and from source also NODE_EXTRA_CA_CERTS (a fuse of the packages ignores
 * that). Rejects with the file system's error when `extraCaFile` can't be read.
 */
export async function loadTrustedCa(
  extraCaFile: string | null,
  system: SystemStore = systemStore,
): Promise<string[] | undefined> {
  const known = new Set(tls.rootCertificates.map(bodyOf));
  const own = (await system.read()).filter((certificate) => !known.has(bodyOf(certificate)));
  const extra = extraCaFile === null ? [] : [await readFile(extraCaFile, 'utf8')];
  return own.length + extra.length === 0 ? undefined : [...tls.rootCertificates, ...own, ...extra];
}

function certificatesIn(text: string): readonly string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/gu) ?? [];
}

/** How the text is broken into lines differs. */
function bodyOf(certificate: string): string {
  return certificate.replaceAll(/-----[A-Z ]+-----|\s+/gu, '');
}
