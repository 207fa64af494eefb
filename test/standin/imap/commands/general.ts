import { badSyntax, CommandError } from '../syntax/command-error.ts';
import type { Command } from './command-context.ts';

export const capability: Command = {
  allowed: 'always',
  run(context, cursor) {
    cursor.end();
    context.send(`* CAPABILITY ${context.capabilities.join(' ')}`);
    return 'CAPABILITY completed.';
  },
};

/** RFC 2971. What the client says of itself is checked and forgotten. */
export const id: Command = {
  allowed: 'always',
  capability: 'ID',
  run(context, cursor) {
    cursor.space();
    if (cursor.next === '(') {
      cursor.list(() => cursor.nstring());
    } else if (cursor.nstring() !== null) {
      throw badSyntax('Expected a list or NIL.');
    }
    cursor.end();
    context.send('* ID ("name" "Tidings IMAP stand-in")');
    return 'ID completed.';
  },
};

/** RFC 2342. */
export const namespace: Command = {
  allowed: 'after-login',
  capability: 'NAMESPACE',
  run(context, cursor) {
    cursor.end();
    context.send('* NAMESPACE (("" "/")) NIL NIL');
    return 'NAMESPACE completed.';
  },
};

/** What is new is told before the answer, as after every command. */
export const noop: Command = {
  allowed: 'always',
  run(_context, cursor) {
    cursor.end();
    return 'NOOP completed.';
  },
};

export const check: Command = {
  allowed: 'selected',
  run(_context, cursor) {
    cursor.end();
    return 'CHECK completed.';
  },
};

/** RFC 5161. There is nothing here that could be enabled. */
export const enable: Command = {
  allowed: 'after-login',
  run(context, cursor) {
    do {
      cursor.space();
      cursor.atom();
    } while (!cursor.atEnd);
    context.send('* ENABLED');
    return 'ENABLE completed.';
  },
};

export const logout: Command = {
  allowed: 'always',
  run(context, cursor) {
    cursor.end();
    context.send('* BYE The stand-in is signing off.');
    context.endAfterAnswer();
    return 'LOGOUT completed.';
  },
};

/** Passwords open nothing here, as at Exchange Online. */
export const login: Command = {
  allowed: 'before-login',
  run() {
    throw new CommandError('NO', 'LOGIN failed.');
  },
};

/** RFC 2177. */
export const idle: Command = {
  allowed: 'after-login',
  capability: 'IDLE',
  async run(context, cursor) {
    cursor.end();
    context.send('+ IDLE accepted, awaiting DONE command.');
    context.setIdling(true);
    try {
      const line = await context.readLine();
      if (line.toUpperCase() !== 'DONE') {
        throw badSyntax('Expected DONE.');
      }
    } finally {
      context.setIdling(false);
    }
    return 'IDLE completed.';
  },
};
