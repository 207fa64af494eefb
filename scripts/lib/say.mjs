/** The one voice of the set-up: a line a step, on standard error so that a command's own output stays clean. */
export function say(line) {
  process.stderr.write(`set-up: ${line}\n`);
}

/** Seconds since `startedAt` (a `performance.now()` value), for people. */
export function seconds(startedAt) {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}

/** A failure that a person can mend: only its message is shown, no stack. */
export class SetupError extends Error {}
