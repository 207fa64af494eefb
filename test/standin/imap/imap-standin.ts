import type { JSONWebKeySet } from 'jose';

import { EventLog } from './event-log.ts';
import type { ImapCounts } from './event-log.ts';
import { FaultBook } from './faults.ts';
import type { CutKind, FaultScope, ImapFault, RefusalStyle } from './faults.ts';
import { Listener } from './listener.ts';
import type { ServerCertificate } from './listener.ts';
import { PostOffice } from './post-office.ts';
import type { DeliveredMail } from './post-office.ts';
import type { SessionInfo, SessionWorld } from './session-world.ts';
import type { StoredMessage } from './store/mailbox.ts';
import { createTokenCheck } from './token-check.ts';

/** What Exchange Online tells after the login (facts gathered 2026-11); before it, AUTH=XOAUTH2 is added. */
export const exchangeCapabilities: readonly string[] = [
  'IMAP4',
  'IMAP4rev1',
  'SASL-IR',
  'UIDPLUS',
  'MOVE',
  'ID',
  'UNSELECT',
  'CHILDREN',
  'IDLE',
  'NAMESPACE',
  'LITERAL+',
];

export interface ImapStandinOptions {
  readonly tls: ServerCertificate;
  /** The identity provider's public keys. */
  readonly jwks: JSONWebKeySet;
  /** Checked where given. */
  readonly issuer?: string;
  /** What a token's `aud` may be. */
  readonly audiences: readonly string[];
  readonly people: readonly { readonly address: string }[];
  /** Default: any free one. */
  readonly port?: number;
  /** Default: {@link exchangeCapabilities}. ESEARCH and SPECIAL-USE are also understood. */
  readonly capabilities?: readonly string[];
  /** How a token that isn't good is refused; default: bare, as at Exchange. */
  readonly refusalStyle?: RefusalStyle;
  /** ms since the epoch; default: the system's clock. */
  readonly now?: () => number;
}

/** Whose sessions are meant; default: everybody's. */
export interface SessionChoice {
  readonly address?: string;
  /** Only those that idle. */
  readonly idling?: boolean;
}

/**
 * An IMAP server (RFC 3501) on the loopback interface that takes access tokens for passwords and does wrong on order.
 * Methods that name a person, mailbox or message throw where there is none.
 */
export interface ImapStandin {
  /** `localhost`, as in its certificate. */
  readonly host: string;
  readonly port: number;
  /** What happened, to wait on. */
  readonly events: EventLog;
  /** Puts a mail into a mailbox, tells idling clients at once, gives its UID. */
  deliver(address: string, mail: DeliveredMail): number;
  /** The same mail `count` times, told at once as one change. 10^6 took 2.5 s and 200 MB. */
  deliverMany(address: string, count: number, mail: DeliveredMail): readonly number[];
  setFlags(address: string, mailbox: string, uid: number, flags: readonly string[], on: boolean): void;
  expunge(address: string, mailbox: string, uid: number): void;
  /** Unseen messages in a mailbox, default INBOX. */
  unseen(address: string, mailbox?: string): number;
  messages(address: string, mailbox?: string): readonly StoredMessage[];
  uidValidity(address: string, mailbox?: string): number;
  uidNext(address: string, mailbox?: string): number;
  /** Names of a person's mailboxes. */
  mailboxes(address: string): readonly string[];
  createMailbox(address: string, mailbox: string): void;
  /** Gives somebody mailboxes; nothing happens where they have some. */
  addPerson(address: string): void;
  /** Lets somebody's token open another's mailbox (Exchange's Full Access). The returned function withdraws it. */
  giveFullAccess(delegate: string, mailbox: string): () => void;
  /** New UIDVALIDITY, UIDs from 1; sessions that have it open hear BYE. */
  changeUidValidity(address: string, mailbox?: string): void;
  /** As restored from a backup: UIDs from `uidNext` on are gone and given again; sessions hear BYE. */
  rewindUidNext(address: string, mailbox: string, uidNext: number): void;
  sessions(): readonly SessionInfo[];
  readonly counts: ImapCounts;
  /** When idling or asking clients were told of new mail, `performance.now()`; default: everybody's. */
  existsSentAt(address?: string): readonly number[];
  /** Puts a fault in force; the returned function clears it. Faults of several kinds can be in force together. */
  order(fault: ImapFault, scope?: FaultScope): () => void;
  clearFaults(): void;
  /** What is told and allowed from now on, also on open sessions. */
  setCapabilities(capabilities: readonly string[]): void;
  /** Says BYE now and ends. */
  bye(text: string, choice?: SessionChoice): void;
  /** Exchange's BYE at the end of a token, now. */
  expireSessions(choice?: SessionChoice): void;
  /** Cuts connections without a word; with no choice also those that are frozen before their greeting. */
  cut(how: CutKind, choice?: SessionChoice): void;
  /** Sends a line of the test's own as it is (UTF-8), to be hostile. */
  inject(line: string, choice?: SessionChoice): void;
  /** New connections are refused from now on; open ones go on. */
  stopListening(): void;
  /** Listens again on the same port. */
  listenAgain(): Promise<void>;
  /** Destroys every connection; resolves when all is closed. */
  dispose(): Promise<void>;
}

