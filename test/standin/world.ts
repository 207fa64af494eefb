import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { DeploymentProfile } from '../../electron/shared/profile.ts';
import { createThrowAwayCa } from './ca.ts';
import type { CertificateRequest, IssuedCertificate, ThrowAwayCa } from './ca.ts';
import { demoApp } from './identity/app-registration.ts';
import { startIdentityStandin } from './identity/identity-standin.ts';
import type { IdentityStandin, IdentityStandinOptions } from './identity/identity-standin.ts';
import { OUTLOOK_RESOURCES } from './identity/scopes.ts';
import { startImapStandin } from './imap/imap-standin.ts';
import type { ImapStandin, ImapStandinOptions } from './imap/imap-standin.ts';
import { standinPeople } from './people.ts';
import type { StandinPerson } from './people.ts';

/** What is wrong with a server's certificate, if anything. */
export type CertificateKind = 'good' | 'expired' | 'wrong-host' | 'foreign-ca' | 'self-signed';

export interface WorldOptions {
  /** Gets the profile and the CA file; made if missing. Its permissions are the caller's business. */
  readonly folder: string;
  /** Default: the three ready ones. */
  readonly people?: readonly StandinPerson[];
  /** Over the identity stand-in's defaults. */
  readonly identity?: Omit<IdentityStandinOptions, 'tls' | 'people' | 'now'>;
  /** Over the IMAP stand-in's defaults. */
  readonly imap?: Pick<ImapStandinOptions, 'port' | 'capabilities' | 'refusalStyle'>;
  /** The clock of both stand-ins, ms since the epoch. */
  readonly now?: () => number;
  readonly identityCertificate?: CertificateKind;
  readonly imapCertificate?: CertificateKind;
  /** Names that the good certificate of the IMAP server has besides `localhost`. */
  readonly imapNames?: readonly string[];
  /** Over the profile's fields, e.g. an unknown client id. */
  readonly profile?: Partial<DeploymentProfile>;
}

/** Everything of Microsoft's that the app talks to, on this machine. */
export interface World {
  readonly people: readonly StandinPerson[];
  readonly ca: ThrowAwayCa;
  readonly identity: IdentityStandin;
  readonly imap: ImapStandin;
  /** The profile that leads the app here. */
  readonly profile: DeploymentProfile;
  /** The profile as a file, for `TIDINGS_PROFILE`. */
  readonly profileFile: string;
  /** PEM of the CA that the profile names. */
  readonly caFile: string;
  /** Closes both stand-ins at once; the two files stay. */
  dispose(): Promise<void>;
}

/** Starts a CA, the identity stand-in and the IMAP stand-in, and writes the profile that points at them. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const people = options.people ?? standinPeople;
  const clock = options.now === undefined ? {} : { now: options.now };
  const ca = await createThrowAwayCa();
  const identity = await startIdentityStandin({
    ...options.identity,
    ...clock,
    people,
    tls: await issueCertificate(ca, options.identityCertificate ?? 'good', [options.identity?.host ?? 'localhost']),
  });
  try {
    const imap = await startImapStandin({
      ...options.imap,
      tls: await issueCertificate(ca, options.imapCertificate ?? 'good', options.imapNames),
      jwks: identity.jwks,
      audiences: OUTLOOK_RESOURCES,
      people: people.map(({ address }) => ({ address })),
      ...clock,
    });
    try {
      const caFile = join(options.folder, 'stand-in-ca.pem');
      const profileFile = join(options.folder, 'profile.json');
      const profile: DeploymentProfile = {
        clientId: demoApp.clientId,
        authority: identity.authority,
        knownAuthorities: [new URL(identity.origin).host],
        resource: 'https://outlook.office.com',
        imap: { host: 'localhost', port: imap.port },
        extraCaFile: caFile,
        ...options.profile,
      };
      await mkdir(options.folder, { recursive: true });
      await writeFile(caFile, ca.caPem);
      await writeFile(profileFile, `${JSON.stringify(profile, null, 2)}\n`);
      // Whatever the umask: the app that reads them may run as another user.
      await chmod(options.folder, 0o755);
      await Promise.all([caFile, profileFile].map((file) => chmod(file, 0o644)));
      const dispose = async (): Promise<void> => {
        await Promise.all([identity.dispose(), imap.dispose()]);
      };
      return { people, ca, identity, imap, profile, profileFile, caFile, dispose };
    } catch (error) {
      await imap.dispose();
      throw error;
    }
  } catch (error) {
    await identity.dispose();
    throw error;
  }
}

async function issueCertificate(
  ca: ThrowAwayCa,
  kind: CertificateKind,
  names: readonly string[] = [],
): Promise<IssuedCertificate> {
  const good: CertificateRequest = { hosts: [...new Set(['localhost', '127.0.0.1', ...names])] };
  switch (kind) {
    case 'good':
      return ca.issue(good);
    case 'expired':
      return ca.issue({ ...good, notAfter: new Date(Date.now() - 3_600_000) });
    case 'wrong-host':
      return ca.issue({ hosts: ['mail.elsewhere.example'] });
    case 'foreign-ca':
      return (await createThrowAwayCa()).issue(good);
    case 'self-signed':
      return ca.issue({ ...good, isSelfSigned: true });
  }
}
