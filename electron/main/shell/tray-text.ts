import type { AccountSnapshot, AppSnapshot } from '../../shared/snapshot.ts';
import type { Translate } from '../../shared/locales/messages.ts';

/** What of the snapshot the tray shows. */
export type TraySnapshot = Pick<AppSnapshot, 'accounts' | 'totalUnread' | 'status' | 'language'>;

/** Longest tooltip that Windows shows: NOTIFYICONDATAW.szTip holds 128 UTF-16 units with the final NUL. */
export const maxTooltipLength = 127;

/** An account as people know it: its address, which unlike the name is never shared by two. */
export function accountLabel(account: Pick<AccountSnapshot, 'address' | 'displayName'>): string {
  return account.address !== '' ? account.address : account.displayName;
}

/** "4 unread", "Nothing unread", "No accounts yet"; while nothing has been counted, what is going on. */
export function trayHeadline(snapshot: TraySnapshot, translate: Translate): string {
  if (snapshot.accounts.length === 0) return translate('tray.noAccounts');
  if (snapshot.totalUnread > 0) return unreadWords(snapshot.totalUnread, translate);
  if (snapshot.accounts.some((account) => account.unreadCount !== null)) return translate('tray.nothingUnread');
  const shown = snapshot.accounts.map(shownState).find((state) => state !== 'watching');
  return translate(`tray.state.${shown ?? 'connecting'}`);
}

/** One account for the menu. What isn't watched says when its number was true. */
export function accountStatus(
  account: AccountSnapshot,
  context: { readonly translate: Translate; readonly language: string; readonly now: number },
): string {
  const { translate } = context;
  const state = shownState(account);
  const { unreadCount, lastCheckedAt } = account;
  if (state === 'watching') return unreadWords(unreadCount ?? 0, translate);
  const words = translate(`tray.state.${state}`);
  if (unreadCount === null || lastCheckedAt === null || state === 'connecting') return words;
  return translate('tray.stateSince', {
    state: words,
    unread: unreadWords(unreadCount, translate),
    time: clockTime(lastCheckedAt, context.now, context.language),
  });
}

/**
 * The tooltip: the total, then a line an account, those in trouble first, with the age of their last check.
 * At most {@link maxTooltipLength} UTF-16 units; accounts that don't fit are counted in a last line.
 */
export function trayTooltip(snapshot: TraySnapshot, translate: Translate, now: number): string {
  const headline = translate('tray.headline', {
    app: translate('app.name'),
    status: trayHeadline(snapshot, translate),
  });
  // In a short tooltip the account that needs somebody must not be the one that is left out.
  const lines = snapshot.accounts.toSorted(byUrgency).map((account) =>
    translate('tray.accountLine', {
      account: accountLabel(account),
      status: tooltipStatus(account, snapshot.language, translate, now),
    }),
  );
  const more = (hidden: number): readonly string[] =>
    hidden === 0 ? [] : [translate('tray.moreAccounts', { count: hidden })];
  for (let shown = lines.length; shown >= 0; shown -= 1) {
    const text = [headline, ...lines.slice(0, shown), ...more(lines.length - shown)].join('\n');
    if (text.length <= maxTooltipLength) return text;
  }
  return headline.slice(0, maxTooltipLength);
}

const urgency: Readonly<Record<AccountSnapshot['state']['kind'], number>> = {
  'needs-sign-in': 0,
  refused: 1,
  offline: 2,
  connecting: 3,
  watching: 3,
};

function byUrgency(a: AccountSnapshot, b: AccountSnapshot): number {
  return urgency[a.state.kind] - urgency[b.state.kind];
}

/** Whether the tooltip says how long ago something was, so that it ages by itself. */
export function tooltipAges(snapshot: TraySnapshot): boolean {
  return snapshot.accounts.some((account) => isStale(account) && account.lastCheckedAt !== null);
}

function tooltipStatus(account: AccountSnapshot, language: string, translate: Translate, now: number): string {
  const state = shownState(account);
  if (state === 'watching') return unreadWords(account.unreadCount ?? 0, translate);
  const words = translate(`tray.state.${state}`);
  if (!isStale(account) || account.lastCheckedAt === null) return words;
  return translate('tray.lastChecked', { state: words, ago: ago(now - account.lastCheckedAt, language) });
}

function isStale(account: AccountSnapshot): boolean {
  const { kind } = account.state;
  return kind === 'offline' || kind === 'needs-sign-in' || kind === 'refused';
}

/** An account that watches but was never counted is still connecting to whoever looks at it. */
function shownState(account: AccountSnapshot): AccountSnapshot['state']['kind'] {
  return account.state.kind === 'watching' && account.unreadCount === null ? 'connecting' : account.state.kind;
}

function unreadWords(count: number, translate: Translate): string {
  return count === 0 ? translate('tray.nothingUnread') : translate('tray.unread', { count });
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** "12 min. ago" in whole units; a clock that was turned back counts as now. */
function ago(ms: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(language, { style: 'short', numeric: 'always' });
  const past = Math.max(0, ms);
  if (past < hour) return format.format(-Math.floor(past / minute), 'minute');
  if (past < day) return format.format(-Math.floor(past / hour), 'hour');
  return format.format(-Math.floor(past / day), 'day');
}

/** The time of day, with the date where that is another day. Absolute, so that an open menu needs no refreshing. */
function clockTime(at: number, now: number, language: string): string {
  const sameDay = new Date(at).toDateString() === new Date(now).toDateString();
  return new Intl.DateTimeFormat(language, { timeStyle: 'short', ...(sameDay ? {} : { dateStyle: 'short' }) }).format(
    at,
  );
}
