import type { AppErrorInfo } from '../../shared/app-error.ts';
import type { AttemptReach } from './backoff.ts';

/** What a failure means for the watching of an account. */
export type WatchFailure =
  /** Passes by itself; the next try comes by backoff, but not before `notBeforeMs` from now where the other side said so. */
  | {
      readonly kind: 'passing';
      readonly error: AppErrorInfo;
      readonly reach: AttemptReach;
      readonly notBeforeMs: number | null;
    }
  /** The server refused the token; a renewed one may help, once. */
  | { readonly kind: 'token-refused'; readonly error: AppErrorInfo }
  /** Refused for a reason that no retry mends soon; tried again after `retryMs`. */
  | { readonly kind: 'refused'; readonly error: AppErrorInfo; readonly retryMs: number }
  /** Nothing is tried until the person has signed in again. */
  | { readonly kind: 'needs-sign-in'; readonly error: AppErrorInfo };
