import type { Logger } from '../log.ts';

/** A log whose every line says which account it is about: by its id, which tells a stranger nothing. */
export function accountLog(log: Logger, account: string): Logger {
  return {
    debug: (message, facts) => log.debug(message, { account, ...facts }),
    info: (message, facts) => log.info(message, { account, ...facts }),
    warn: (message, facts) => log.warn(message, { account, ...facts }),
    error: (message, facts) => log.error(message, { account, ...facts }),
  };
}
