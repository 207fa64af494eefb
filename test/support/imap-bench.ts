import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ImapFlow } from 'imapflow';
import type { ImapFlowOptions } from 'imapflow';

import type { TokenOverrides } from '../standin/identity/token-mint.ts';
import { connectRaw } from '../standin/imap/raw-client.ts';
import type { RawClient } from '../standin/imap/raw-client.ts';
import { ada } from '../standin/people.ts';
import type { StandinPerson } from '../standin/people.ts';
import type { ImapServerName, ImapServerUnderTest, ReceivedMail } from './imap-server.ts';
import { startMailWorld } from './mail-world.ts';
import type { MailWorld } from './mail-world.ts';

/** Over imapflow's own; `user` is what the client calls itself, by default the person's address. */
export interface ClientOptions extends Partial<Omit<ImapFlowOptions, 'auth'>> {
  readonly user?: string;
}

/** An IMAP server and clients of several kinds, which all go with it. */
export class ImapBench {
  readonly world: MailWorld;
  readonly #folder: string;
  readonly #clients: ImapFlow[] = [];
  readonly #raws: RawClient[] = [];

  private constructor(world: MailWorld, folder: string) {
    this.world = world;
    this.#folder = folder;
  }

  static async start(name: ImapServerName): Promise<ImapBench> {
    const folder = mkdtempSync(join(tmpdir(), 'tidings-imap-'));
    return new ImapBench(await startMailWorld(name, { folder }), folder);
  }

  get server(): ImapServerUnderTest {
    return this.world.server;
  }

  /** Mails for Ada, one after the other. */
  async deliver(...mails: readonly (Partial<ReceivedMail> & { readonly subject: string })[]): Promise<void> {
    for (const mail of mails) {
      await this.server.deliver(ada.address, { from: { name: 'Bo', address: 'bo@example.org' }, ...mail });
    }
  }

  /** A client that isn't connected yet. */
  client(person: StandinPerson, accessToken: string, { user = person.address, ...more }: ClientOptions = {}): ImapFlow {
    const client = newImapClient(this.world, user, accessToken, more);
    this.#clients.push(client);
    return client;
  }

  /** A client that is signed in. */
  async signIn(person = ada, overrides: TokenOverrides = {}, options: ClientOptions = {}): Promise<ImapFlow> {
    const client = this.client(person, await this.world.identity.issueToken(person, overrides), options);
    await client.connect();
    return client;
  }

  /** A client with the INBOX open: to look only (EXAMINE), or to change it (SELECT). */
  async open(how: 'EXAMINE' | 'SELECT'): Promise<ImapFlow> {
    const client = await this.signIn();
    await client.mailboxOpen('INBOX', { readOnly: how === 'EXAMINE' });
    return client;
  }

  /** A raw client past the greeting. */
  async raw(): Promise<RawClient> {
    const raw = await connectRaw(this.server.port, this.world.ca.caPem);
    this.#raws.push(raw);
    await raw.readLine();
    return raw;
  }

  /** A raw client that is signed in as Ada. */
  async rawSignedIn(): Promise<RawClient> {
    const raw = await this.raw();
    const token = await this.world.identity.issueToken(ada);
    const answer = await raw.command(`AUTHENTICATE XOAUTH2 ${xoauth2(ada.address, token)}`);
    if (answer.at(-1)?.startsWith('r1 OK ') !== true) throw new Error(`Not signed in: ${answer.join('\n')}`);
    return raw;
  }

  async dispose(): Promise<void> {
    for (const client of this.#clients) client.close();
    for (const raw of this.#raws) raw.destroy();
    await this.world.dispose();
    rmSync(this.#folder, { recursive: true });
  }
}

/** An imapflow client for the server of a world, not connected yet. It idles only when told to. */
export function newImapClient(
  { server, ca }: Pick<MailWorld, 'server' | 'ca'>,
  user: string,
  accessToken: string,
  options: Partial<ImapFlowOptions> = {},
): ImapFlow {
  const client = new ImapFlow({
    host: 'localhost',
    port: server.port,
    secure: true,
    tls: { ca: ca.caPem },
    auth: { user, accessToken },
    logger: false,
    disableAutoIdle: true,
    ...options,
  });
  // Without a listener an error would end the process; what matters shows in the rejected promise.
  client.on('error', () => {});
  return client;
}

/** Lets a client do something as another program of the person's, with the INBOX open. */
export async function asOtherClient(
  world: Pick<MailWorld, 'server' | 'ca' | 'identity'>,
  person: StandinPerson,
  act: (client: ImapFlow) => Promise<unknown>,
): Promise<void> {
  const client = newImapClient(world, person.address, await world.identity.issueToken(person));
  try {
    await client.connect();
    await client.mailboxOpen('INBOX');
    await act(client);
    await client.logout();
  } finally {
    client.close();
  }
}

/** Resolves when the client's connection is closed, for whatever reason. */
export function closed(client: ImapFlow): Promise<void> {
  return new Promise((resolve) => {
    client.once('close', () => resolve());
  });
}

/** The SASL answer of XOAUTH2 in base64. */
export function xoauth2(user: string, token: string): string {
  return Buffer.from(`user=${user}\u0001auth=Bearer ${token}\u0001\u0001`).toString('base64');
}
