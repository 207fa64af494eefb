import { ImapFlow } from 'imapflow';
import type { ImapFlowOptions } from 'imapflow';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

import { createThrowAwayCa } from '../standin/ca.ts';
import { startImapStandin } from '../standin/imap/imap-standin.ts';
import type { ImapStandin, ImapStandinOptions } from '../standin/imap/imap-standin.ts';
import { connectRaw } from '../standin/imap/raw-client.ts';
import type { RawClient } from '../standin/imap/raw-client.ts';
import { xoauth2 } from '../support/imap-bench.ts';

export const ada = 'ada@contoso.example';
export const lin = 'lin@fabrikam.example';
export const audience = 'https://outlook.office.com';
const issuer = 'https://issuer.example/v2.0';

/** Made once for all scenes of a file: RSA keys take their time. The second pair is nobody's. */
const keyPairs = Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);

/** What differs from a good token. */
export interface TokenChanges {
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Seconds from the scene's time to the token's end; default 3600. */
  readonly lifetime?: number;
  readonly foreignKey?: boolean;
}

/** The stand-in with keys to sign tokens and clients to talk to it. */
export interface Scene {
  readonly imap: ImapStandin;
  readonly ca: string;
  token(address: string, changes?: TokenChanges): Promise<string>;
  /** An imapflow client, not yet connected. It is closed with the scene. */
  client(address: string, accessToken: string, options?: Partial<ImapFlowOptions>): ImapFlow;
  /** An imapflow client, signed in with a good token. */
  signedIn(address: string, options?: Partial<ImapFlowOptions>): Promise<ImapFlow>;
  /** A raw client past the greeting. */
  raw(): Promise<RawClient>;
  /** A raw client, signed in. */
  rawSignedIn(address: string): Promise<RawClient>;
  dispose(): Promise<void>;
}

/** Starts a scene with two people, Ada and Lin. */
export async function startScene(options: Partial<ImapStandinOptions> = {}): Promise<Scene> {
  const [{ privateKey, publicKey }, foreign] = await keyPairs;
  const authority = await createThrowAwayCa();
  const now = options.now ?? Date.now;
  const imap = await startImapStandin({
    tls: await authority.issue({ hosts: ['localhost'] }),
    jwks: { keys: [{ ...(await exportJWK(publicKey)), kid: 'test', alg: 'RS256', use: 'sig' }] },
    issuer,
    audiences: [audience],
    people: [{ address: ada }, { address: lin }],
    ...options,
  });
  const clients: ImapFlow[] = [];
  const raws: RawClient[] = [];

  const scene: Scene = {
    imap,
    ca: authority.caPem,
    token: (address, { claims, lifetime = 3600, foreignKey = false } = {}) => {
      const seconds = Math.floor(now() / 1000);
      const good = { aud: audience, scp: 'IMAP.AccessAsUser.All', upn: address, idtyp: 'user', iss: issuer };
      return new SignJWT({ ...good, iat: seconds, exp: seconds + lifetime, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: 'test', typ: 'JWT' })
        .sign(foreignKey ? foreign.privateKey : privateKey);
    },
    client: (address, accessToken, more = {}) => {
      const client = new ImapFlow({
        host: imap.host,
        port: imap.port,
        secure: true,
        tls: { ca: authority.caPem },
        auth: { user: address, accessToken },
        logger: false,
        disableAutoIdle: true,
        ...more,
      });
      // Without a listener an error would end the process; what matters shows in the rejected promise.
      client.on('error', () => {});
      clients.push(client);
      return client;
    },
    signedIn: async (address, more) => {
      const client = scene.client(address, await scene.token(address), more);
      await client.connect();
      return client;
    },
    raw: async () => {
      const raw = await connectRaw(imap.port, authority.caPem);
      raws.push(raw);
      await raw.readLine();
      return raw;
    },
    rawSignedIn: async (address) => {
      const raw = await scene.raw();
      await raw.command(`AUTHENTICATE XOAUTH2 ${xoauth2(address, await scene.token(address))}`);
      return raw;
    },
    dispose: async () => {
      for (const client of clients) {
        client.close();
      }
      for (const raw of raws) {
        raw.destroy();
      }
      await imap.dispose();
    },
  };
  return scene;
}
