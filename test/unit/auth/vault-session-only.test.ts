import { beforeEach, describe, expect, it } from 'vitest';
import { keyringLimitMs } from '../../../electron/main/auth/keyring-gate.ts';
import { settle } from '../../support/fake-clock.ts';
import { ada, cacheOf, lin, present, VaultBench } from './vault-bench.ts';

let bench: VaultBench;

beforeEach(() => {
  bench = new VaultBench();
});

describe('session-only', () => {
  it('stays so, with its tokens, when the keyring still cannot be had, and says that', async () => {
    const vault = bench.start(true);
    const seen: string[] = [];
    vault.onChange(({ kind }) => seen.push(kind));
    await vault.tokens.write(ada, cacheOf('ada'));
    bench.keyring.mode = 'locked';
    expect(await vault.retry()).toMatchObject({ kind: 'unavailable', error: { code: 'keyring-locked' } });
    expect(vault.state()).toEqual({ kind: 'session-only' });
    expect(await vault.tokens.read(ada)).toEqual(present('ada'));
    bench.keyring.mode = 'ready';
    expect(await vault.retry()).toEqual({ kind: 'ready' });
    await vault.flush();
    expect(await bench.start().tokens.read(ada)).toEqual(present('ada'));
    expect(seen).toEqual(['ready']);
  });

  it('ends when the person answers the dialog late, unless they chose it again meanwhile', async () => {
    const vault = bench.start(true);
    for (const choosesAgain of [true, false]) {
      const release = bench.raiseDialog();
      const looked = vault.retry();
      await bench.clock.advance(keyringLimitMs);
      expect(await looked).toMatchObject({ kind: 'unavailable' });
      if (choosesAgain) vault.useSessionOnly();
      release();
      await settle();
      expect(vault.state().kind).toBe(choosesAgain ? 'session-only' : 'ready');
    }
  });

  it('chosen while a save waits keeps that save out of the keyring', async () => {
    const vault = bench.start();
    const release = bench.raiseDialog();
    const written = vault.tokens.write(ada, cacheOf('ada'));
    await settle();
    vault.useSessionOnly();
    release();
    await written;
    expect(bench.kept()).toBe('');
    expect(await vault.tokens.read(ada)).toEqual(present('ada'));
  });

  it('deletes what the keyring has of a removed account, of nobody else, and writes nothing of its own', async () => {
    await bench.startWithTokens();
    const vault = bench.start(true);
    await vault.tokens.write(lin, cacheOf('in memory'));
    await vault.tokens.remove(ada);
    expect(bench.kept()).not.toContain('common/ada');
    expect(bench.kept()).not.toContain('in memory');
    expect(await bench.start().tokens.read(lin)).toEqual(present('lin'));
    await vault.tokens.remove(lin);
    expect(bench.keyring.texts.size).toBe(0);
    expect(bench.notices).toEqual([]);
  });

  it('says that a locked keyring still has them, and deletes them when it is ready', async () => {
    await bench.startWithTokens();
    const vault = bench.start(true);
    await vault.tokens.write(lin, cacheOf('in memory'));
    bench.keyring.mode = 'locked';
    await vault.tokens.remove(ada);
    expect(bench.notices).toMatchObject([{ kind: 'deletion-waits', error: { code: 'keyring-locked' } }]);
    expect(await vault.tokens.read(ada)).toMatchObject({ kind: 'absent' });
    bench.keyring.mode = 'ready';
    await vault.retry();
    await vault.flush();
    expect(bench.kept()).not.toContain('common/ada');
    expect(await bench.start().tokens.read(lin)).toEqual(present('in memory'));
    expect(bench.notices.map(({ kind }) => kind)).toEqual(['deletion-waits', 'deletion-done']);
  });

  it('removes accounts in silence where there is no keyring at all', async () => {
    bench.keyring.mode = 'broken';
    const vault = bench.start(true);
    await vault.tokens.write(ada, cacheOf('ada'));
    await vault.tokens.remove(ada);
    expect(vault.tokens.peek(ada)).toBeNull();
    expect(bench.notices).toEqual([]);
  });

  it('says it after a removal, though, when a keyring that worked before has stopped', async () => {
    await bench.startWithTokens();
    const vault = bench.start();
    await vault.tokens.read(ada);
    vault.useSessionOnly();
    bench.keyring.mode = 'broken';
    await vault.tokens.remove(ada);
    expect(bench.notices).toMatchObject([{ kind: 'deletion-waits', error: { code: 'keyring-lost' } }]);
  });
});
