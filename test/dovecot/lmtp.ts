import { createConnection } from 'node:net';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** A mail and whom it is for. */
export interface LmtpDelivery {
  /** A Unix socket. */
  readonly socketPath: string;
  readonly from: string;
  readonly to: string;
  /** The whole message, lines ended by CRLF. */
  readonly message: Buffer;
}

/**
 * Hands a mail over as a mail server does (LMTP, RFC 2033). Resolves when the server has put it into the mailbox.
 * @throws with the server's answer where it refuses, or when it isn't there
 */
export async function deliverByLmtp({ socketPath, from, to, message }: LmtpDelivery): Promise<void> {
  const socket = createConnection(socketPath);
  try {
    const answers = readAnswers(socket);
    const expect = async (code: string, what: string): Promise<void> => {
      const { value = 'the end of the connection' } = await answers.next();
      if (!value.startsWith(code)) throw new Error(`LMTP: ${what} was answered by ${value}`);
    };
    const say = async (line: string, code: string): Promise<void> => {
      socket.write(`${line}\r\n`);
      await expect(code, line);
    };
    await expect('220', 'the connection');
    await say('LHLO localhost', '250');
    await say(`MAIL FROM:<${from}>`, '250');
    await say(`RCPT TO:<${to}>`, '250');
    await say('DATA', '354');
    socket.write(stuffed(message));
    await expect('250', 'the mail');
    await say('QUIT', '221');
  } finally {
    socket.destroy();
  }
}

/** The last line of each answer, `250 …`. Ends with the connection; throws when it fails. */
async function* readAnswers(socket: Socket): AsyncGenerator<string, undefined> {
  for await (const line of createInterface({ input: socket })) {
    if (!/^\d{3}-/u.test(line)) yield line;
  }
  return undefined;
}

/** With the dots doubled that begin a line, and the dot that ends it all (RFC 5321 section 4.5.2). */
function stuffed(message: Buffer): Buffer {
  const text = message.toString('latin1').replaceAll(/^\./gmu, '..');
  return Buffer.from(`${text}${text.endsWith('\r\n') ? '' : '\r\n'}.\r\n`, 'latin1');
}
