import { beforeEach, describe, expect, it } from 'vitest';
import { ada, cacheOf, lin, present, VaultBench } from './vault-bench.ts';

let bench: VaultBench;

beforeEach(() => {
  bench = new VaultBench();
});

const sam = { item: 'item', partition: 'common/sam' };

describe('two Tidings on one keyring item', () => {
  it('take nothing from each other, whoever writes last', async () => {
    await bench.startWithTokens();
    const [one, other] = [bench.start(), bench.start()];
    await Promise.all([one.tokens.read(ada), other.tokens.read(lin)]);
    await one.tokens.write(ada, cacheOf('newer'));
    await other.tokens.write(sam, cacheOf('sam'));
    await one.tokens.write(ada, cacheOf('newest'));
    const third = bench.start();
    expect(await third.tokens.read(ada)).toEqual(present('newest'));
    expect(await third.tokens.read(lin)).toEqual(present('lin'));
    expect(await third.tokens.read(sam)).toEqual(present('sam'));
  });

  it('bring nothing back that the other removed', async () => {
    await bench.startWithTokens();
    const [one, other] = [bench.start(), bench.start()];
    await Promise.all([one.tokens.read(ada), other.tokens.read(lin)]);
    await one.tokens.remove(lin);
    await other.tokens.write(ada, cacheOf('newer'));
    expect(bench.kept()).not.toContain('lin');
    await one.tokens.remove(ada);
    expect(bench.keyring.texts.size).toBe(0);
  });

  it('keep what a newer version wrote, whole, and ask the person once', async () => {
    await bench.startWithTokens();
    const newer = '{"version":2,"accounts":[{"id":"ada","secret":"a token in a new place"}]}';
    bench.keyring.texts.set('item', newer);
    const vault = bench.start();
    expect(await vault.tokens.read(ada)).toEqual({ kind: 'absent', isDamaged: true });
    expect(bench.keyring.texts.get('item.damaged')).toBe(newer);
    await vault.tokens.write(ada, cacheOf('anew'));
    expect(await bench.start().tokens.read(ada)).toEqual(present('anew'));
    expect(bench.notices.map(({ kind }) => kind)).toEqual(['cache-set-aside']);
  });
});
