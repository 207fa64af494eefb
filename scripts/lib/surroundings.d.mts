import type { Use } from './system-needs.mjs';

export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  /** null on Windows, which has none. */
  readonly uid: number | null;
}

export function surroundings(): Surroundings;
export function hasDisplay(here: Surroundings): boolean;
export function useOfDemo(args: readonly string[], here: Surroundings): Use;
export function whyNotStart(here: Surroundings): string | null;
