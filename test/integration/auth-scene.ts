import { afterEach, beforeEach } from 'vitest';

import type { AccountKey } from '../../electron/main/auth/auth-types.ts';
import { ada } from '../standin/people.ts';
import { accountOf, type Bench, type Run, startBench } from './auth-bench.ts';

export const fresh = { forceRefresh: true };
export const cached = { forceRefresh: false };

/** How a test of an account that is there already begins: a bench of its own, on which Ada has signed in. */
export interface AuthScene {
  readonly bench: Bench;
  readonly run: Run;
  /** Ada's. */
  readonly account: AccountKey;
  /** All that the keyring holds, as one text. */
  readonly kept: () => string;
}

/** Sets the scene for the file that calls it, once and outside of its tests; `prepare` comes before the sign-in. */
export function setAuthScene(prepare: (bench: Bench) => void = () => {}): AuthScene {
  let scene: { readonly bench: Bench; readonly run: Run; readonly account: AccountKey } | null = null;
  let started: Bench | null = null;
  beforeEach(async () => {
    const bench = await startBench();
    started = bench;
    prepare(bench);
    const run = bench.start();
    scene = { bench, run, account: accountOf(bench, await bench.signIn(run, ada)) };
  });
  afterEach(async () => {
    scene = null;
    await started?.dispose();
    started = null;
  });
  const current = () => {
    if (scene === null) throw new Error('there is no scene outside of a test');
    return scene;
  };
  return {
    get bench() {
      return current().bench;
    },
    get run() {
      return current().run;
    },
    get account() {
      return current().account;
    },
    kept: () => [...current().bench.keyring.texts.values()].join('\n'),
  };
}
