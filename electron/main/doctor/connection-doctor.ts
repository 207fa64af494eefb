import type { DoctorRun } from '../../shared/doctor.ts';
import type { AccountRecord } from '../../shared/settings.ts';
import { examine } from './examination.ts';
import type { ExaminationDeps } from './examination-step.ts';

/** Who wants to know: a window stops what it asked for when it is closed, a terminal waits. */
export type DoctorClient = 'window' | 'terminal';

export interface ConnectionDoctorDeps extends ExaminationDeps {
  readonly find: (accountId: string) => AccountRecord | null;
  readonly onChange: () => void;
}

interface Active {
  readonly abort: AbortController;
  readonly clients: Set<DoctorClient>;
  readonly done: Promise<DoctorRun>;
}

/** Examines accounts, one examination an account at a time, and keeps what the last one found. */
export class ConnectionDoctor {
  readonly #deps: ConnectionDoctorDeps;
  readonly #runs = new Map<string, DoctorRun>();
  readonly #active = new Map<string, Active>();
  #isDisposed = false;

  constructor(deps: ConnectionDoctorDeps) {
    this.#deps = deps;
  }

  /** The last examination of each account there is, finished or not. */
  runs(): readonly DoctorRun[] {
    return [...this.#runs.values()].filter(({ accountId }) => this.#deps.find(accountId) !== null);
  }

  /**
   * Begins an examination, or joins the one under way. Resolves with its end; null where there is no such account.
   * Never rejects.
   */
  async examine(accountId: string, client: DoctorClient): Promise<DoctorRun | null> {
    const record = this.#deps.find(accountId);
    if (record === null || this.#isDisposed) return null;
    const active = this.#active.get(accountId) ?? this.#begin(record);
    active.clients.add(client);
    return active.done;
  }

  /** Ends what is under way for an account; what was found so far stays. */
  cancel(accountId: string): void {
    this.#active.get(accountId)?.abort.abort();
  }

  /** Whoever asked has gone: what nobody else waits for ends. */
  leave(client: DoctorClient): void {
    for (const { abort, clients } of this.#active.values()) {
      if (clients.delete(client) && clients.size === 0) abort.abort();
    }
  }

  /** Ends everything; resolves when no connection is open, 2 s after that at the latest. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    const active = [...this.#active.values()];
    for (const { abort } of active) abort.abort();
    await Promise.all(active.map(({ done }) => done));
  }

  #begin(record: AccountRecord): Active {
    const abort = new AbortController();
    const onChange = (run: DoctorRun): void => {
      // The account was removed meanwhile, with its tokens.
      if (this.#deps.find(record.id) === null) abort.abort();
      this.#runs.set(record.id, run);
      this.#deps.onChange();
    };
    const done = examine(record, this.#deps, abort.signal, onChange).finally(() => {
      this.#active.delete(record.id);
    });
    const active: Active = { abort, clients: new Set(), done };
    this.#active.set(record.id, active);
    return active;
  }
}
