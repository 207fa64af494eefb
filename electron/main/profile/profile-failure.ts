import type { AppErrorInfo } from '../../shared/app-error.ts';

/** A deployment profile that can't be used: `info.code` is `profile-invalid`, `info.detail` names field and file. */
export class ProfileFailure extends Error {
  readonly info: AppErrorInfo;

  constructor(detail: string, at: number, options?: ErrorOptions) {
    super(detail, options);
    this.name = 'ProfileFailure';
    this.info = { code: 'profile-invalid', at, detail: cut(detail) };
  }
}

const maxDetailLength = 300;

function cut(detail: string): string {
  return detail.length <= maxDetailLength ? detail : `${detail.slice(0, maxDetailLength - 1)}…`;
}
