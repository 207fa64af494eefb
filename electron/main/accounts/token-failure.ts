import type { AppErrorCode } from '../../shared/app-error.ts';
import { AuthFailure } from '../auth/auth-types.ts';
import type { WatchFailure } from '../imap/watch-failure.ts';

/** A registration or policy that refuses is looked at again this often (ms): an administrator may have mended it. */
const finalRetryMs = 10 * 60_000;
/**
 * What a proxy refuses, only a person mends; tried so often (ms) as for mail. A network's password that is sent again and
 * again can lock the person's account in the company's directory.
 */
const proxyRetryMs = 5 * 60_000;
const refusedByProxy: ReadonlySet<AppErrorCode> = new Set([
  'proxy-sign-in-refused',
  'proxy-sign-in-unsupported',
  'proxy-refused',
  'proxy-untrusted',
]);

/** What a failed token request means for the watching. `now` in ms since the epoch. */
export function classifyTokenError(error: unknown, now: number): WatchFailure {
  if (!(error instanceof AuthFailure)) {
    return { kind: 'refused', error: { code: 'unexpected', at: now }, retryMs: finalRetryMs };
  }
  switch (error.remedy.kind) {
    case 'interactive':
      return { kind: 'needs-sign-in', error: error.info };
    case 'transient':
      if (refusedByProxy.has(error.info.code)) {
        return { kind: 'refused', error: error.info, retryMs: proxyRetryMs };
      }
      return { kind: 'passing', error: error.info, reach: 'unreached', notBeforeMs: error.remedy.retryAfterMs };
    case 'final':
      return { kind: 'refused', error: error.info, retryMs: finalRetryMs };
  }
}
