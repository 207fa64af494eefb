import { AuthFailure } from '../auth/auth-types.ts';
import type { WatchFailure } from '../imap/watch-failure.ts';

/** A registration or policy that refuses is looked at again this often (ms): an administrator may have mended it. */
const finalRetryMs = 10 * 60_000;

/** What a failed token request means for the watching. `now` in ms since the epoch. */
export function classifyTokenError(error: unknown, now: number): WatchFailure {
  if (!(error instanceof AuthFailure)) {
    return { kind: 'refused', error: { code: 'unexpected', at: now }, retryMs: finalRetryMs };
  }
  switch (error.remedy.kind) {
    case 'interactive':
      return { kind: 'needs-sign-in', error: error.info };
    case 'transient':
      return { kind: 'passing', error: error.info, reach: 'unreached', notBeforeMs: error.remedy.retryAfterMs };
    case 'final':
      return { kind: 'refused', error: error.info, retryMs: finalRetryMs };
  }
}
