import { beforeEach, describe, expect, it } from 'vitest';
import { keyringLimitMs, keyringPauseMs } from '../../../electron/main/auth/keyring-gate.ts';
import { settle } from '../../support/fake-clock.ts';
import { ada, cacheOf, lin, present, VaultBench } from './vault-bench.ts';

let bench: VaultBench;

beforeEach(() => {
  bench = new VaultBench();
});

const isSettled = async (running: Promise<unknown>): Promise<boolean> => {
  let settled = false;
  const note = (): void => {
    settled = true;
  };
  running.then(note, note);
  await settle();
  return settled;
};

describe('a keyring that does not work', () => {
  it('is asked by background work once in 5 minutes, for all accounts together', async () => {
    await bench.startWithTokens();
    bench.keyring.mode = 'locked';
    const vault = bench.start();
    await expect(vault.tokens.read(ada)).rejects.toMatchObject({ info: { code: 'keyring-locked' } });
    const calls = bench.keyring.calls;
    await bench.clock.advance(keyringPauseMs - 1);
    for (const ref of [ada, lin, ada, lin]) {
      await expect(vault.tokens.read(ref)).rejects.toMatchObject({ info: { code: 'keyring-locked' } });
    }
    expect(bench.keyring.calls).toBe(calls);

    await bench.clock.advance(1);
    await Promise.allSettled([vault.tokens.read(ada), vault.tokens.read(lin)]);
    await expect(vault.tokens.read(ada)).rejects.toThrow('keyring-locked');
    expect(bench.keyring.calls).toBe(calls + 1);

    bench.keyring.mode = 'ready';
    await bench.clock.advance(keyringPauseMs);
    expect(await vault.tokens.read(ada)).toEqual(present('ada'));
  });

  it('is asked at once when the person asks', async () => {
    await bench.startWithTokens();
    bench.keyring.mode = 'locked';
    const vault = bench.start();
    await expect(vault.tokens.read(ada)).rejects.toThrow('keyring-locked');
    bench.keyring.mode = 'ready';
    await vault.tokens.remove(lin);
    expect(await vault.tokens.read(ada)).toEqual(present('ada'));

    bench.keyring.mode = 'broken';
    expect(await vault.probe()).toMatchObject({ kind: 'unavailable' });
    bench.keyring.mode = 'ready';
    expect(await vault.retry()).toEqual({ kind: 'ready' });
  });

  it('is not shunned longer because the clock was set back', async () => {
    await bench.startWithTokens();
    bench.keyring.mode = 'locked';
    const vault = bench.start();
    await expect(vault.tokens.read(ada)).rejects.toThrow('keyring-locked');
    bench.keyring.mode = 'ready';
    await bench.clock.advance(-86_400_000);
    expect(await vault.tokens.read(ada)).toEqual(present('ada'));
  });

  it('costs nobody the tokens that memory has', async () => {
    const vault = await bench.startWithTokens();
    bench.keyring.mode = 'broken';
    await vault.probe();
    await vault.tokens.write({ ...ada, item: 'another' }, cacheOf('other'));
    expect(await vault.tokens.read(ada)).toEqual(present('ada'));
    expect(await vault.tokens.read({ ...ada, item: 'another' })).toEqual(present('other'));
  });

  it('gets one dialog, however many wait behind it', async () => {
    await bench.startWithTokens();
    const vault = bench.start();
    const release = bench.raiseDialog();
    const before = bench.keyring.calls;
    for (let turn = 0; turn < 5; turn += 1) {
      const looked = vault.retry();
      await bench.clock.advance(keyringLimitMs);
      expect(await looked).toMatchObject({ kind: 'unavailable', error: { code: 'keyring-locked' } });
    }
    expect(bench.keyring.calls - before).toBe(1);
    release();
    await settle();
    expect(vault.state()).toEqual({ kind: 'ready' });
    expect(bench.keyring.calls - before).toBe(1);
  });
});

