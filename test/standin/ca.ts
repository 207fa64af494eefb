import { createHash, generateKeyPair, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { promisify } from 'node:util';

import {
  derBitString,
  derInteger,
  derObjectIdentifier,
  derOctetString,
  derSequence,
  derSet,
  derTrue,
  derUtcTime,
  derUtf8String,
  derValue,
} from './der.ts';

const DAY_MS = 86_400_000;
const ecdsaWithSha256 = derSequence(derObjectIdentifier('1.2.840.10045.4.3.2'));
const generateKeys = promisify(generateKeyPair);

/** What {@link ThrowAwayCa.issue} is asked for. */
export interface CertificateRequest {
  /** DNS names and IPv4 addresses for the subject alternative names; a name of another host makes a wrong one. */
  readonly hosts: readonly string[];
  /** End of validity; in the past for an expired certificate. Default: 7 days from now. */
  readonly notAfter?: Date;
  /** The server vouches for itself; the authority has no part in it. */
  readonly isSelfSigned?: boolean;
}

/** A server's private key and its certificate, both PEM. */
export interface IssuedCertificate {
  readonly key: string;
  readonly cert: string;
}

/** A certificate authority that lives as long as the object: its key is never written anywhere. */
export interface ThrowAwayCa {
  /** The authority's own certificate, PEM: what a client has to trust. */
  readonly caPem: string;
  issue(request: CertificateRequest): Promise<IssuedCertificate>;
}

/**
 * Makes a new authority (ECDSA P-256, RFC 5280). A second one, which nobody trusts, issues foreign certificates.
 */
export async function createThrowAwayCa(commonName = 'Tidings stand-in, throw-away CA'): Promise<ThrowAwayCa> {
  const keys = await generateKeys('ec', { namedCurve: 'P-256' });
  const notBefore = new Date(Date.now() - 30 * DAY_MS);
  // Unlike names keep two authorities of one test apart in a client's trust store.
  const issuer = name(`${commonName} ${randomBytes(4).toString('hex')}`);
  const authority = { issuer, key: keys.privateKey, keyId: keyId(keys.publicKey) };
  const caPem = certificate(authority, {
    subject: issuer,
    publicKey: keys.publicKey,
    notBefore,
    notAfter: new Date(Date.now() + 30 * DAY_MS),
    extensions: [
      extension('2.5.29.19', derSequence(derTrue), 'critical'),
      extension('2.5.29.15', derBitString(Buffer.from([0b0000_0110]), 1), 'critical'),
      extension('2.5.29.14', derOctetString(authority.keyId)),
    ],
  });
  return {
    caPem,
    async issue({ hosts, notAfter = new Date(Date.now() + 7 * DAY_MS), isSelfSigned = false }) {
      const server = await generateKeys('ec', { namedCurve: 'P-256' });
      const subject = name(hosts[0] ?? 'nobody');
      const own = { issuer: subject, key: server.privateKey, keyId: keyId(server.publicKey) };
      const signer = isSelfSigned ? own : authority;
      const cert = certificate(signer, {
        subject,
        publicKey: server.publicKey,
        notBefore,
        notAfter,
        extensions: [
          extension('2.5.29.19', derSequence(), 'critical'),
          extension('2.5.29.15', derBitString(Buffer.from([0b1000_0000]), 7), 'critical'),
          extension('2.5.29.37', derSequence(derObjectIdentifier('1.3.6.1.5.5.7.3.1'))),
          extension('2.5.29.17', derSequence(...hosts.map(alternativeName))),
          extension('2.5.29.14', derOctetString(keyId(server.publicKey))),
          extension('2.5.29.35', derSequence(derValue(0x80, signer.keyId))),
        ],
      });
      return { key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert };
    },
  };
}

interface Authority {
  readonly issuer: Buffer;
  readonly key: KeyObject;
  readonly keyId: Buffer;
}

interface CertificateContent {
  readonly subject: Buffer;
  readonly publicKey: KeyObject;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly extensions: readonly Buffer[];
}

function certificate(authority: Authority, content: CertificateContent): string {
  const toBeSigned = derSequence(
    derValue(0xa0, derInteger(Buffer.from([2]))),
    derInteger(randomBytes(16)),
    ecdsaWithSha256,
    authority.issuer,
    derSequence(derUtcTime(content.notBefore), derUtcTime(content.notAfter)),
    content.subject,
    content.publicKey.export({ type: 'spki', format: 'der' }),
    derValue(0xa3, derSequence(...content.extensions)),
  );
  const signature = sign('sha256', toBeSigned, authority.key);
  const whole = derSequence(toBeSigned, ecdsaWithSha256, derBitString(signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function name(commonName: string): Buffer {
  return derSequence(derSet(derSequence(derObjectIdentifier('2.5.4.3'), derUtf8String(commonName))));
}

function extension(id: string, value: Buffer, critical?: 'critical'): Buffer {
  const flag = critical === undefined ? [] : [derTrue];
  return derSequence(derObjectIdentifier(id), ...flag, derOctetString(value));
}

function alternativeName(host: string): Buffer {
  if (isIPv4(host)) return derValue(0x87, Buffer.from(host.split('.').map(Number)));
  return derValue(0x82, Buffer.from(host, 'ascii'));
}

function keyId(publicKey: KeyObject): Buffer {
  return createHash('sha1')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest();
}
