import { expect, it } from 'vitest';

import { keyringLimitMs } from '../../../electron/main/auth/keyring-gate.ts';
import { settle } from '../../support/fake-clock.ts';
import { ada, cacheOf, present, VaultBench } from './vault-bench.ts';

it('writes no token any more once everything is to be removed, but lets a write that has begun end', async () => {
  const bench = new VaultBench();
  const vault = await bench.startWithTokens();
  const answer = bench.raiseDialog();
  const writing = vault.tokens.write(ada, cacheOf('begun'));
  await settle();
  let hasStopped = false;
  const stopping = vault.stopKeeping().then(() => (hasStopped = true));
  await settle();
  expect(hasStopped).toBe(false);
  answer();
  await Promise.all([stopping, writing]);
  bench.keyring.texts.clear();

  await vault.tokens.update(ada, cacheOf('renewed'));
  await vault.flush();
  expect(bench.kept()).toBe('');
  expect(await vault.tokens.read(ada)).toEqual(present('renewed'));
});

it('doesn’t wait for a dialog that nobody answers for longer than for any other call', async () => {
  const bench = new VaultBench();
  const vault = await bench.startWithTokens();
  bench.raiseDialog();
  void vault.tokens.write(ada, cacheOf('begun'));
  await settle();
  let hasStopped = false;
  void vault.stopKeeping().then(() => (hasStopped = true));
  await bench.clock.advance(keyringLimitMs);
  expect(hasStopped).toBe(true);
});
