import { createCipheriv, createDiffieHellmanGroup, hkdfSync, randomBytes } from 'node:crypto';

/** One side of gcr's exchange of secrets between a program and its prompter. */
export interface SecretExchange {
  /** Takes the other side's text. @throws when it isn't one */
  hear(text: string): void;
  /** This side's text, with `secret` in it unless null. @throws for a secret before the other side was heard */
  say(secret: string | null): string;
}

const protocol = 'sx-aes-1';

/**
 * gcr's `sx-aes-1`, tried with gnome-keyring 42.1 and gcr 3.41: Diffie-Hellman in the 1,536-bit MODP group (RFC 3526,
 * section 2), HKDF-SHA256 without salt and info to 16 bytes, AES-128-CBC with PKCS #7 padding.
 */
export function beginSecretExchange(): SecretExchange {
  const keys = createDiffieHellmanGroup('modp5');
  const publicKey = keys.generateKeys('base64');
  let key: Buffer | null = null;
  return {
    hear(text) {
      const peer = /^public=(?<peer>\S+)$/mu.exec(text)?.groups?.['peer'];
      if (!text.trimStart().startsWith(`[${protocol}]`) || peer === undefined) throw new Error('Not an exchange');
      const shared = keys.computeSecret(Buffer.from(peer, 'base64'));
      key = Buffer.from(hkdfSync('sha256', shared, Buffer.alloc(0), Buffer.alloc(0), 16));
    },
    say(secret) {
      const lines = [`[${protocol}]`, `public=${publicKey}`];
      if (secret !== null) {
        if (key === null) throw new Error('Nobody to tell a secret to');
        const iv = randomBytes(16);
        const cipher = createCipheriv('aes-128-cbc', key, iv);
        const encrypted = Buffer.concat([cipher.update(secret), cipher.final()]);
        lines.push(`secret=${encrypted.toString('base64')}`, `iv=${iv.toString('base64')}`);
      }
      return `${lines.join('\n')}\n`;
    },
  };
}
