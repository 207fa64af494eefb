import type { Pin } from './stop-gap.mjs';

/** An installed Electron runtime. */
export interface ElectronRuntime {
  /** `stop-gap`: the unofficial, pinned one, for tests and running from source only. */
  readonly kind: 'official' | 'stop-gap';
  /** Electron's version, e.g. `45.4.1`. */
  readonly version: string;
  /** What ELECTRON_OVERRIDE_DIST_PATH takes. Readable by every user when root set it up. */
  readonly directory: string;
  /** The program to start: `executable <folder of an app>`. */
  readonly executable: string;
}

/** The runtime that the set-up installed. Looks at the disk only; throws when there is none. */
export function resolveElectronRuntime(): ElectronRuntime;

/** The same, fetching one where none is: as stop-gap the package that is pinned. Throws when there is no way to get one. */
export function ensureElectronRuntime(options?: { pin?: Pin }): Promise<ElectronRuntime>;
