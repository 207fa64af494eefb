import type { AppErrorInfo } from '../../shared/app-error.ts';

/** A shared mailbox can't be added: its address won't do, or its account has none. */
export class SharedMailboxFailure extends Error {
  readonly info: AppErrorInfo;

  /** `at`: ms since the epoch. `reason`: for the log, without the address. */
  constructor(reason: string, at: number) {
    super(reason);
    this.name = 'SharedMailboxFailure';
    this.info = { code: 'shared-mailbox-not-added', at };
  }
}
