import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tls from 'node:tls';

/**
 * Where an administrator of a Linux system puts authorities of their own: Debian, Fedora, Arch, openSUSE (their pages on
 * `update-ca-certificates`, `update-ca-trust`, `trust`). The distribution's own list isn't asked: it is Mozilla's, as is
 * Node's, and parsing 140 certificates anew for each connection takes time and memory for nothing.
 */
export const linuxAnchors: readonly string[] = [
  '/usr/local/share/ca-certificates',
  '/etc/pki/ca-trust/source/anchors',
  '/etc/ca-certificates/trust-source/anchors',
  '/etc/pki/trust/anchors',
];

export interface SystemStore {
  /** The system's certificates, PEM, one each; none where there is no way to know. Never rejects. */
  readonly read: () => Promise<readonly string[]>;
}

/** What was put into these folders, at any depth; what can't be read there is no certificate. */
export function anchorFolders(folders: readonly string[]): SystemStore {
  return {
    async read() {
      const found = await Promise.all(folders.map((folder) => readFolder(folder).catch(() => [])));
      return found.flat();
    },
  };
}

async function readFolder(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  const files = names.filter((name) => /\.(?:crt|cer|pem)$/iu.test(name)).toSorted();
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'latin1').catch(() => '')));
  return texts.flatMap((text) => text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/gu) ?? []);
}

/** The system's own: on Linux by its folders, elsewhere by Node where that can (22.15 and later). */
export const systemStore: SystemStore =
  process.platform === 'linux'
    ? anchorFolders(linuxAnchors)
    : {
        read() {
          const ask: unknown = Reflect.get(tls, 'getCACertificates');
          const found: unknown = typeof ask === 'function' ? Reflect.apply(ask, tls, ['system']) : [];
          return Promise.resolve(Array.isArray(found) ? found.filter((entry) => typeof entry === 'string') : []);
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
  const added = new Map((await system.read()).map((certificate) => [bodyOf(certificate), certificate]));
  const own = [...added].flatMap(([body, certificate]) => (bundled().has(body) ? [] : [certificate]));
  const extra = extraCaFile === null ? [] : [await readFile(extraCaFile, 'utf8')];
  return own.length + extra.length === 0 ? undefined : [...tls.rootCertificates, ...own, ...extra];
}

let bundledBodies: ReadonlySet<string> | null = null;

/** What Node brings, which no run changes. */
function bundled(): ReadonlySet<string> {
  bundledBodies ??= new Set(tls.rootCertificates.map(bodyOf));
  return bundledBodies;
}

/** How the text is broken into lines differs. */
function bodyOf(certificate: string): string {
  return certificate.replaceAll(/-----[A-Z ]+-----|\s+/gu, '');
}
