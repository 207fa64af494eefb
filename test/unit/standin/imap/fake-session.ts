import { EventLog } from '../../../standin/imap/event-log.ts';
import { FaultBook } from '../../../standin/imap/faults.ts';
import { PostOffice } from '../../../standin/imap/post-office.ts';
import { exchangeCapabilities } from '../../../standin/imap/imap-standin.ts';
import { Session } from '../../../standin/imap/session.ts';

export const ada = 'ada@contoso.example';

/** A session without a network: whoever has any token is let in as Ada. */
export interface FakeSession {
  readonly office: PostOffice;
  readonly events: EventLog;
  readonly faults: FaultBook;
  /** Sends text (`latin1`) and gives what is answered until nothing more is going on. */
  say(text: string): Promise<readonly string[]>;
  /** How the connection was ended by the server. */
  ended(): 'open' | 'fin' | 'rst';
}

export function startFakeSession({
  capabilities = exchangeCapabilities,
  signedIn = true,
  tokenEndsAt = Infinity,
} = {}): FakeSession {
  const office = new PostOffice([{ address: ada }], () => 0);
  const events = new EventLog();
  const faults = new FaultBook(() => {});
  let sent = '';
  let ended: 'open' | 'fin' | 'rst' = 'open';
  const session = new Session(
    1,
    {
      events,
      faults,
      checkToken: () => Promise.resolve({ kind: 'accepted', expiresAt: tokenEndsAt }),
      refusalStyle: 'bare',
      capabilities: () => capabilities,
      findTree: (address) => office.findTree(address),
      now: Date.now,
    },
    {
      write: (bytes) => {
        sent += bytes.toString('latin1');
      },
      end: () => {
        ended = 'fin';
      },
      reset: () => {
        ended = 'rst';
      },
    },
  );
  void session.serve();
  if (signedIn) {
    const answer = Buffer.from(`user=${ada}\x01auth=Bearer x\x01\x01`).toString('base64');
    session.receive(Buffer.from(`login AUTHENTICATE XOAUTH2 ${answer}\r\n`));
  }
  return {
    office,
    events,
    faults,
    ended: () => ended,
    say: async (text) => {
      await settled();
      sent = '';
      session.receive(Buffer.from(text, 'latin1'));
      await settled();
      return sent.split('\r\n').slice(0, -1);
    },
  };
}

/** All that a session does besides waiting for its client is done in microtasks. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
