import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { testsLeftOut } from './scripts/lib/platforms.mjs';
import { LongestFirst } from './test/support/longest-first.ts';

export default defineConfig({
  test: {
    // A test that hides a race by running again is worse than one that fails.
    retry: 0,
    // Two a core: most tests wait for programs that they have started (a run kept two cores busy by half).
    maxWorkers: 2 * availableParallelism(),
    sequence: { sequencer: LongestFirst },
    passWithNoTests: false,
    exclude: [...configDefaults.exclude, ...testsLeftOut()],
    allowOnly: false,
    // Vitest's own second would make a poll depend on the machine's speed.
    expect: { poll: { timeout: 60_000 } },
    projects: [
      {
        extends: true,
        // A limit that only a hanging test reaches, also on a slow machine and at the full sizes.
        test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'], testTimeout: 300_000 },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: ['test/preview/renderer-once.ts'],
          // Real sockets, processes and a real `npm ci`: a limit that only a hanging test reaches.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          // Each file has a desktop of its own, and mostly waits for what a person would wait for.
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          // Most rows wait for somebody's patience to end, which takes no CPU: side by side, and long.
          maxConcurrency: 20,
          testTimeout: 400_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'package',
          include: ['test/package/**/*.test.ts'],
          // As above; packages of 230 MB are unpacked besides, and several at once would fill a small disk.
          maxWorkers: 2,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
