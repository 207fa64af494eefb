import { seeded } from '../support/seeded.ts';

/** Chances from a seed: the same seed gives the same ones. */
export interface Random {
  /** A whole number of 0 to `limit` - 1. */
  below(limit: number): number;
  /** True in this share (0..1) of the cases. */
  chance(share: number): boolean;
  /** One of them, which must not be none. */
  of<T>(choices: readonly T[]): T;
}

/** Small, fast, good enough to make nonsense. `seed`: a whole number. */
export function seededRandom(seed: number): Random {
  const next = seeded(seed);
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    chance: (share) => next() < share,
    of: (choices) => {
      const choice = choices[below(choices.length)];
      if (choice === undefined) throw new Error('Nothing to choose from');
      return choice;
    },
  };
}

/** The seed that was asked for (TIDINGS_FUZZ_SEED, to repeat a failure), or a new one. */
export function fuzzSeed(): number {
  const asked = process.env['TIDINGS_FUZZ_SEED'];
  return asked === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(asked);
}
