import { badSyntax, CommandError } from '../syntax/command-error.ts';
import { fromWire } from '../syntax/wire-text.ts';
import type { Command } from './command-context.ts';

/** AUTHENTICATE XOAUTH2, with the answer in the command (SASL-IR, RFC 4959) or asked for by `+`. */
export const authenticate: Command = {
  allowed: 'before-login',
  async run(context, cursor) {
    cursor.space();
    const mechanism = cursor.keyword();
    if (mechanism !== 'XOAUTH2') {
      throw new CommandError('NO', 'AUTHENTICATE failed. Unsupported mechanism.');
    }
    let answer: string;
    if (cursor.atEnd) {
      context.send('+ ');
      answer = await context.readLine();
    } else {
      if (!context.has('SASL-IR')) {
        throw badSyntax('No initial response without SASL-IR.');
      }
      cursor.space();
      answer = cursor.take(/[A-Za-z0-9+/]+=*/y)?.[0] ?? '';
      cursor.end();
    }
    if (answer === '*') {
      throw new CommandError('BAD', 'AUTHENTICATE cancelled.');
    }
    const { user, token } = parseXoauth2(answer);
    await context.login(user, token);
    return 'AUTHENTICATE completed.';
  },
};

/**
 * Takes apart `user=<user>^Aauth=Bearer <token>^A^A` in base64 (Microsoft, "Authenticate an IMAP, POP or SMTP
 * connection using OAuth"). Throws BAD for anything else.
 */
export function parseXoauth2(base64: string): { user: string; token: string } {
  const match = /^[A-Za-z0-9+/]+={0,2}$/.test(base64)
    ? /^user=([^\x01]+)\x01auth=Bearer ([^\x01\s]+)\x01\x01$/i.exec(Buffer.from(base64, 'base64').toString('latin1'))
    : null;
  if (match === null) {
    throw badSyntax('The XOAUTH2 answer is malformed.');
  }
  return { user: fromWire(match[1] ?? ''), token: match[2] ?? '' };
}
