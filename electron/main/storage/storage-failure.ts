import type { AppErrorInfo } from '../../shared/app-error.ts';

/** A file that can't be read, written or set aside: `info.code` is `disk-full` or `disk-failed`. */
export class StorageFailure extends Error {
  readonly info: AppErrorInfo;

  constructor(info: AppErrorInfo, options?: ErrorOptions) {
    super(info.code, options);
    this.name = 'StorageFailure';
    this.info = info;
  }
}

// EDQUOT has no number on Windows and is left out of Node's own list there, but the text is the same everywhere.
const noSpaceCodes: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** The system's error code (`ENOSPC`, `EACCES` …) of an error of `node:fs`, or null. */
export function systemErrorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** Turns an error of `node:fs` into a {@link StorageFailure}; the detail names the system's code, never a path. */
export function storageFailure(error: unknown, at: number): StorageFailure {
  if (error instanceof StorageFailure) return error;
  const systemCode = systemErrorCode(error);
  const code = systemCode !== null && noSpaceCodes.has(systemCode) ? 'disk-full' : 'disk-failed';
  return new StorageFailure({ code, at, ...(systemCode !== null && { detail: systemCode }) }, { cause: error });
}