describe('quitting', () => {
  it('asks nothing of a keyring that is not ready', async () => {
    const vault = await bench.startWithTokens();
    bench.keyring.mode = 'locked';
    await vault.probe();
    await vault.tokens.write(ada, cacheOf('newer'));
    const calls = bench.keyring.calls;
    await bench.clock.advance(keyringPauseMs);
    await vault.flush();
    const untouched = bench.start();
    await untouched.flush();
    expect(bench.keyring.calls).toBe(calls);
  });

  it('waits 2 s at most for a keyring that has begun to ask the person', async () => {
    const vault = await bench.startWithTokens();
    const release = bench.raiseDialog();
    const written = vault.tokens.write(ada, cacheOf('newer'));
    await settle();
    const flushed = vault.flush();
    await bench.clock.advance(1_999);
    expect(await isSettled(flushed)).toBe(false);
    await bench.clock.advance(1);
    expect(await isSettled(flushed)).toBe(true);
    vault.dispose();
    await written;
    expect(bench.clock.pending).toBe(0);
    // Its thread keeps the process from ending by itself.
    expect(vault.isBusy()).toBe(true);
    release();
    await settle();
    expect(vault.isBusy()).toBe(false);
  });

  it('lets a save end that is under way, and saves what failed before', async () => {
    const vault = await bench.startWithTokens();
    bench.keyring.writeError = new Error('ENOSPC: no space left on device, write');
    await vault.tokens.write(ada, cacheOf('newer'));
    bench.keyring.writeError = null;
    const release = bench.raiseDialog();
    const written = vault.tokens.write(lin, cacheOf('newest'));
    await settle();
    const flushed = vault.flush();
    expect(await isSettled(flushed)).toBe(false);
    release();
    await Promise.all([flushed, written]);
    expect(bench.kept()).toContain('newer');
    expect(bench.kept()).toContain('newest');
  });
});

describe('a removal that fails', () => {
  it.each(['locked', 'broken'] as const)('leaves the tokens where they were: %s', async (mode) => {
    const vault = await bench.startWithTokens();
    bench.keyring.mode = mode;
    await expect(vault.tokens.remove(ada)).rejects.toThrow('keyring');
    expect(await vault.tokens.read(ada)).toEqual(present('ada'));
    bench.keyring.mode = 'ready';
    await vault.retry();
    await vault.tokens.write(lin, cacheOf('newer'));
    expect(await vault.tokens.read(ada)).toEqual(present('ada'));
    expect(await bench.start().tokens.read(ada)).toEqual(present('ada'));
  });

  it('has no effect when the dialog is answered later', async () => {
    const vault = await bench.startWithTokens();
    for (const ref of [lin, ada]) {
      const release = bench.raiseDialog();
      const removed = vault.tokens.remove(ref);
      const outcome = expect(removed).rejects.toMatchObject({ info: { code: 'keyring-locked' } });
      await bench.clock.advance(keyringLimitMs);
      await outcome;
      release();
      await settle();
    }
    expect(vault.state()).toEqual({ kind: 'ready' });
    await vault.flush();
    expect(await vault.tokens.read(ada)).toEqual(present('ada'));
    expect(await bench.start().tokens.read(ada)).toEqual(present('ada'));
    expect(await bench.start().tokens.read(lin)).toEqual(present('lin'));
  });

  it('keeps what a renewal brings meanwhile; one that succeeds does not', async () => {
    const vault = await bench.startWithTokens();
    for (const mode of ['locked', 'ready'] as const) {
      const release = bench.raiseDialog();
      const removed = vault.tokens.remove(ada);
      await settle();
      const renewed = vault.tokens.update(ada, cacheOf('renewed'));
      bench.keyring.mode = mode;
      release();
      const [outcome] = await Promise.allSettled([removed, renewed]);
      await vault.flush();
      expect(outcome.status).toBe(mode === 'locked' ? 'rejected' : 'fulfilled');
      expect(vault.tokens.peek(ada)).toBe(mode === 'locked' ? cacheOf('renewed') : null);
      bench.keyring.mode = 'ready';
      await vault.retry();
    }
    await vault.tokens.update(ada, cacheOf('too late'));
    expect(bench.kept()).not.toContain('common/ada');
    expect(bench.kept()).toContain('lin');
  });
});

describe('a keyring that is unlocked by the question itself', () => {
  it('is read again, not taken for empty', async () => {
    await bench.startWithTokens();
    const vault = bench.start();
    await vault.probe();
    bench.keyring.mode = 'locked';
    bench.keyring.onVerify = () => {
      bench.keyring.mode = 'ready';
    };
    expect(await vault.tokens.read(ada)).toEqual(present('ada'));
  });
});
