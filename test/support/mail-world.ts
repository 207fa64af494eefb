import { Dovecot, freeDovecotAddress } from '../dovecot/dovecot.ts';
import { TcpGate } from '../dovecot/tcp-gate.ts';
import { composeMail } from '../standin/imap/mail/compose-mail.ts';
import { startWorld } from '../standin/world.ts';
import type { World, WorldOptions } from '../standin/world.ts';
import type { ImapServerName, ImapServerUnderTest } from './imap-server.ts';

export interface MailWorldOptions extends WorldOptions {
  /** Dovecot: connections of one person; default: any number. */
  readonly mostConnections?: number;
  /** Mailboxes, there as well, that everybody of the same domain may open with a token of their own; default: none. */
  readonly sharedMailboxes?: readonly string[];
}

/** A world whose profile leads to `server`. The stand-in for IMAP is always there, and idle where Dovecot serves. */
export interface MailWorld extends World {
  readonly server: ImapServerUnderTest;
}

/** Starts a world with the IMAP server of that name. @throws when Dovecot is asked for and isn't installed */
export function startMailWorld(name: ImapServerName, options: MailWorldOptions): Promise<MailWorld> {
  return name === 'Dovecot' ? startDovecotWorld(options) : startStandinWorld(options);
}

async function startStandinWorld({ sharedMailboxes = [], ...options }: MailWorldOptions): Promise<MailWorld> {
  const world = await startWorld(options);
  const { imap } = world;
  for (const mailbox of sharedMailboxes) {
    imap.addPerson(mailbox);
    const isOfDomain = ({ address }: { address: string }): boolean => domainOf(address) === domainOf(mailbox);
    for (const { address } of world.people.filter(isOfDomain)) imap.giveFullAccess(address, mailbox);
  }
  const server: ImapServerUnderTest = {
    name: 'stand-in',
    port: imap.port,
    get connections() {
      return imap.counts.connections;
    },
    deliver: async (address, mail) => void imap.deliver(address, mail),
    changeUidValidity: async (address) => {
      imap.changeUidValidity(address);
    },
    sayBye: async () => {
      imap.bye('Server shutting down.');
    },
    stopListening: () => {
      imap.stopListening();
    },
    listenAgain: () => imap.listenAgain(),
    cut: () => {
      imap.cut('rst');
    },
    hang: () => {
      imap.order({ kind: 'freeze', connections: 'all' });
    },
    untilLogouts: (count) => imap.events.waitUntil(() => (imap.counts.commands.get('LOGOUT') ?? 0) >= count),
    untilNoConnection: () => imap.events.waitUntil(() => imap.sessions().length === 0),
    crash: async () => {
      imap.stopListening();
      imap.cut('rst');
    },
    startAgain: () => imap.listenAgain(),
    backUp: async (address) => {
      const uidNext = Math.max(0, ...imap.messages(address).map(({ uid }) => uid)) + 1;
      return async () => {
        imap.rewindUidNext(address, 'INBOX', uidNext);
      };
    },
    dispose: async () => {},
  };
  return { ...world, server };
}

function domainOf(address: string): string {
  return address.slice(address.indexOf('@') + 1).toLowerCase();
}

async function startDovecotWorld({
  mostConnections,
  sharedMailboxes,
  ...options
}: MailWorldOptions): Promise<MailWorld> {
  const address = freeDovecotAddress();
  const gate = await TcpGate.open(address);
  const cleanUp: (() => Promise<void> | void)[] = [() => gate.dispose()];
  const dispose = async (): Promise<void> => {
    for (const clean of cleanUp.splice(0).toReversed()) await clean();
  };
  try {
    const imap = { host: 'localhost', port: gate.port };
    const world = await startWorld({ ...options, profile: { imap, ...options.profile } });
    cleanUp.push(() => world.dispose());
    const dovecot = await Dovecot.start(address, {
      tls: await world.ca.issue({ hosts: ['localhost', '127.0.0.1'] }),
      jwks: world.identity.jwks,
      audience: world.profile.resource,
      ...(mostConnections !== undefined && { mostConnections }),
      ...(sharedMailboxes !== undefined && { sharedMailboxes }),
    });
    cleanUp.push(() => dovecot.dispose());
    return { ...world, server: serverOf(dovecot, gate), dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

function serverOf(dovecot: Dovecot, gate: TcpGate): ImapServerUnderTest {
  // Above the one that Dovecot gave, which is the time in seconds.
  let uidValidity = BigInt(Math.floor(Date.now() / 1000)) + 1_000n;
  return {
    name: 'Dovecot',
    port: gate.port,
    get connections() {
      return gate.total;
    },
    deliver: async (address, mail) => {
      const date = mail.date ?? Date.now();
      const message = mail.raw === undefined ? composeMail({ ...mail, to: { address }, date }) : Buffer.from(mail.raw);
      await dovecot.deliver(mail.from.address, address, message);
    },
    changeUidValidity: async (address) => {
      uidValidity += 1n;
      await dovecot.changeUidValidity(address, 'INBOX', uidValidity);
    },
    sayBye: () => dovecot.kickAll(),
    stopListening: () => {
      gate.shut();
    },
    listenAgain: () => gate.listen(),
    cut: () => {
      gate.cut();
    },
    hang: () => {
      gate.hang();
    },
    untilLogouts: (count) =>
      dovecot.waitForLog((log) => (log.match(/^.* imap\(.*Logged out/gmu) ?? []).length >= count),
    untilNoConnection: () => gate.untilNoConnection(),
    crash: async () => {
      gate.shut();
      await dovecot.crash();
    },
    startAgain: async () => {
      await dovecot.startAgain();
      await gate.listen();
    },
    backUp: (address) => dovecot.backUp(address),
    dispose: () => dovecot.dispose(),
  };
}
