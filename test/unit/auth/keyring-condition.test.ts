import { beforeEach, describe, expect, it } from 'vitest';
import { keyringPauseMs } from '../../../electron/main/auth/keyring-gate.ts';
import { keyringTryPausesMs } from '../../../electron/main/auth/keyring-tries.ts';
import type { KeyringCondition } from '../../../electron/main/auth/secret-store.ts';
import { settle } from '../../support/fake-clock.ts';
import { ada, cacheOf, lin, present, VaultBench } from './vault-bench.ts';

/** Until an operation at a keyring that calls itself ready has been given up. */
const allTriesMs = keyringTryPausesMs.reduce((sum, ms) => sum + ms);

let bench: VaultBench;

beforeEach(() => {
  bench = new VaultBench({ hasStore: true });
});

const codeOf = (vault: ReturnType<VaultBench['start']>): string => {
  const state = vault.state();
  return state.kind === 'unavailable' ? state.error.code : state.kind;
};

describe('a keyring that says itself what it is', () => {
  it.each<[KeyringCondition, string]>([
    ['locked', 'keyring-locked'],
    ['absent', 'keyring-unavailable'],
    ['ready', 'keyring-unavailable'],
    ['unknown', 'keyring-unavailable'],
  ])('is believed before the text of an error: %s', async (condition, code) => {
    bench.keyring.mode = 'broken';
    bench.store.condition = condition;
    const vault = bench.start();
    const refused = expect(vault.tokens.read(ada)).rejects.toMatchObject({ info: { code } });
    await bench.clock.advance(allTriesMs);
    await refused;
    expect(codeOf(vault)).toBe(code);
  });

  it('is given time when it fails for an instant as it opens, and that is no alarm', async () => {
    const vault = await bench.startWithTokens();
    const states: string[] = [];
    vault.onChange(({ kind }) => states.push(kind));
    bench.lock();
    bench.keyring.failures = keyringTryPausesMs.length;
    bench.unlock();
    await bench.clock.advance(allTriesMs);
    expect([states, bench.notices]).toEqual([['locked', 'ready'], []]);
  });

  it('is not tried for ever when it fails whatever it says', async () => {
    const vault = await bench.startWithTokens();
    bench.lock();
    bench.keyring.mode = 'broken';
    const calls = bench.keyring.calls;
    bench.store.tell('ready');
    await bench.clock.advance(allTriesMs);
    expect(codeOf(vault)).toBe('keyring-lost');
    await bench.clock.advance(keyringPauseMs);
    expect(bench.keyring.calls).toBe(calls + 1 + keyringTryPausesMs.length);
  });

  it('loses nothing of what is written as it fails for an instant', async () => {
    const vault = await bench.startWithTokens();
    bench.keyring.failures = 2;
    const written = vault.tokens.write(ada, cacheOf('newer'));
    await bench.clock.advance(allTriesMs);
    await written;
    expect(bench.kept()).toContain('newer');
    expect(bench.notices).toEqual([]);
  });

  it('is left alone at once when the vault goes between two tries', async () => {
    const vault = await bench.startWithTokens();
    bench.lock();
    bench.keyring.mode = 'broken';
    bench.store.tell('ready');
    await settle();
    const calls = bench.keyring.calls;
    vault.dispose();
    expect(bench.clock.pending).toBe(0);
    await settle();
    expect(bench.keyring.calls).toBe(calls);
  });

  it('is used again at once when it is unlocked, and what waited is saved', async () => {
    const vault = await bench.startWithTokens();
    bench.lock();
    await vault.tokens.write(ada, cacheOf('newer'));
    expect([codeOf(vault), bench.notices.map(({ kind }) => kind)]).toEqual(['keyring-locked', ['save-failed']]);
    bench.unlock();
    await settle();
    expect([codeOf(vault), bench.notices.map(({ kind }) => kind)]).toEqual([
      'ready',
      ['save-failed', 'save-recovered'],
    ]);
    expect(bench.kept()).toContain('newer');
  });

  it('is no alarm when it is locked with everything saved, and none when it opens', async () => {
    const vault = await bench.startWithTokens();
    const calls = bench.keyring.calls;
    bench.lock();
    expect(codeOf(vault)).toBe('locked');
    expect(await vault.tokens.read(ada)).toEqual(present('ada'));
    expect([bench.notices, bench.keyring.calls]).toEqual([[], calls]);
    bench.unlock();
    await settle();
    expect(codeOf(vault)).toBe('ready');
  });

  it('gets no dialog from work that nobody asked for, however long it stays locked', async () => {
    const vault = await bench.startWithTokens();
    bench.lock();
    const calls = bench.keyring.calls;
    for (let hour = 0; hour < 12; hour += 1) {
      await vault.tokens.write(ada, cacheOf(`hour ${hour}`));
      await bench.clock.advance(keyringPauseMs * 12);
    }
    expect([bench.keyring.calls, codeOf(vault)]).toEqual([calls, 'keyring-locked']);
    expect(bench.notices.map(({ kind }) => kind)).toEqual(['save-failed']);
    expect(await vault.tokens.read(ada)).toEqual(present('hour 11'));
  });

  it('may ask once at the start, when it is locked already', async () => {
    await bench.startWithTokens();
    bench.lock();
    const vault = bench.start();
    bench.store.tell('locked');
    const calls = bench.keyring.calls;
    await expect(vault.tokens.read(ada)).rejects.toMatchObject({ info: { code: 'keyring-locked' } });
    expect(bench.keyring.calls).toBe(calls + 1);
    await bench.clock.advance(keyringPauseMs);
    await expect(vault.tokens.read(ada)).rejects.toMatchObject({ info: { code: 'keyring-locked' } });
    expect(bench.keyring.calls).toBe(calls + 1);
    bench.unlock();
    await settle();
    expect(await vault.tokens.read(ada)).toEqual(present('ada'));
  });

  it('is told to have stopped when it goes, and used again when it is back', async () => {
    const vault = await bench.startWithTokens();
    bench.keyring.mode = 'broken';
    bench.store.tell('absent');
    expect(codeOf(vault)).toBe('keyring-lost');
    await vault.tokens.write(lin, cacheOf('newer'));
    bench.unlock();
    await settle();
    expect(codeOf(vault)).toBe('ready');
    expect(bench.kept()).toContain('newer');
  });

  it('turns from absent to locked, and nothing is lost on the way', async () => {
    bench.keyring.mode = 'broken';
    bench.store.condition = 'absent';
    const vault = bench.start();
    await vault.probe();
    expect(codeOf(vault)).toBe('keyring-unavailable');
    bench.lock();
    expect(codeOf(vault)).toBe('keyring-locked');
    bench.unlock();
    await settle();
    expect(codeOf(vault)).toBe('ready');
  });

  it.each<KeyringCondition>(['ready', 'locked', 'absent'])(
    'doesn’t end what the person chose, nor a silence: %s',
    async (condition) => {
      const chosen = bench.start(true);
      const untouched = bench.start();
      bench.store.tell(condition);
      await settle();
      expect([chosen.state().kind, untouched.state().kind, bench.keyring.calls]).toEqual([
        'session-only',
        'unknown',
        0,
      ]);
    },
  );

  it('is heard no more when the vault has gone', async () => {
    const vault = await bench.startWithTokens();
    vault.dispose();
    bench.store.tell('absent');
    expect([vault.state().kind, bench.store.listeners]).toEqual(['ready', 0]);
  });
});
