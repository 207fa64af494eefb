import { afterEach, describe, expect, it } from 'vitest';

import { FuzzBench } from '../fuzz/fuzz-bench.ts';
import type { Answers } from '../fuzz/fuzz-bench.ts';
import type { HostileImap } from '../fuzz/hostile-imap.ts';
import { mutationNames } from '../fuzz/mutations.ts';
import { fuzzSeed } from '../fuzz/random.ts';
import { sized } from '../support/size.ts';
import type { ProcessReport } from './imap-fuzz-host.ts';

const seed = fuzzSeed();
/** Mutated responses, and the connections that they must be spread over. */
const enough = { mutated: sized(2_000, 100_000), connections: sized(100, 500) };
const users = Array.from({ length: 12 }, (_, index) => `user${index}@contoso.example`);
/** The app's own is a hundred times as much: each response that is missing costs it. */
const patience = { greetingMs: 300, socketTimeoutMs: 300, lookMs: 3_000 };
/** No watcher coming back for so long means that one is stuck (ms). */
const standstillMs = 30_000;
const memoryAllowanceMiB = 150;
/** Time of the processor that answering a single response may take, ms. */
const longestTurnMs = 1_000;

let bench: FuzzBench | null = null;

afterEach(async () => {
  await bench?.dispose();
  bench = null;
});

describe(`watchers of a hostile server (TIDINGS_FUZZ_SEED=${seed})`, () => {
  // The full size takes minutes; a watcher that is stuck is known much sooner.
  it(
    `survive ${enough.mutated} mutated responses, and are right once it is honest`,
    { timeout: 3_600_000 },
    async () => {
      bench = await FuzzBench.start({ seed, users, patience, timeScale: 30_000 });
      const { before, server } = bench;
      server.honest = false;
      server.cut();
      const answers = await bench.whileAsking(fuzzed(server));
      await bench.expectRecovery();
      const after = await bench.process();
      console.log(summary(server, before, after, answers));
      expect(after.problems).toEqual([]);
      expect([...server.counts.keys()].toSorted()).toEqual(mutationNames.toSorted());
      expect(answers.longestTurnMs).toBeLessThanOrEqual(longestTurnMs);
      expect(after.peakMiB - before.rssMiB).toBeLessThanOrEqual(memoryAllowanceMiB);
      await bench.stop();
    },
  );
});

/** Resolves when enough was mutated; rejects when no more of it happens, because no watcher comes back. */
async function fuzzed(server: HostileImap): Promise<void> {
  while (server.mutated < enough.mutated || server.connections < enough.connections) {
    const { mutated } = server;
    await server.happened.until(
      () => server.mutated > mutated || undefined,
      () => `more than ${mutated} mutated responses on ${server.connections} connections`,
      standstillMs,
    );
  }
}

function summary(server: HostileImap, before: ProcessReport, after: ProcessReport, answers: Answers): string {
  const { responses, mutated, connections } = server;
  return (
    `${mutated} of ${responses} responses mutated on ${connections} connections; ` +
    `memory ${before.rssMiB} MiB, at most ${after.peakMiB} MiB; ` +
    `slowest answer ${answers.slowestMs} ms, longest turn ${answers.longestTurnMs} ms`
  );
}