/** Starts the stand-in. Rejects when the port is taken. */
export async function startImapStandin(options: ImapStandinOptions): Promise<ImapStandin> {
  const now = options.now ?? Date.now;
  const office = new PostOffice(options.people, now);
  const events = new EventLog();
  const faults = new FaultBook(() => {
    listener.faultsChanged();
  });
  const fullAccess = new Set<string>();
  const accessKey = (delegate: string, mailbox: string): string => `${delegate} ${mailbox}`.toLowerCase();
  let capabilities = options.capabilities ?? exchangeCapabilities;
  const world: SessionWorld = {
    faults,
    events,
    checkToken: createTokenCheck({
      ...options,
      now,
      hasFullAccess: (delegate, mailbox) => fullAccess.has(accessKey(delegate, mailbox)),
    }),
    refusalStyle: options.refusalStyle ?? 'bare',
    capabilities: () => capabilities,
    findTree: (address) => office.findTree(address),
    now,
  };
  const listener = new Listener(options.tls, world);
  await listener.listen(options.port ?? 0);
  const { port } = listener;

  const chosen = ({ address, idling }: SessionChoice = {}): Listener['sessions'] =>
    listener.sessions.filter(
      ({ info }) =>
        (address === undefined || info.address?.toLowerCase() === address.toLowerCase()) &&
        (idling === undefined || info.idling === idling),
    );
  const bye = (text: string, choice?: SessionChoice): void => {
    for (const session of chosen(choice)) {
      session.bye(text);
    }
  };

  return {
    host: 'localhost',
    port,
    events,
    deliver: (address, mail) => office.deliver(address, mail, 1)[0] ?? 0,
    deliverMany: (address, count, mail) => office.deliver(address, mail, count),
    setFlags: (address, mailbox, uid, flags, on) => {
      office.setFlags(address, mailbox, uid, flags, on);
    },
    expunge: (address, mailbox, uid) => {
      office.expunge(address, mailbox, uid);
    },
    unseen: (address, mailbox) => office.mailbox(address, mailbox).unseen,
    messages: (address, mailbox) => office.mailbox(address, mailbox).messages,
    uidValidity: (address, mailbox) => office.mailbox(address, mailbox).uidValidity,
    uidNext: (address, mailbox) => office.mailbox(address, mailbox).uidNext,
    mailboxes: (address) => office.tree(address).names,
    createMailbox: (address, mailbox) => {
      office.tree(address).create(mailbox);
    },
    addPerson: (address) => {
      office.addPerson(address);
    },
    giveFullAccess: (delegate, mailbox) => {
      const key = accessKey(delegate, mailbox);
      fullAccess.add(key);
      return () => void fullAccess.delete(key);
    },
    changeUidValidity: (address, mailbox) => {
      office.mailbox(address, mailbox).renumber(office.tree(address).newUidValidity());
    },
    rewindUidNext: (address, mailbox, uidNext) => {
      office.mailbox(address, mailbox).rewind(uidNext);
    },
    sessions: () => listener.sessions.map(({ info }) => info),
    get counts() {
      return events.counts;
    },
    existsSentAt: (address) =>
      events
        .since()
        .filter((event) => event.kind === 'exists-sent' && (address === undefined || event.address === address))
        .map(({ at }) => at),
    order: (fault, scope) => faults.order(fault, scope),
    clearFaults: () => {
      faults.clear();
    },
    setCapabilities: (next) => {
      capabilities = next;
    },
    bye,
    expireSessions: (choice) => {
      bye('Session invalidated - AccessTokenExpired', choice);
    },
    cut: (how, choice) => {
      for (const session of chosen(choice)) {
        session.cut(how);
      }
      if (choice === undefined) {
        listener.cutFrozen(how);
      }
    },
    inject: (line, choice) => {
      for (const session of chosen(choice)) {
        session.send(Buffer.from(line, 'utf8').toString('latin1'));
      }
    },
    stopListening: () => {
      listener.stop();
    },
    listenAgain: () => listener.listen(port),
    dispose: async () => {
      events.dispose();
      await listener.dispose();
    },
  };
}
