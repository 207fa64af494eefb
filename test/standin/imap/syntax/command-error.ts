/**
 * Ends the command that is being carried out with a tagged NO or BAD and these words.
 * `text` may begin with a response code, e.g. `[TRYCREATE] No such mailbox`.
 */
export class CommandError extends Error {
  readonly status: 'NO' | 'BAD';
  readonly text: string;

  constructor(status: 'NO' | 'BAD', text: string) {
    super(`${status} ${text}`);
    this.name = 'CommandError';
    this.status = status;
    this.text = text;
  }
}

/** The command doesn't follow the grammar: a tagged BAD. */
export function badSyntax(what: string): CommandError {
  return new CommandError('BAD', `Command Argument Error. ${what}`);
}
