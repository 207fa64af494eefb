/** What is left until `deadline` as `m:ss`, or null once it has passed. Both in ms since the epoch. */
export function countdown(deadline: number, now: number): string | null {
  const seconds = Math.ceil((deadline - now) / 1_000);
  if (seconds <= 0) {
    return null;
  }
  const rest = String(seconds % 60).padStart(2, '0');
  return `${Math.floor(seconds / 60)}:${rest}`;
}
