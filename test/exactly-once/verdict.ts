import type { AccountMessageRef } from '../../electron/main/imap/new-message.ts';
import { mailKey, type MailModel, type ModelMail } from './mail-model.ts';
import type { ScreenEntry, Telling } from './telling.ts';

/** All that was said and shown, against all that happened to the mail. */
export interface Evidence {
  readonly model: MailModel;
  readonly tellings: readonly Telling[];
  readonly entries: readonly ScreenEntry[];
  /** The run that is there at the end; only it can take away what it showed. */
  readonly lastRun: number;
  /** The account ids, in the model's order. */
  readonly accountIds: readonly string[];
}

/** A burst's first mails are told one by one; its summary counts them once more in their place. */
const mostRestated = 4;

interface Statement {
  readonly kind: 'single' | 'summary' | 'digest';
  /** How many messages the words count. */
  readonly count: number;
}

/** Reads the words of a notification as a person does (electron/shared/locales/en.ts). */
function read({ title, body }: Telling): Statement {
  const many = /^(\d+) new messages?( while you were away)?$/u.exec(title);
  if (many !== null) return { kind: many[2] === undefined ? 'summary' : 'digest', count: Number(many[1]) };
  return { kind: body.endsWith('\nCame while you were away') ? 'digest' : 'single', count: 1 };
}

/** Everything that isn't as it has to be, in words; empty for nothing. */
export function judge(evidence: Evidence): readonly string[] {
  const { model, tellings, entries, lastRun } = evidence;
  const defects: string[] = [];
  const keyOf = ({ accountId, uidValidity, uid }: AccountMessageRef): string =>
    mailKey(evidence.accountIds.indexOf(accountId), uidValidity, uid);
  const told = new Map<string, Telling[]>();
  const excused = new Set<string>();
  for (const telling of tellings) {
    if (telling.outcome !== 'lost') defects.push(...wordsAgainst(telling, telling.refs.map(keyOf), model));
    for (const key of telling.refs.map(keyOf)) {
      if (telling.outcome === 'lost') excused.add(key);
      else if (telling.outcome !== 'failed') told.set(key, [...(told.get(key) ?? []), telling]);
    }
  }
  for (const [key, mail] of model.mails) {
    const times = told.get(key) ?? [];
    if (mail.fate === 'new' && times.length === 0 && !excused.has(key))
      defects.push(`never told: ${nameOf(key, mail)}`);
    if ((mail.fate === 'not-new' || mail.fate === 'unseen') && times.length > 0) {
      defects.push(`told though not new: ${nameOf(key, mail)} by ${times.map(describe).join('; ')}`);
    }
  }
  for (const [key, times] of told) defects.push(...twice(key, times, evidence));
  defects.push(...restated(tellings, keyOf));

  const standing = entries.filter(({ run, state }) => run === lastRun && state === 'shown');
  const stands = new Map<string, ScreenEntry>();
  for (const entry of standing) {
    const mails = entry.telling.refs.map((ref) => model.mails.get(keyOf(ref)));
    const isOver = (mail: ModelMail | undefined): boolean => mail !== undefined && (mail.isRead || !mail.isThere);
    const isOfOldUids = mails.some(
      (mail) => mail !== undefined && mail.uidValidity !== model.uidValidity(mail.account),
    );
    if (mails.length > 0 && mails.every(isOver) && !isOfOldUids) {
      defects.push(`still shown though all of it was read elsewhere: ${describe(entry.telling)}`);
    }
    for (const key of entry.telling.refs.map(keyOf)) {
      const other = stands.get(key);
      if (other !== undefined) {
        defects.push(`${key} stands twice: ${describe(other.telling)}; ${describe(entry.telling)}`);
      }
      stands.set(key, entry);
    }
  }
  return defects;
}

/** Whether the words say what the app says they are about. */
function wordsAgainst(telling: Telling, keys: readonly string[], model: MailModel): readonly string[] {
  const { kind, count } = read(telling);
  const defects: string[] = [];
  if (new Set(keys).size !== keys.length) defects.push(`a message counted twice: ${describe(telling)}`);
  const mails = keys.map((key) => model.mails.get(key));
  if (mails.includes(undefined)) defects.push(`about a message that never was: ${describe(telling)}`);
  if (count !== keys.length) defects.push(`counts ${count}, is about ${keys.length}: ${describe(telling)}`);
  const [only] = mails;
  if (
    count === 1 &&
    only !== undefined &&
    !(telling.title === only.sender && telling.body.startsWith(`${only.subject}\n`))
  ) {
    if (kind === 'single') defects.push(`the words of another message: ${describe(telling)}`);
  }
  return defects;
}

function twice(key: string, times: readonly Telling[], evidence: Evidence): readonly string[] {
  const mail = evidence.model.mails.get(key);
  return times.slice(1).flatMap((later, index) => {
    const earlier = times[index];
    if (earlier === undefined || isRestatement(earlier, later, evidence)) return [];
    return [`told twice: ${nameOf(key, mail)} by ${describe(earlier)}, then ${describe(later)}`];
  });
}

/**
 * Whether the later one took the earlier one's place: under its name, or as the summary of its burst. A run that was
 * killed couldn't take away the earlier one.
 */
function isRestatement(earlier: Telling, later: Telling, { entries, lastRun }: Evidence): boolean {
  if (earlier.run !== later.run) return false;
  if (earlier.id === later.id) return true;
  const stillStands = entries.some(({ telling, state }) => telling === earlier && state === 'shown');
  return read(earlier).kind === 'single' && read(later).kind === 'summary' && (earlier.run !== lastRun || !stillStands);
}

/** A summary restates no more single mails than a burst tells. */
function restated(tellings: readonly Telling[], keyOf: (ref: AccountMessageRef) => string): readonly string[] {
  const single = new Map<string, Telling>();
  const defects: string[] = [];
  for (const telling of tellings) {
    if (telling.outcome === 'failed') continue;
    const keys = telling.refs.map(keyOf);
    const before = keys.filter((key) => single.get(key)?.run === telling.run && single.get(key)?.id !== telling.id);
    if (before.length > mostRestated)
      defects.push(`${before.length} single mails counted once more: ${describe(telling)}`);
    if (read(telling).kind === 'single') for (const key of keys) single.set(key, telling);
  }
  return defects;
}

function nameOf(key: string, mail: ModelMail | undefined): string {
  return `${key} “${mail?.subject ?? '?'}” (${mail?.fate ?? 'unknown'})`;
}

function describe({ run, id, title, body, refs, outcome }: Telling): string {
  const text = body.replaceAll('\n', ' | ');
  return `run ${run} ${id} “${title}: ${text}” of ${refs.length} ${outcome} ${refs
    .slice(0, 8)
    .map(({ uid }) => uid)
    .join(',')}`;
}
