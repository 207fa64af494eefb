import { assertNever } from '../../shared/app-error.ts';
import type { NotificationDetail } from '../../shared/settings.ts';
import type { Translate } from '../../shared/locales/messages.ts';
import type { NewMessage } from '../imap/new-message.ts';
import type { NotificationContent } from './notification-state.ts';
import { accountsOf, type MailTally, type TalliedMail } from './notification-tally.ts';

/** Words ready to be shown: plain text, no markup. */
export interface NotificationText {
  readonly title: string;
  /** Lines separated by `\n`. */
  readonly body: string;
}

/** What the words depend on besides the content. */
export interface NotificationWords {
  readonly translate: Translate;
  /** BCP 47. */
  readonly language: string;
  readonly detail: NotificationDetail;
  /** All accounts there are; with two or more of them each notification says whose it is. */
  readonly accounts: readonly { readonly id: string; readonly label: string }[];
}

/** Senders named in a summary; the rest are "others". */
const maxSenders = 3;

/** Writes a notification. */
export function notificationText(content: NotificationContent, words: NotificationWords): NotificationText {
  switch (content.kind) {
    case 'message':
      return oneMessage(content.mail, words, null);
    case 'summary':
      return several(
        content.tally,
        words.translate('notification.summary', { count: content.tally.refs.length }),
        words,
      );
    case 'digest': {
      const [only] = content.tally.newest;
      if (content.tally.refs.length === 1 && only !== undefined) {
        return oneMessage(only, words, words.translate('notification.cameWhileAway'));
      }
      return several(
        content.tally,
        words.translate('notification.whileAway', { count: content.tally.refs.length }),
        words,
      );
    }
    default:
      return assertNever(content);
  }
}

function oneMessage(mail: TalliedMail, words: NotificationWords, remark: string | null): NotificationText {
  const { message, accountId } = mail;
  const account = toAccounts([accountId], words);
  const newMessage = words.translate('notification.summary', { count: 1 });
  switch (words.detail) {
    case 'full': {
      const subject = message.subject === '' ? words.translate('notification.noSubject') : message.subject;
      return { title: senderName(message, words), body: lines(subject, addressLine(message), account, remark) };
    }
    case 'sender-only':
      return { title: senderName(message, words), body: lines(remark ?? newMessage, addressLine(message), account) };
    case 'count-only':
      return { title: newMessage, body: lines(account, remark) };
    default:
      return assertNever(words.detail);
  }
}

function several(tally: MailTally, title: string, words: NotificationWords): NotificationText {
  const accounts = toAccounts(accountsOf(tally), words);
  if (words.detail === 'count-only') return { title, body: lines(accounts) };
  const names = [...new Set(tally.newest.map((mail) => senderName(mail.message, words)))];
  // More senders than are named, or mail whose senders are no longer known.
  const hasOthers = names.length > maxSenders || tally.refs.length > tally.newest.length;
  const shown = [...names.slice(0, maxSenders), ...(hasOthers ? [words.translate('notification.others')] : [])];
  const senders = words.translate('notification.fromSenders', { senders: list(shown, words.language) });
  return { title, body: lines(senders, accounts) };
}

function lines(...each: readonly (string | null)[]): string {
  return each.filter((line) => line !== null).join('\n');
}

/** A name can be anybody's: the address stands below it, and above it where there is no name. */
function addressLine({ fromName, fromAddress }: NewMessage): string | null {
  return fromName === '' || fromAddress === '' ? null : fromAddress;
}

function senderName(message: NewMessage, words: NotificationWords): string {
  if (message.fromName !== '') return message.fromName;
  return message.fromAddress !== '' ? message.fromAddress : words.translate('notification.noSender');
}

function toAccounts(accountIds: readonly string[], words: NotificationWords): string | null {
  if (words.accounts.length < 2) return null;
  const labels = words.accounts.filter(({ id }) => accountIds.includes(id)).map(({ label }) => label);
  const [first] = labels;
  if (first === undefined) return null;
  return labels.length === 1
    ? words.translate('notification.toAccount', { account: first })
    : words.translate('notification.toAccounts', { accounts: list(labels, words.language) });
}

function list(items: readonly string[], language: string): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(items);
}
