import type { Logger } from './log.ts';

/** A mail checker that dies unseen is worse than one that logs and goes on: each connection is rebuilt by its owner. */
export function followFailures(log: Logger): void {
  process.on('uncaughtException', (error) => {
    log.error('Uncaught exception', { error });
  });
  process.on('unhandledRejection', (error) => {
    log.error('Unhandled rejection', { error });
  });
}
