/**
 * A process of its own that holds a token vault: libsecret connects to one message bus for a process's whole life.
 */
import { createTokenVault } from '../../electron/main/auth/vault.ts';
import type { VaultNotice } from '../../electron/main/auth/vault-notice.ts';
import { systemClock } from '../../electron/main/clock.ts';
import { recordingLog } from '../support/recording-log.ts';
import { answerParent } from './host-answers.ts';

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

answerParent({
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
});
