/** Chances from a seed: the same seed gives the same ones. */
export interface Random {
  /** A whole number of 0 to `limit` - 1. */
  below(limit: number): number;
  /** True in this share (0..1) of the cases. */
  chance(share: number): boolean;
  /** One of them, which must not be none. */
  of<T>(choices: readonly T[]): T;
}

/** Mulberry32: small, fast, good enough to make nonsense. `seed`: a whole number. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
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
