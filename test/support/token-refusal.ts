import type { WatchFailure } from '../../electron/main/imap/watch-failure.ts';

/** What anything but a {@link TokenRefusal} means. */
export const unexpectedFailure: WatchFailure = {
  kind: 'refused',
  error: { code: 'unexpected', at: 0 },
  retryMs: 60_000,
};

/** A token request that fails in the way the test wants. */
export class TokenRefusal extends Error {
  readonly failure: WatchFailure;

  constructor(failure: WatchFailure) {
    super(failure.error.code);
    this.failure = failure;
  }
}
