import { execFile } from 'node:child_process';
import { createPublicKey, randomInt } from 'node:crypto';
import { chownSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { JSONWebKeySet } from 'jose';

import { assertReachable, makePrivateFolder, ordinaryUser, writePrivateFile } from '../desktop/ordinary-user.ts';
import type { OrdinaryUser } from '../desktop/ordinary-user.ts';
import { sessionProcesses } from '../desktop/processes.ts';
import type { ProcessEntry } from '../desktop/processes.ts';
import { startUndertaker } from '../desktop/undertaker-process.ts';
import type { Undertaker } from '../desktop/undertaker-process.ts';
import type { IssuedCertificate } from '../standin/ca.ts';
import { dovecotConfig, dovecotPaths, oauth2Config, sharedOauth2Config } from './dovecot-config.ts';
import { runDoveadm, startDovecotProcess } from './dovecot-process.ts';
import type { DovecotProcess } from './dovecot-process.ts';
import { deliverByLmtp } from './lmtp.ts';
import { accountNames } from './system-account.ts';

export interface DovecotOptions {
  /** For `localhost`. */
  readonly tls: IssuedCertificate;
  /** The identity provider's public keys; each needs a `kid`. */
  readonly jwks: JSONWebKeySet;
  /** What a token's `aud` must be. */
  readonly audience: string;
  /** Connections of one person from one address; default: any number. */
  readonly mostConnections?: number;
  /** Mailboxes that everybody with an address of the same domain may open; default: none. */
  readonly sharedMailboxes?: readonly string[];
}

/** Where a Dovecot is going to listen: known before there is one. */
export interface DovecotAddress {
  readonly host: string;
  readonly port: number;
}

/**
 * A loopback address that nobody else uses, at a port below those that the system gives away by itself: Dovecot
 * can't choose a port itself and tell it.
 */
export function freeDovecotAddress(): DovecotAddress {
  const part = (): number => randomInt(1, 255);
  return { host: `127.${part()}.${part()}.${part()}`, port: 20_993 };
}

/**
 * Debian's Dovecot as somebody's mail server: IMAP over TLS with access tokens for passwords, mail by LMTP. It runs as
 * an ordinary user in a folder of its own, which goes with it, however the caller ends.
 */
export class Dovecot {
  readonly #folder: string;
  readonly #user: OrdinaryUser;
  readonly #undertaker: Undertaker;
  #process: DovecotProcess;

  private constructor(folder: string, user: OrdinaryUser, undertaker: Undertaker, process: DovecotProcess) {
    this.#folder = folder;
    this.#user = user;
    this.#undertaker = undertaker;
    this.#process = process;
  }

  /** Resolves when it takes connections (0.05 s, measured). @throws when it isn't installed or doesn't start */
  static async start(address: DovecotAddress, options: DovecotOptions): Promise<Dovecot> {
    const user = ordinaryUser();
    const folder = mkdtempSync(join(tmpdir(), 'tidings-dovecot-'));
    const undertaker = startUndertaker(folder);
    try {
      if (user.drop) chownSync(folder, user.uid, user.gid);
      assertReachable(folder, user);
      writeFolder(folder, user, address, options);
      const config = dovecotPaths(folder).config;
      const process = await startDovecotProcess({ config, user, onStarted: undertaker.adopt });
      return new Dovecot(folder, user, undertaker, process);
    } catch (error) {
      await undertaker.finish();
      throw error;
    }
  }

  /** Everything of it is under here. */
  get folder(): string {
    return this.#folder;
  }

  /** Its processes now. */
  processes(): readonly ProcessEntry[] {
    return sessionProcesses(this.#folder, this.#undertaker.groups);
  }

  /** Everything it logged so far; it names people and mailboxes, never a token. */
  get log(): string {
    return this.#process.log();
  }

  /** Resolves when its log, so far and to come, fits. */
  async waitForLog(fits: (log: string) => boolean): Promise<void> {
    await this.#process.waitForLog(fits);
  }

  /** Resolves when the mail is in the mailbox. Anybody's address will do: the mailbox is made with its first mail. */
  async deliver(from: string, to: string, message: Buffer): Promise<void> {
    await deliverByLmtp({ socketPath: dovecotPaths(this.#folder).lmtpSocket, from, to, message });
  }

  /** A new UIDVALIDITY, as after a mailbox was made anew; the UIDs stay. Sessions hear BYE. */
  async changeUidValidity(address: string, mailbox: string, uidValidity: bigint): Promise<void> {
    await this.#admin('mailbox', 'update', '--uid-validity', String(uidValidity), '-u', address, mailbox);
  }

  /** Ends every session with a BYE, as before a shutdown. */
  async kickAll(): Promise<void> {
    try {
      await this.#admin('kick', '*');
    } catch (error) {
      // Nobody was there to be kicked (EX_NOHOST).
      if (!(error instanceof Error && 'code' in error && error.code === 68)) throw error;
    }
  }

  /** Ends it at once, as a crash does; its folder stays. Resolves when nothing of it runs any more. */
  async crash(): Promise<void> {
    this.#process.kill();
    await this.#process.ended;
  }

  /** Starts it again at the same address. Resolves when it takes connections. */
  async startAgain(): Promise<void> {
    const { config, run } = dovecotPaths(this.#folder);
    // The sockets that a crash leaves keep it from starting.
    await rm(run, { recursive: true });
    this.#process = await startDovecotProcess({ config, user: this.#user, onStarted: this.#undertaker.adopt });
  }

  /** Keeps all of somebody's mail as it is now. The returned function puts it back: sessions hear BYE. */
  async backUp(address: string): Promise<() => Promise<void>> {
    const home = join(dovecotPaths(this.#folder).mail, address.toLowerCase());
    const copy = `${home}.backup`;
    await copyFolder(home, copy);
    return async () => {
      await this.kickAll();
      await rm(home, { recursive: true });
      await copyFolder(copy, home);
    };
  }

  /** Ends it at once and removes its folder. */
  async dispose(): Promise<void> {
    this.#process.kill();
    await this.#undertaker.finish();
  }

  #admin(...args: readonly string[]): Promise<string> {
    return runDoveadm(dovecotPaths(this.#folder).config, this.#user, args);
  }
}

/** With owners and times as they are: whoever runs the server must be able to write. */
async function copyFolder(from: string, to: string): Promise<void> {
  await promisify(execFile)('cp', ['-a', from, to]);
}

function writeFolder(
  folder: string,
  user: OrdinaryUser,
  address: DovecotAddress,
  { tls, jwks, audience, mostConnections = 0, sharedMailboxes = [] }: DovecotOptions,
): void {
  const paths = dovecotPaths(folder);
  const { host, port } = address;
  const wanted = { folder, address: host, port, audience, mostConnections, sharedMailboxes };
  const settings = { ...wanted, ...accountNames(user) };
  const write = (path: string, content: string): void => void writePrivateFile(path, content, user);
  write(paths.config, dovecotConfig(settings));
  write(paths.oauth2, oauth2Config(settings));
  write(paths.sharedOauth2, sharedOauth2Config(settings));
  write(paths.certificate, tls.cert);
  write(paths.privateKey, tls.key);
  makePrivateFolder(paths.mail, user);
  for (const part of ['', '/default', '/default/RS256']) makePrivateFolder(paths.keys + part, user);
  for (const { kid, ...key } of jwks.keys) {
    if (kid === undefined) throw new Error('A key without an id: Dovecot looks keys up by it');
    const pem = createPublicKey({ key: { ...key }, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    write(`${paths.keys}/default/RS256/${kid}`, pem.toString());
  }
}
