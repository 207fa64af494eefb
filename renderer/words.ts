import type { i18n } from 'i18next';

import type { AppSnapshot } from '../electron/shared/snapshot.ts';
import type { TextKey } from '../electron/shared/locales/messages.ts';

/** A language a window can speak. */
export type Language = AppSnapshot['language'];

/** Texts, numbers and times in one language. */
export interface Words {
  readonly language: Language;
  readonly t: (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;
  /** A text with plural forms: fills in `{{number}}` and picks the form by `count`. */
  readonly plural: (key: TextKey, count: number, values?: Readonly<Record<string, string | number>>) => string;
  readonly number: (value: number) => string;
  /** “12s ago”, “in 3m”: the distance from `now` to `at`, both ms since the epoch, in its largest whole unit. */
  readonly distance: (at: number, now: number) => string;
  /** Date and time of `at` (ms since the epoch) to the second. */
  readonly dateTime: (at: number) => string;
}

/** Each unit, and how many of it make one of the next. */
const units = [
  { unit: 'second', full: 60 },
  { unit: 'minute', full: 60 },
  { unit: 'hour', full: 24 },
  { unit: 'day', full: Number.POSITIVE_INFINITY },
] as const;

/** The words of `language`. */
export function createWords(i18next: i18n, language: Language): Words {
  const translate = i18next.getFixedT(language);
  const numbers = new Intl.NumberFormat(language);
  const distances = new Intl.RelativeTimeFormat(language, { numeric: 'always', style: 'narrow' });
  const dates = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });

  const t: Words['t'] = (key, values = {}) => translate(key, { ...values });
  const number: Words['number'] = (value) => numbers.format(value);
  return {
    language,
    t,
    plural: (key, count, values = {}) => t(key, { ...values, count, number: number(count) }),
    number,
    distance: (at, now) => {
      const past = at < now;
      const { amount, unit } = largestUnit(Math.abs(at - now) / 1_000, past ? Math.floor : Math.round);
      return distances.format(past ? -amount : amount, unit);
    },
    dateTime: (at) => dates.format(at),
  };
}

function largestUnit(seconds: number, round: (value: number) => number) {
  let amount = round(seconds);
  for (const { unit, full } of units) {
    if (amount < full) {
      return { amount, unit };
    }
    amount = round(amount / full);
  }
  return { amount, unit: 'day' } as const;
}
