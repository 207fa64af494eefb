import type { DoctorRun } from '../../shared/doctor.ts';
import type { AccountRecord } from '../../shared/settings.ts';
import { examine } from './examination.ts';
import type { ExaminationDeps } from './examination-step.ts';

/** Who wants to know: one object for each window or terminal, told apart by itself. `kind` is for whoever debugs. */
export interface DoctorAsker {
  readonly kind: 'window' | 'terminal';
}

export interface ConnectionDoctorDeps extends ExaminationDeps {
  readonly find: (accountId: string) => AccountRecord | null;
  readonly onChange: () => void;
}

interface Active {
  readonly abort: AbortController;
  readonly askers: Set<DoctorAsker>;
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
    for (const accountId of this.#runs.keys()) {
      if (this.#deps.find(accountId) === null) this.#runs.delete(accountId);
    }
    return [...this.#runs.values()];
  }

  /**
   * Begins an examination, or joins the one under way. Resolves with its end; null where there is no such account.
   * Never rejects.
   */
  async examine(accountId: string, asker: DoctorAsker): Promise<DoctorRun | null> {
    const ending = this.#active.get(accountId);
    // What somebody else has just given up says nothing to who asks now.
    if (ending?.abort.signal.aborted === true) await ending.done;
    const record = this.#deps.find(accountId);
    if (record === null || this.#isDisposed) return null;
    const active = this.#active.get(accountId) ?? this.#begin(record);
    active.askers.add(asker);
    return active.done;
  }

  /** Ends what is under way for an account, unless somebody else waits for it too; what was found so far stays. */
  cancel(accountId: string, asker: DoctorAsker): void {
    const active = this.#active.get(accountId);
    if (active !== undefined) leaveOne(active, asker);
  }

  /** Whoever asked has gone: what nobody else waits for ends. */
  leave(asker: DoctorAsker): void {
    for (const active of this.#active.values()) leaveOne(active, asker);
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
    const active: Active = { abort, askers: new Set(), done };
    this.#active.set(record.id, active);
    return active;
  }
}

function leaveOne({ abort, askers }: Active, asker: DoctorAsker): void {
  if (askers.delete(asker) && askers.size === 0) abort.abort();
}
