/**
 * A process of its own that holds a token vault: libsecret connects to one message bus for a process's whole life.
 * Answers `[id, method, ...arguments]` from its parent with `[id, result]`.
 */
import { createTokenVault } from '../../electron/main/auth/vault.ts';
import type { VaultNotice } from '../../electron/main/auth/vault-notice.ts';
import { systemClock } from '../../electron/main/clock.ts';
import { recordingLog } from '../support/recording-log.ts';

const notices: VaultNotice[] = [];
const log = recordingLog();
const vault = createTokenVault({
  folder: process.argv[2] ?? '',
  sessionOnly: false,
  expectsAccounts: () => true,
  onNotice: (notice) => notices.push(notice),
  clock: systemClock,
  log,
});
const partition = (item: unknown, name: unknown) => ({ item: String(item), partition: String(name) });

const methods: Readonly<Record<string, (...args: readonly unknown[]) => unknown>> = {
  probe: () => vault.probe(),
  retry: () => vault.retry(),
  state: () => vault.state(),
  notices: () => notices,
  useSessionOnly: () => {
    vault.useSessionOnly();
  },
  read: (item, name) => vault.tokens.read(partition(item, name)),
  write: (item, name, cache) => vault.tokens.write(partition(item, name), String(cache)),
  remove: (item, name) => vault.tokens.remove(partition(item, name)),
  flush: () => vault.flush(),
  log: () => log.lines,
};

async function answer(message: unknown): Promise<void> {
  const [id, method, ...args] = message as [number, string, ...unknown[]];
  try {
    process.send?.([id, { value: (await methods[method]?.(...args)) ?? null }]);
  } catch (error) {
    const info = error instanceof Error && 'info' in error ? error.info : { code: String(error) };
    process.send?.([id, { failure: info }]);
  }
}

process.on('message', (message) => void answer(message));
process.on('disconnect', () => {
  process.exit(0);
});
