import { describe, expect, it } from 'vitest';

import { proxyItemName } from '../../../electron/main/auth/vault.ts';
import { isTokenItemName } from '../../../electron/main/auth/token-ref.ts';
import { VaultBench } from './vault-bench.ts';

describe("a proxy's password", () => {
  it('is in the keyring for the next run, and gone from it when it is no longer needed', async () => {
    const bench = new VaultBench();
    await bench.start().proxyPassword.write('mellon');
    expect(bench.keyring.texts.get(proxyItemName)).toBe('mellon');
    const next = bench.start().proxyPassword;
    expect(await next.read()).toBe('mellon');
    await next.write(null);
    expect(bench.keyring.texts.has(proxyItemName)).toBe(false);
    expect(await next.read()).toBeNull();
  });

  it('stays in memory where tokens do', async () => {
    const bench = new VaultBench();
    const { proxyPassword } = bench.start(true);
    await proxyPassword.write('mellon');
    expect(await proxyPassword.read()).toBe('mellon');
    expect(bench.keyring.calls).toBe(0);
  });

  it('is used in this run where the keyring can’t take it, which is said', async () => {
    const bench = new VaultBench();
    bench.keyring.mode = 'broken';
    const { proxyPassword } = bench.start();
    await expect(proxyPassword.write('mellon')).rejects.toMatchObject({ name: 'KeyringFailure' });
    expect(await proxyPassword.read()).toBe('mellon');
    expect(await bench.start().proxyPassword.read()).toBeNull();
  });

  it('goes when everything is removed', () => {
    expect(isTokenItemName(proxyItemName)).toBe(true);
  });
});
