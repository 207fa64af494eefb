import { describe, expect, it, vi } from 'vitest';

import { proxyItemName } from '../../../electron/main/auth/vault.ts';
import { isTokenItemName } from '../../../electron/main/auth/token-ref.ts';
import { VaultBench } from './vault-bench.ts';

/** The bench's vaults have no folder. */
const itemName = proxyItemName('');

describe("a proxy's password", () => {
  it('is in the keyring for the next run, and gone from it when it is no longer needed', async () => {
    const bench = new VaultBench();
    await bench.start().proxyPassword.write('mellon');
    expect(bench.keyring.texts.get(itemName)).toBe('mellon');
    const next = bench.start().proxyPassword;
    expect(await next.read()).toBe('mellon');
    await next.erase();
    expect(bench.keyring.texts.has(itemName)).toBe(false);
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
    bench.keyring.mode = 'ready';
    expect(await bench.start().proxyPassword.read()).toBeNull();
  });

  it('that couldn’t be kept is, as soon as the keyring is ready', async () => {
    const bench = new VaultBench();
    bench.keyring.mode = 'broken';
    const vault = bench.start();
    await expect(vault.proxyPassword.write('mellon')).rejects.toMatchObject({ name: 'KeyringFailure' });
    bench.keyring.mode = 'ready';
    await vault.retry();
    await vi.waitFor(() => expect(bench.keyring.texts.get(itemName)).toBe('mellon'));
  });

  it('of a session that was to keep nothing is kept once the person finds a keyring', async () => {
    const bench = new VaultBench();
    const vault = bench.start(true);
    await vault.proxyPassword.write('mellon');
    await vault.retry();
    await vi.waitFor(() => expect(bench.keyring.texts.get(itemName)).toBe('mellon'));
  });

  it('that can’t be read is told from none', async () => {
    const bench = new VaultBench();
    await bench.start().proxyPassword.write('mellon');
    bench.keyring.mode = 'locked';
    await expect(bench.start().proxyPassword.read()).rejects.toMatchObject({ name: 'KeyringFailure' });
    expect(await new VaultBench().start().proxyPassword.read()).toBeNull();
  });

  it('is asked for once by all who wait for it', async () => {
    const bench = new VaultBench();
    const release = bench.raiseDialog();
    const { proxyPassword } = bench.start();
    const reads = Promise.all([proxyPassword.read(), proxyPassword.read()]);
    release();
    expect(await reads).toEqual([null, null]);
    // The look, and one reading.
    expect(bench.keyring.calls).toBe(2);
  });

  it('is deleted without a dialog: later, where the keyring is locked', async () => {
    const bench = new VaultBench({ hasStore: true });
    bench.unlock();
    await bench.start().proxyPassword.write('mellon');
    bench.lock();
    const vault = bench.start();
    const { calls } = bench.keyring;
    await vault.proxyPassword.erase();
    expect(bench.keyring.calls).toBe(calls);
    expect(vault.state()).toEqual({ kind: 'unknown' });
    expect(await vault.proxyPassword.read()).toBeNull();
    bench.unlock();
    await vault.probe();
    await vi.waitFor(() => expect(bench.keyring.texts.has(itemName)).toBe(false));
  });

  it('isn’t taken for deleted by a keyring that was locked and didn’t say so', async () => {
    const bench = new VaultBench();
    const vault = bench.start();
    await vault.proxyPassword.write('mellon');
    bench.keyring.mode = 'locked';
    await vault.proxyPassword.erase();
    bench.keyring.mode = 'ready';
    await vault.retry();
    await vi.waitFor(() => expect(bench.keyring.texts.has(itemName)).toBe(false));
  });

  it('is each data folder’s own', () => {
    expect(proxyItemName('/home/ada/.config/Tidings/tokens')).not.toBe(proxyItemName('/tmp/demo/tokens'));
  });

  it('goes when everything is removed', () => {
    expect(isTokenItemName(itemName)).toBe(true);
  });
});
