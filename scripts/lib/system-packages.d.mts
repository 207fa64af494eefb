import type { Need, Use } from './system-needs.mjs';

export function missingNeeds(needs: readonly Need[]): Promise<Need[]>;
export function installable(policy: string): Set<string>;
export function choosePackages(
  missing: readonly Need[],
  available: ReadonlySet<string>,
): { packages: string[]; unknown: Need[] };
export function ensureSystemPackages(use: Use): Promise<void>;
