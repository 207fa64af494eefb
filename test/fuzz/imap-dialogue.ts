/** A mailbox as the fuzz server tells it while it is honest. */
export interface FuzzMailbox {
  uidValidity: number;
  exists: number;
  /** Sequence numbers of unread messages. */
  unseen: number[];
  /** The UID of message n is `firstUid` + n - 1. */
  readonly firstUid: number;
  /** Subject of message n; `Mail n` where there is none. */
  readonly subjects: Map<number, string>;
}

/** What the server knows of one connection. */
export interface DialogueState {
  readonly mailbox: FuzzMailbox;
  /** The tag of an IDLE that goes on. */
  idleTag: string | null;
  over: boolean;
}

/** One command line of the client. */
export interface ClientCommand {
  readonly tag: string;
  readonly name: string;
  readonly rest: string;
}

const capabilities = 'IMAP4rev1 SASL-IR AUTH=XOAUTH2 UIDPLUS MOVE ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+';

/** What the server says first. */
export const greeting = line(`* OK [CAPABILITY ${capabilities}] The Microsoft Exchange IMAP4 service is ready.`);

/** Reads a command line; `UID` belongs to the name. DONE, a lone line, has no tag. */
export function readCommand(text: string): ClientCommand {
  const [tag = '', first = '', ...more] = text.split(' ');
  if (first.toUpperCase() !== 'UID') return { tag, name: first.toUpperCase(), rest: more.join(' ') };
  const [second = '', ...rest] = more;
  return { tag, name: `UID ${second.toUpperCase()}`, rest: rest.join(' ') };
}

/** The right answer, as Exchange gives it: one element a response, the tagged one last. */
export function honestAnswer(state: DialogueState, command: ClientCommand): readonly Buffer[] {
  const { tag, name, rest } = command;
  const ok = line(`${tag} OK ${name} completed.`);
  if (tag.toUpperCase() === 'DONE') {
    const idleTag = state.idleTag ?? 'x';
    state.idleTag = null;
    return [line(`${idleTag} OK IDLE completed.`)];
  }
  switch (name) {
    case 'CAPABILITY':
      return [line(`* CAPABILITY ${capabilities}`), ok];
    case 'ID':
      return [line('* ID ("name" "Microsoft.Exchange.Imap4.Imap4Server" "version" "15.20")'), ok];
    case 'NAMESPACE':
      return [line('* NAMESPACE (("" "/")) NIL NIL'), ok];
    case 'LIST':
      return [line('* LIST (\\HasNoChildren) "/" INBOX'), ok];
    case 'SELECT':
    case 'EXAMINE':
      return [...selected(state.mailbox), line(`${tag} OK [READ-ONLY] EXAMINE completed.`)];
    case 'SEARCH':
    case 'UID SEARCH':
      return [line(`* SEARCH${state.mailbox.unseen.map((n) => ` ${uidOf(state.mailbox, n)}`).join('')}`), ok];
    case 'STATUS':
      return [line(`* STATUS INBOX (UNSEEN ${state.mailbox.unseen.length})`), ok];
    case 'UID FETCH':
      return [...fetched(state.mailbox, rest), ok];
    case 'IDLE':
      state.idleTag = tag;
      return [line('+ IDLE accepted, awaiting DONE command.')];
    case 'LOGOUT':
      state.over = true;
      return [line('* BYE Microsoft Exchange Server IMAP4 server signing off.'), ok];
    default:
      return [ok];
  }
}

/** What a mailbox pushes while its client idles. */
export function pushes({ exists, unseen }: FuzzMailbox): readonly Buffer[] {
  return [
    line(`* ${exists} EXISTS`),
    line('* 0 RECENT'),
    line(`* ${Math.max(1, unseen[0] ?? 1)} FETCH (FLAGS (\\Seen))`),
    line(`* ${Math.max(1, exists)} EXPUNGE`),
    line('* OK Still here'),
  ];
}

/** The FETCH response of message n. */
export function fetchResponse(mailbox: FuzzMailbox, n: number): Buffer {
  const subject = mailbox.subjects.get(n) ?? `Mail ${n}`;
  const from = '(("Bo" NIL "bo" "example.org"))';
  const envelope =
    `("Sat, 21 Nov 2026 10:00:00 +0000" {${Buffer.byteLength(subject)}}\r\n${subject} ${from} ${from} ${from} ` +
    '(("Ada" NIL "ada" "contoso.example")) NIL NIL NIL "<1@example.org>")';
  const flags = mailbox.unseen.includes(n) ? '' : '\\Seen';
  return line(
    `* ${n} FETCH (UID ${uidOf(mailbox, n)} FLAGS (${flags}) INTERNALDATE "21-Nov-2026 10:00:00 +0000" ` +
      `ENVELOPE ${envelope})`,
  );
}

function selected(mailbox: FuzzMailbox): readonly Buffer[] {
  return [
    line(`* ${mailbox.exists} EXISTS`),
    line('* 0 RECENT'),
    line('* FLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft $MDNSent)'),
    line('* OK [PERMANENTFLAGS ()] Permanent flags'),
    line(`* OK [UNSEEN ${mailbox.unseen[0] ?? 0}] Is the first unseen message`),
    line(`* OK [UIDVALIDITY ${mailbox.uidValidity}] UIDVALIDITY value`),
    line(`* OK [UIDNEXT ${uidOf(mailbox, mailbox.exists + 1)}] The next unique identifier value`),
  ];
}

function fetched(mailbox: FuzzMailbox, rest: string): readonly Buffer[] {
  const first = Number(/^(\d+):\*/u.exec(rest)?.[1] ?? Number.NaN);
  const numbers = Array.from({ length: mailbox.exists }, (_, index) => index + 1);
  const last = mailbox.exists;
  // `n:*` always names the last message (RFC 3501 §6.4.8).
  return numbers.filter((n) => uidOf(mailbox, n) >= first || n === last).map((n) => fetchResponse(mailbox, n));
}

function uidOf(mailbox: FuzzMailbox, n: number): number {
  return mailbox.firstUid + n - 1;
}

function line(text: string): Buffer {
  return Buffer.from(`${text}\r\n`);
}
