import { createServer, type Server, type TLSSocket } from 'node:tls';

import { Conditions, waitLimitMs } from '../desktop/conditions.ts';
import type { IssuedCertificate } from '../standin/ca.ts';

/**
 * What is answered to a command, by its name in upper case (`UID FETCH`): lines as they go over the wire, `$tag` for
 * the command's tag. A function is given its arguments.
 */
export type Script = Readonly<Record<string, readonly string[] | ((rest: string) => readonly string[])>>;

const commandPattern = /^(\S+) (UID \S+|\S+) ?(.*)$/iu;

/** The answer to an EXAMINE of an INBOX of three read messages, UIDs 1 to 3. */
export const examined: readonly string[] = [
  '* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)',
  '* 3 EXISTS',
  '* 0 RECENT',
  '* OK [UIDVALIDITY 7] The UIDs are for good.',
  '* OK [UIDNEXT 4] The next one.',
  '$tag OK [READ-ONLY] Done.',
];

/** What a session with an INBOX of three read messages needs; UIDs 1 to 3. */
const ordinary: Script = {
  CAPABILITY: ['* CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2 ID IDLE NAMESPACE', '$tag OK Done.'],
  ID: ['* ID NIL', '$tag OK Done.'],
  AUTHENTICATE: ['$tag OK Signed in.'],
  NAMESPACE: ['* NAMESPACE (("" "/")) NIL NIL', '$tag OK Done.'],
  LIST: ['* LIST (\\HasNoChildren) "/" INBOX', '$tag OK Done.'],
  LSUB: ['* LSUB () "/" INBOX', '$tag OK Done.'],
  EXAMINE: examined,
  'UID SEARCH': ['* SEARCH', '$tag OK Done.'],
  NOOP: ['$tag OK Done.'],
  IDLE: ['+ idling'],
  LOGOUT: ['* BYE Bye.', '$tag OK Done.'],
};

/** A mail server that says what it is told to, line by line, on a loopback port with TLS. It owns all its sockets. */
export class ScriptedServer {
  /** Every command that came, `UID FETCH 4:* (…)`, without its tag. */
  readonly heard: string[] = [];
  #script: Script = ordinary;
  readonly #server: Server;
  readonly #sockets = new Set<TLSSocket>();
  readonly #conditions = new Conditions();
  #idleTag: string | null = null;

  private constructor(certificate: IssuedCertificate) {
    this.#server = createServer({ ...certificate, minVersion: 'TLSv1.2' }, (socket) => {
      this.#serve(socket);
    });
  }

  static async start(certificate: IssuedCertificate): Promise<ScriptedServer> {
    const server = new ScriptedServer(certificate);
    await new Promise<void>((resolve) => {
      server.#server.listen(0, '127.0.0.1', resolve);
    });
    return server;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The server has no TCP port');
    return address.port;
  }

  /** Answers by this from now on, and as ever where it has no answer. */
  play(script: Script): void {
    this.#script = { ...ordinary, ...script };
  }

  /** Says lines to whoever is connected. */
  say(...lines: readonly string[]): void {
    for (const socket of this.#sockets) socket.write(lines.map((line) => `${line}\r\n`).join(''), 'utf8');
  }

  /** Resolves when the client idles, which it does when it has nothing left to ask. */
  async idles(): Promise<void> {
    await this.#conditions.until(
      () => this.#idleTag ?? undefined,
      () => `IDLE; there was ${this.heard.join(', ')}`,
      waitLimitMs,
    );
  }

  dispose(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #serve(socket: TLSSocket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    // A client that goes is nothing to act on here.
    socket.on('error', () => {});
    let unread = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      const lines = (unread + chunk).split('\r\n');
      unread = lines.pop() ?? '';
      for (const line of lines) this.#answer(line);
    });
    this.say('* OK Ready.');
  }

  #answer(line: string): void {
    if (line.toUpperCase() === 'DONE') {
      this.say(`${this.#idleTag ?? '*'} OK Done.`);
      this.#idleTag = null;
      return;
    }
    const [, tag = '*', command = '', rest = ''] = commandPattern.exec(line) ?? [];
    const name = command.toUpperCase();
    this.heard.push(name === 'AUTHENTICATE' ? name : `${name} ${rest}`);
    const answer = this.#script[name] ?? ['$tag BAD Not in the script.'];
    const answers = typeof answer === 'function' ? answer(rest) : answer;
    this.say(...answers.map((each) => each.replace('$tag', tag)));
    if (name === 'IDLE') this.#idleTag = tag;
    this.#conditions.changed();
  }
}

/** The server finds these UIDs to be unread. */
export function unreadAre(...uids: readonly number[]): Script {
  return { 'UID SEARCH': [`* SEARCH${uids.map((uid) => ` ${uid}`).join('')}`, '$tag OK Done.'] };
}

/** The answer to a FETCH of an unread message from Bo. */
export function fetched(sequence: number, uid: number, subject: string): string {
  const bo = '(("Bo" NIL "bo" "example.org"))';
  const envelope = `("1 Nov 2026 12:00:00 +0000" "${subject}" ${bo} ${bo} ${bo} NIL NIL NIL NIL "<${uid}@example.org>")`;
  const date = ' 1-Nov-2026 12:00:00 +0000';
  return `* ${sequence} FETCH (UID ${uid} FLAGS () INTERNALDATE "${date}" ENVELOPE ${envelope})`;
}
