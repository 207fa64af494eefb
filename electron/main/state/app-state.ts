import { isDeepStrictEqual } from 'node:util';
import type { AppSnapshot } from '../../shared/snapshot.ts';
import { selectStatus, selectTotalUnread } from './select-snapshot.ts';

/** What the rest of main contributes; totals, status and revision are worked out here. */
export type SnapshotParts = Omit<AppSnapshot, 'revision' | 'totalUnread' | 'status'>;

export interface AppStateDeps {
  /** Reads the parts as they are now. */
  readonly collect: () => SnapshotParts;
}

/** Holds the one snapshot. Many changes in one turn of the event loop become one snapshot. */
export class AppState {
  readonly #deps: AppStateDeps;
  readonly #listeners = new Set<(snapshot: AppSnapshot) => void>();
  #snapshot: AppSnapshot;
  #scheduled = false;

  constructor(deps: AppStateDeps) {
    this.#deps = deps;
    this.#snapshot = complete(deps.collect(), 1);
  }

  /** The newest snapshot, changes of this turn included. */
  get snapshot(): AppSnapshot {
    this.#refresh();
    return this.#snapshot;
  }

  /** Calls back with each newer snapshot, never with one that equals the last. Returns the unsubscribe. */
  subscribe(listener: (snapshot: AppSnapshot) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Something has changed; the snapshot is made anew at the end of this turn. */
  touch(): void {
    if (!this.#scheduled) {
      this.#scheduled = true;
      queueMicrotask(() => {
        this.#scheduled = false;
        this.#refresh();
      });
    }
  }

  #refresh(): void {
    const next = complete(this.#deps.collect(), this.#snapshot.revision);
    if (isDeepStrictEqual(next, this.#snapshot)) {
      return;
    }
    this.#snapshot = { ...next, revision: this.#snapshot.revision + 1 };
    for (const listener of this.#listeners) {
      listener(this.#snapshot);
    }
  }
}

function complete(parts: SnapshotParts, revision: number): AppSnapshot {
  return {
    ...parts,
    revision,
    totalUnread: selectTotalUnread(parts.accounts),
    status: selectStatus(parts.accounts),
  };
}
