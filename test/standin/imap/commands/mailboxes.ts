import { defaultMailboxes } from '../store/mailbox-tree.ts';
import type { MailboxTree } from '../store/mailbox-tree.ts';
import type { ArgumentCursor } from '../syntax/argument-cursor.ts';
import { badSyntax } from '../syntax/command-error.ts';
import { decodeMailboxName, hierarchyDelimiter, matchesListPattern, wireMailboxName } from '../syntax/mailbox-name.ts';
import type { Command, CommandContext } from './command-context.ts';

/** Reads ` name`. */
export function readMailboxName(cursor: ArgumentCursor): string {
  cursor.space();
  return decodeMailboxName(cursor.astring());
}

export const list = listing('LIST', (tree) => tree.names);
export const lsub = listing('LSUB', (tree) => tree.names.filter((name) => tree.subscribed.has(name)));

function listing(word: 'LIST' | 'LSUB', names: (tree: MailboxTree) => readonly string[]): Command {
  return {
    allowed: 'after-login',
    run(context, cursor) {
      const reference = readMailboxName(cursor);
      cursor.space();
      const pattern = decodeMailboxName(cursor.listMailbox());
      cursor.end();
      if (pattern === '') {
        context.send(`* ${word} (\\Noselect) "${hierarchyDelimiter}" ""`);
      }
      for (const name of names(context.tree)) {
        if (matchesListPattern(name, reference + pattern)) {
          const attributes = listAttributes(context, name).join(' ');
          context.send(`* ${word} (${attributes}) "${hierarchyDelimiter}" ${wireMailboxName(name)}`);
        }
      }
      return `${word} completed.`;
    },
  };
}

function listAttributes(context: CommandContext, name: string): string[] {
  const attributes = [context.tree.hasChildren(name) ? '\\HasChildren' : '\\HasNoChildren'];
  const specialUse = defaultMailboxes.find(([other]) => other === name)?.[1] ?? null;
  return specialUse !== null && context.has('SPECIAL-USE') ? [...attributes, specialUse] : attributes;
}

function manage(done: string, change: (tree: MailboxTree, name: string, cursor: ArgumentCursor) => void): Command {
  return {
    allowed: 'after-login',
    run(context, cursor) {
      change(context.tree, readMailboxName(cursor), cursor);
      return `${done} completed.`;
    },
  };
}

export const create = manage('CREATE', (tree, name, cursor) => {
  cursor.end();
  tree.create(name);
});

export const remove = manage('DELETE', (tree, name, cursor) => {
  cursor.end();
  tree.delete(name);
});

export const rename = manage('RENAME', (tree, name, cursor) => {
  const to = readMailboxName(cursor);
  cursor.end();
  tree.rename(name, to);
});

export const subscribe = manage('SUBSCRIBE', (tree, name, cursor) => {
  cursor.end();
  tree.subscribe(name);
});

export const unsubscribe = manage('UNSUBSCRIBE', (tree, name, cursor) => {
  cursor.end();
  tree.unsubscribe(name);
});

export const status: Command = {
  allowed: 'after-login',
  run(context, cursor) {
    const name = readMailboxName(cursor);
    cursor.space();
    const items = cursor.list(() => cursor.keyword());
    cursor.end();
    const mailbox = context.tree.get(name);
    const values = items.map((item) => {
      switch (item) {
        case 'MESSAGES':
          return `${item} ${mailbox.messages.length}`;
        case 'RECENT':
          return `${item} 0`;
        case 'UIDNEXT':
          return `${item} ${mailbox.uidNext}`;
        case 'UIDVALIDITY':
          return `${item} ${mailbox.uidValidity}`;
        case 'UNSEEN':
          return `${item} ${mailbox.unseen}`;
        default:
          throw badSyntax(`Unknown STATUS item.`);
      }
    });
    context.send(`* STATUS ${wireMailboxName(name)} (${values.join(' ')})`);
    return 'STATUS completed.';
  },
};
