import type { DoctorRun } from '../../shared/doctor.ts';
import type { Translate } from '../../shared/locales/messages.ts';
import type { DoctorLanguage } from '../../shared/doctor-words.ts';
import type { AccountRecord } from '../../shared/settings.ts';
import type { ConnectionDoctor, DoctorAsker } from './connection-doctor.ts';
import { reportJson, reportText } from './doctor-report.ts';

/** What a terminal asks for. */
export interface DoctorOrder {
  /** An account's address; null for all of them. */
  readonly account: string | null;
  readonly showAddresses: boolean;
}

/** What a terminal gets: the same for whoever makes the lines of it. */
export type DoctorAnswer =
  | { readonly kind: 'examined'; readonly isFine: boolean; readonly text: string; readonly json: string }
  /** Nothing was examined; `text` says why. */
  | { readonly kind: 'nothing'; readonly text: string };

export interface DoctorDeskDeps {
  readonly doctor: Pick<ConnectionDoctor, 'runs' | 'examine' | 'cancel' | 'leave'>;
  readonly accounts: { records(): readonly AccountRecord[] };
  readonly words: { readonly translate: Translate; readonly language: () => string };
  readonly appVersion: string;
}

/** Where window and terminal ask for the doctor, and get the result in words. */
export interface DoctorDesk {
  /** Begins an examination for the window; its course is in the snapshot. */
  examine(accountId: string): void;
  /** The window no longer wants it; what a terminal waits for goes on. */
  cancel(accountId: string): void;
  /** The last result of an account, to be copied; null where there is none. */
  report(accountId: string, format: 'text' | 'json', showAddresses: boolean): string | null;
  /** Nobody looks any more: what only the window wanted ends. */
  windowClosed(): void;
  /** For a terminal: examines to the end, or until it has gone. Never rejects. */
  answer(order: DoctorOrder, gone?: AbortSignal): Promise<DoctorAnswer>;
}

export function createDoctorDesk({ doctor, accounts, words, appVersion }: DoctorDeskDeps): DoctorDesk {
  const { translate } = words;
  const theWindow: DoctorAsker = { kind: 'window' };
  const inWords = (): DoctorLanguage => ({ translate, language: words.language() });
  return {
    examine(accountId) {
      void doctor.examine(accountId, theWindow);
    },
    cancel(accountId) {
      doctor.cancel(accountId, theWindow);
    },
    report(accountId, format, showAddresses) {
      const run = doctor.runs().find((each) => each.accountId === accountId);
      if (run === undefined) return null;
      const options = { appVersion, showAddresses };
      return format === 'json' ? reportJson([run], options) : reportText([run], inWords(), options);
    },
    windowClosed() {
      doctor.leave(theWindow);
    },
    async answer({ account, showAddresses }, gone) {
      const chosen = accounts.records().filter(({ address }) => account === null || isSameAddress(address, account));
      if (chosen.length === 0) {
        const text =
          account === null
            ? translate('doctor.terminal.noAccounts')
            : translate('doctor.terminal.noSuchAccount', { address: account });
        return { kind: 'nothing', text };
      }
      const terminal: DoctorAsker = { kind: 'terminal' };
      const leave = (): void => {
        doctor.leave(terminal);
      };
      gone?.addEventListener('abort', leave, { once: true });
      const runs: DoctorRun[] = [];
      // At the same time: each has a connection of its own, and the slowest decides.
      const examining = chosen.map(({ id }) => doctor.examine(id, terminal));
      if (gone?.aborted === true) leave();
      for (const run of await Promise.all(examining)) {
        if (run !== null) runs.push(run);
      }
      // Removed a moment ago, or Tidings is on its way out.
      if (runs.length === 0) return { kind: 'nothing', text: translate('doctor.terminal.ended') };
      const options = { appVersion, showAddresses };
      const isFine = runs.every(({ state }) => state === 'fine');
      return { kind: 'examined', isFine, text: reportText(runs, inWords(), options), json: reportJson(runs, options) };
    },
  };
}

function isSameAddress(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
