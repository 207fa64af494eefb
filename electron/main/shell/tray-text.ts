import type { AccountSnapshot, ApprovalSnapshot, AppSnapshot, SharedMailboxSnapshot } from '../../shared/snapshot.ts';
import type { Translate } from '../../shared/locales/messages.ts';

/** What of the snapshot the tray shows. */
export type TraySnapshot = Pick<AppSnapshot, 'accounts' | 'approvals' | 'totalUnread' | 'status' | 'language'>;

/** Longest tooltip that Windows shows: NOTIFYICONDATAW.szTip holds 128 UTF-16 units with the final NUL. */
export const maxTooltipLength = 127;

/** An account's own inbox or a shared one. */
type Inbox = AccountSnapshot | SharedMailboxSnapshot;

/** All that is watched: each account with its shared mailboxes after it. */
function inboxesOf({ accounts }: TraySnapshot): readonly Inbox[] {
  return accounts.flatMap((account) => [account, ...account.sharedMailboxes]);
}

/** An inbox as people know it: its address, which unlike the name is never shared by two. */
export function inboxLabel(inbox: Inbox): string {
  return inbox.address !== '' || !('displayName' in inbox) ? inbox.address : inbox.displayName;
}

/** Whether an account of the list can only go on with an administrator's approval, which was asked for. */
function isAwaited({ id, state }: Inbox, { approvals }: Pick<TraySnapshot, 'approvals'>): boolean {
  return state.kind === 'needs-sign-in' && approvals.some(({ accountId }) => accountId === id);
}

/** The approvals of accounts still to be added; the others are said at their account. */
export function ownLines({ approvals }: Pick<TraySnapshot, 'approvals'>): readonly ApprovalSnapshot[] {
  return approvals.filter(({ accountId }) => accountId === null);
}

/** An account that waits for an administrator; it is nothing to worry about, and has no number. */
export function approvalLine({ address }: Pick<ApprovalSnapshot, 'address'>, translate: Translate): string {
  const account = address ?? translate('approval.tray.nobody');
  return translate('tray.accountLine', { account, status: translate('approval.tray.waiting') });
}

/** "4 unread", "Nothing unread", "No accounts yet"; while nothing has been counted, what is going on. */
export function trayHeadline(snapshot: TraySnapshot, translate: Translate): string {
  if (snapshot.accounts.length === 0) {
    return translate(snapshot.approvals.length === 0 ? 'tray.noAccounts' : 'approval.tray.waiting');
  }
  if (snapshot.totalUnread > 0) return unreadWords(snapshot.totalUnread, translate);
  if (inboxesOf(snapshot).some(({ unreadCount }) => unreadCount !== null)) return translate('tray.nothingUnread');
  const shown = snapshot.accounts.map(shownState).find((state) => state !== 'watching');
  return translate(`tray.state.${shown ?? 'connecting'}`);
}

/** One inbox for the menu. What isn't watched says when its number was true. */
export function inboxStatus(
  inbox: Inbox,
  context: { readonly snapshot: TraySnapshot; readonly translate: Translate; readonly now: number },
): string {
  const { snapshot, translate } = context;
  if (isAwaited(inbox, snapshot)) return translate('approval.tray.waiting');
  const state = shownState(inbox);
  const { unreadCount, lastCheckedAt } = inbox;
  if (state === 'watching') return unreadWords(unreadCount ?? 0, translate);
  const words = translate(`tray.state.${state}`);
  if (unreadCount === null || lastCheckedAt === null || state === 'connecting') return words;
  return translate('tray.stateSince', {
    state: words,
    unread: unreadWords(unreadCount, translate),
    time: clockTime(lastCheckedAt, context.now, snapshot.language),
  });
}

/**
 * The tooltip: the total, then a line an inbox, those in trouble first, with the age of their last check.
 * At most {@link maxTooltipLength} UTF-16 units; inboxes that don't fit are counted in a last line.
 */
export function trayTooltip(snapshot: TraySnapshot, translate: Translate, now: number): string {
  const headline = translate('tray.headline', {
    app: translate('app.name'),
    status: trayHeadline(snapshot, translate),
  });
  // In a short tooltip the account that needs somebody must not be the one that is left out.
  const lines = inboxesOf(snapshot)
    .toSorted(byUrgency)
    .map((inbox) =>
      translate('tray.accountLine', {
        account: inboxLabel(inbox),
        status: tooltipStatus(inbox, snapshot, translate, now),
      }),
    );
  lines.push(...ownLines(snapshot).map((approval) => approvalLine(approval, translate)));
  const more = (hidden: number): readonly string[] =>
    hidden === 0 ? [] : [translate('tray.moreAccounts', { count: hidden })];
  for (let shown = lines.length; shown >= 0; shown -= 1) {
    const text = [headline, ...lines.slice(0, shown), ...more(lines.length - shown)].join('\n');
    if (text.length <= maxTooltipLength) return text;
  }
  return headline.slice(0, maxTooltipLength);
}

const urgency: Readonly<Record<Inbox['state']['kind'], number>> = {
  'needs-sign-in': 0,
  refused: 1,
  offline: 2,
  connecting: 3,
  watching: 3,
  // Its account says what is to be done.
  'waits-for-account': 4,
};

function byUrgency(a: Inbox, b: Inbox): number {
  return urgency[a.state.kind] - urgency[b.state.kind];
}

/** Whether the tooltip says how long ago something was, so that it ages by itself. */
export function tooltipAges(snapshot: TraySnapshot): boolean {
  return inboxesOf(snapshot).some((inbox) => isStale(inbox) && inbox.lastCheckedAt !== null);
}

function tooltipStatus(inbox: Inbox, snapshot: TraySnapshot, translate: Translate, now: number): string {
  if (isAwaited(inbox, snapshot)) return translate('approval.tray.waiting');
  const state = shownState(inbox);
  if (state === 'watching') return unreadWords(inbox.unreadCount ?? 0, translate);
  const words = translate(`tray.state.${state}`);
  if (!isStale(inbox) || inbox.lastCheckedAt === null) return words;
  return translate('tray.lastChecked', { state: words, ago: ago(now - inbox.lastCheckedAt, snapshot.language) });
}

function isStale(inbox: Inbox): boolean {
  const { kind } = inbox.state;
  return kind === 'offline' || kind === 'needs-sign-in' || kind === 'refused';
}

/** One that watches but was never counted is still connecting to whoever looks at it. */
function shownState(inbox: Inbox): Inbox['state']['kind'] {
  return inbox.state.kind === 'watching' && inbox.unreadCount === null ? 'connecting' : inbox.state.kind;
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
