import { rootCertificates } from 'node:tls';

let bundled: ReadonlySet<string> | null = null;

/** Whether a certificate (DER) is one of the authorities that Node brings. */
export function isBundledRoot(raw: Buffer): boolean {
  bundled ??= new Set(rootCertificates.map((pem) => pem.replaceAll(/-----[^-]+-----|\s/gu, '')));
  return bundled.has(raw.toString('base64'));
}
