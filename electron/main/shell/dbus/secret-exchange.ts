import { createCipheriv, createDecipheriv, createDiffieHellman, hkdfSync, randomBytes } from 'node:crypto';

/** Of the Secret Service API 0.2, "Negotiation of session encryption". */
export const exchangeAlgorithm = 'dh-ietf1024-sha256-aes128-cbc-pkcs7';

/** The 1,024-bit MODP group (RFC 2409, section 6.2), written out since Electron's Node has no name for it. */
const prime = Buffer.from(
  'FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B' +
    '302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE6' +
    '49286651ECE65381FFFFFFFFFFFFFFFF',
  'hex',
);

/** A secret on its way over the bus. */
export interface EncryptedSecret {
  readonly iv: Buffer;
  readonly content: Buffer;
}

/** Keeps secrets from whoever listens on the bus, as libsecret does. */
export interface SecretExchange {
  readonly publicKey: Buffer;
  /** Takes the service's public key. @throws for one that can't be */
  agree(peer: Buffer): SecretCipher;
}

/** Both ends' key. */
export interface SecretCipher {
  encrypt(text: string): EncryptedSecret;
  /** @throws for what wasn't encrypted for us */
  decrypt(secret: EncryptedSecret): string;
}

export function beginSecretExchange(): SecretExchange {
  const keys = createDiffieHellman(prime, 2);
  return {
    publicKey: keys.generateKeys(),
    agree(peer) {
      // Of the group's size: OpenSSL leaves leading zeros out.
      const shared = Buffer.alloc(prime.length);
      const secret = keys.computeSecret(peer);
      secret.copy(shared, prime.length - secret.length);
      const key = Buffer.from(hkdfSync('sha256', shared, Buffer.alloc(0), Buffer.alloc(0), 16));
      return {
        encrypt(text) {
          const iv = randomBytes(16);
          const cipher = createCipheriv('aes-128-cbc', key, iv);
          return { iv, content: Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]) };
        },
        decrypt({ iv, content }) {
          const decipher = createDecipheriv('aes-128-cbc', key, iv);
          return Buffer.concat([decipher.update(content), decipher.final()]).toString('utf8');
        },
      };
    },
  };
}
