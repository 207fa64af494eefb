/** A thing of the system, met when any of `names` is there; `packages` are the names to try, newest first. */
export interface Need {
  kind: 'library' | 'program' | 'file' | 'font';
  names: string[];
  packages: string[];
}

/** Names of programs: the browsers that people have. */
export const browsers: string[];

/** Names of programs: Chromium without its surface, then {@link browsers}. */
export const headlessBrowsers: string[];

export type Use = 'none' | 'start' | 'demo-on-display' | 'headless' | 'bench' | 'tests' | 'package';

export function needsOf(use: Use): Need[];
