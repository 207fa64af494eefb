import { formatFlags, systemFlags } from '../store/flags.ts';
import type { MailboxView } from '../store/mailbox-view.ts';
import type { Command, CommandContext } from './command-context.ts';
import { readMailboxName } from './mailboxes.ts';

export const select = opening('SELECT', false);
export const examine = opening('EXAMINE', true);

function opening(word: 'SELECT' | 'EXAMINE', readOnly: boolean): Command {
  return {
    allowed: 'after-login',
    run(context, cursor) {
      const name = readMailboxName(cursor);
      cursor.end();
      // A failed SELECT leaves nothing selected (RFC 3501 section 6.3.1).
      context.unselect();
      tellMailbox(context, context.select(name, readOnly));
      return `[${readOnly ? 'READ-ONLY' : 'READ-WRITE'}] ${word} completed.`;
    },
  };
}

function tellMailbox(context: CommandContext, { mailbox, messages, readOnly }: MailboxView): void {
  const firstUnseen = messages.findIndex(({ flags }) => !flags.has('\\Seen'));
  context.send(`* ${messages.length} EXISTS`);
  context.send('* 0 RECENT');
  context.send(`* FLAGS ${formatFlags(systemFlags)}`);
  context.send(`* OK [PERMANENTFLAGS ${formatFlags(readOnly ? [] : [...systemFlags, '\\*'])}] Permanent flags`);
  if (firstUnseen >= 0) {
    context.send(`* OK [UNSEEN ${firstUnseen + 1}] Is the first unseen message`);
  }
  context.send(`* OK [UIDVALIDITY ${mailbox.uidValidity}] UIDVALIDITY value`);
  context.send(`* OK [UIDNEXT ${mailbox.uidNext}] The next unique identifier value`);
}

/** RFC 3691. */
export const unselect: Command = {
  allowed: 'selected',
  capability: 'UNSELECT',
  run(context, cursor) {
    cursor.end();
    context.unselect();
    return 'UNSELECT completed.';
  },
};

/** Expunges without telling. */
export const close: Command = {
  allowed: 'selected',
  run(context, cursor) {
    cursor.end();
    const { view } = context;
    context.unselect();
    if (!view.readOnly) {
      view.mailbox.remove(deletedUids(view));
    }
    return 'CLOSE completed.';
  },
};

/** The UIDs of the messages marked as deleted. */
export function deletedUids({ mailbox }: MailboxView): ReadonlySet<number> {
  return new Set(mailbox.messages.filter(({ flags }) => flags.has('\\Deleted')).map(({ uid }) => uid));
}
