import type { ArgumentCursor } from './argument-cursor.ts';
import { badSyntax } from './command-error.ts';

/** A bound of a range; `*` is the last message. */
type Bound = number | '*';

/** Ranges of sequence numbers or UIDs as written (RFC 3501 section 9, `sequence-set`). */
export type SequenceSet = readonly (readonly [Bound, Bound])[];

/** Reads a sequence set. */
export function readSequenceSet(cursor: ArgumentCursor): SequenceSet {
  const ranges: [Bound, Bound][] = [];
  do {
    const first = readBound(cursor);
    ranges.push([first, cursor.takeIf(':') ? readBound(cursor) : first]);
  } while (cursor.takeIf(','));
  return ranges;
}

function readBound(cursor: ArgumentCursor): Bound {
  if (cursor.takeIf('*')) {
    return '*';
  }
  const value = cursor.number();
  if (value === 0) {
    throw badSyntax('Message numbers begin at 1.');
  }
  return value;
}

/** The ranges with `*` put in, each low to high, sorted, none overlapping. Empty when `last` is 0. */
function resolve(set: SequenceSet, last: number): [number, number][] {
  if (last === 0) {
    return [];
  }
  const value = (bound: Bound): number => (bound === '*' ? last : bound);
  const ranges = set
    .map(([a, b]): [number, number] => [Math.min(value(a), value(b)), Math.max(value(a), value(b))])
    .toSorted((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [low, high] of ranges) {
    const previous = merged.at(-1);
    if (previous !== undefined && low <= previous[1] + 1) {
      previous[1] = Math.max(previous[1], high);
    } else {
      merged.push([low, high]);
    }
  }
  return merged;
}

/**
 * Zero-based places of the messages that a set of sequence numbers names, ascending.
 * Throws BAD for a number beyond the last message; a range with `*` reaches as far as there is something.
 */
export function placesBySequence(set: SequenceSet, count: number): number[] {
  for (const [first, second] of set) {
    if (first !== '*' && second !== '*' && Math.max(first, second) > count) {
      throw badSyntax('The specified message set is invalid.');
    }
  }
  const places: number[] = [];
  for (const [low, high] of resolve(set, count)) {
    for (let number = low; number <= Math.min(high, count); number += 1) {
      places.push(number - 1);
    }
  }
  return places;
}

/** Zero-based places of the messages that a set of UIDs names, ascending. `items` is sorted by UID. */
export function placesByUid(set: SequenceSet, items: readonly { readonly uid: number }[]): number[] {
  const places: number[] = [];
  for (const [low, high] of resolve(set, items.at(-1)?.uid ?? 0)) {
    for (let place = firstPlaceAtOrAbove(items, low); place < items.length; place += 1) {
      const item = items[place];
      if (item === undefined || item.uid > high) {
        break;
      }
      places.push(place);
    }
  }
  return places;
}

/** Binary search: where `uid` is or would be put. */
export function firstPlaceAtOrAbove(items: readonly { readonly uid: number }[], uid: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((items[middle]?.uid ?? 0) < uid) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** Numbers as the shortest set, e.g. `1:3,7`. Expects them ascending. */
export function formatSet(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const previous = ranges.at(-1);
    if (previous !== undefined && number === previous[1] + 1) {
      previous[1] = number;
    } else {
      ranges.push([number, number]);
    }
  }
  return ranges.map(([low, high]) => (low === high ? `${low}` : `${low}:${high}`)).join(',');
}
