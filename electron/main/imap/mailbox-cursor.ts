/** How far a mailbox was told, as kept between runs. Every UID it doesn't name is new, or will be. */
export interface MailboxCursor {
  /** IMAP UIDVALIDITY, a decimal string. */
  readonly uidValidity: string;
  /** Every UID up to this one is settled: it was told, or was no news. */
  readonly lastUid: number;
  /** UIDs above `lastUid` that are settled too, ascending; at most {@link maxRemembered}. */
  readonly settled: readonly number[];
}

/** What SELECT says of a mailbox (RFC 3501 §6.3.1). */
export interface SelectedMailbox {
  readonly uidValidity: string;
  readonly uidNext: number;
}

/** UIDs of a mailbox that are remembered one by one; below them there is only a floor. */
export const maxRemembered = 1_000;

/** Messages of a mailbox that wait to be told, at most; of more the oldest are given up. */
export const maxOpen = 10_000;

/** What is known of a mailbox means for the mailbox as it is now. */
export type CursorStep =
  /** Never seen before: its content isn't new. */
  | 'first-look'
  /** The UIDs mean other messages now (UIDVALIDITY changed, or UIDNEXT went backwards): starts anew, nothing is told. */
  | 'rebuilt'
  | 'continue';

/** Holds what is known (null for nothing) against the mailbox just selected. `highestUid`: the highest one ever found. */
export function stepCursor(
  known: { readonly uidValidity: string; readonly highestUid: number } | null,
  selected: SelectedMailbox,
): CursorStep {
  if (known === null) return 'first-look';
  const isSame = known.uidValidity === selected.uidValidity && selected.uidNext > known.highestUid;
  return isSame ? 'continue' : 'rebuilt';
}

/** The cursor of a mailbox whose content isn't new. */
export function freshCursor(selected: SelectedMailbox): MailboxCursor {
  return { uidValidity: selected.uidValidity, lastUid: Math.max(0, selected.uidNext - 1), settled: [] };
}
