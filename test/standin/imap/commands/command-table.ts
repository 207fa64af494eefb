import { authenticate } from './authenticate.ts';
import type { Command } from './command-context.ts';
import { fetch, uidFetch } from './fetch.ts';
import { capability, check, enable, id, idle, login, logout, namespace, noop } from './general.ts';
import { create, list, lsub, remove, rename, status, subscribe, unsubscribe } from './mailboxes.ts';
import { search, uidSearch } from './search.ts';
import { close, examine, select, unselect } from './select.ts';
import { store, uidStore } from './store.ts';
import { append, copy, expunge, move, uidCopy, uidExpunge, uidMove } from './transfer.ts';

/** Every command by its name in upper case. */
export const commandTable: ReadonlyMap<string, Command> = new Map([
  ['CAPABILITY', capability],
  ['ID', id],
  ['NAMESPACE', namespace],
  ['NOOP', noop],
  ['CHECK', check],
  ['ENABLE', enable],
  ['LOGOUT', logout],
  ['LOGIN', login],
  ['AUTHENTICATE', authenticate],
  ['LIST', list],
  ['LSUB', lsub],
  ['CREATE', create],
  ['DELETE', remove],
  ['RENAME', rename],
  ['SUBSCRIBE', subscribe],
  ['UNSUBSCRIBE', unsubscribe],
  ['STATUS', status],
  ['SELECT', select],
  ['EXAMINE', examine],
  ['UNSELECT', unselect],
  ['CLOSE', close],
  ['FETCH', fetch],
  ['UID FETCH', uidFetch],
  ['SEARCH', search],
  ['UID SEARCH', uidSearch],
  ['STORE', store],
  ['UID STORE', uidStore],
  ['COPY', copy],
  ['UID COPY', uidCopy],
  ['MOVE', move],
  ['UID MOVE', uidMove],
  ['EXPUNGE', expunge],
  ['UID EXPUNGE', uidExpunge],
  ['APPEND', append],
  ['IDLE', idle],
]);
