import { appErrorCodes, type AppErrorCode } from '../../shared/app-error.ts';

/** What a command handler throws to answer `{ ok: false, code }` with words for the person. */
export class CommandError extends Error {
  readonly code: AppErrorCode;

  constructor(code: AppErrorCode, options?: ErrorOptions) {
    super(code, options);
    this.name = 'CommandError';
    this.code = code;
  }
}

const knownCodes: ReadonlySet<unknown> = new Set(appErrorCodes);

function isAppErrorCode(value: unknown): value is AppErrorCode {
  return knownCodes.has(value);
}

/**
 * The code a failure carries: a {@link CommandError}, or any error with an `info.code` (`AppErrorInfo`), as the rooms'
 * own failures have. Null for everything else, which nobody foresaw.
 */
export function codeOfFailure(error: unknown): AppErrorCode | null {
  if (error instanceof CommandError) return error.code;
  if (!(error instanceof Error) || !('info' in error)) return null;
  const { info } = error;
  if (typeof info !== 'object' || info === null || !('code' in info)) return null;
  return isAppErrorCode(info.code) ? info.code : null;
}
