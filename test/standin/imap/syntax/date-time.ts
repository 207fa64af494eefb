import type { ArgumentCursor } from './argument-cursor.ts';
import { badSyntax } from './command-error.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const dayMs = 86_400_000;

const two = (value: number): string => String(value).padStart(2, '0');
const clock = (date: Date): string =>
  `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
const monthName = (date: Date): string => months[date.getUTCMonth()] ?? 'Jan';

/** INTERNALDATE's form in UTC, without quotes. `time` in ms since the epoch. */
export function formatInternalDate(time: number): string {
  const date = new Date(time);
  const day = String(date.getUTCDate()).padStart(2, ' ');
  return `${day}-${monthName(date)}-${date.getUTCFullYear()} ${clock(date)} +0000`;
}

/** A Date header's form in UTC (RFC 5322 section 3.3). `time` in ms since the epoch. */
export function formatMailDate(time: number): string {
  const date = new Date(time);
  const weekday = weekdays[date.getUTCDay()] ?? 'Sun';
  return `${weekday}, ${two(date.getUTCDate())} ${monthName(date)} ${date.getUTCFullYear()} ${clock(date)} +0000`;
}

/** Reads a quoted `date-time` (APPEND); ms since the epoch. */
export function readDateTime(cursor: ArgumentCursor): number {
  const match = cursor.take(/"([ \d]\d)-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"/y);
  if (match === null) {
    throw badSyntax('Expected a date and time.');
  }
  const [, day, month, year, hour, minute, second, sign, zoneHours, zoneMinutes] = match;
  const midnight = midnightUtc(Number(year), month ?? '', Number(day));
  const zone = (Number(zoneHours) * 60 + Number(zoneMinutes)) * (sign === '-' ? -1 : 1);
  return midnight + ((Number(hour) * 60 + Number(minute) - zone) * 60 + Number(second)) * 1000;
}

/** Reads a `date` (SEARCH), quoted or not; the day's number since the epoch. */
export function readDay(cursor: ArgumentCursor): number {
  const match = cursor.take(/("?)(\d{1,2})-(\w{3})-(\d{4})\1/y);
  if (match === null) {
    throw badSyntax('Expected a date.');
  }
  return midnightUtc(Number(match[4]), match[3] ?? '', Number(match[2])) / dayMs;
}

/** The number of the day (UTC) in which a time lies. */
export function dayOf(time: number): number {
  return Math.floor(time / dayMs);
}

function midnightUtc(year: number, month: string, day: number): number {
  const index = months.findIndex((name) => name.toLowerCase() === month.toLowerCase());
  const time = Date.UTC(year, index, day);
  if (index < 0 || new Date(time).getUTCDate() !== day) {
    throw badSyntax('No such date.');
  }
  return time;
}
