/**
 * A process of its own that holds a token vault: libsecret connects to one message bus for a process's whole life.
 */
import { createTokenVault } from '../../electron/main/auth/vault.ts';
import type { VaultNotice } from '../../electron/main/auth/vault-notice.ts';
import { systemClock } from '../../electron/main/clock.ts';
import { createSecretStore } from '../../electron/main/shell/dbus/secret-store.ts';
import { createSessionBus } from '../../electron/main/shell/dbus/session-bus.ts';
import { recordingLog } from '../support/recording-log.ts';
import { answerParent } from './host-answers.ts';

const notices: VaultNotice[] = [];
/** Each state since the start. */
const states: string[] = [];
const waiters: (() => void)[] = [];
const log = recordingLog();
const bus = createSessionBus({ clock: systemClock, log });
const store = createSecretStore({ bus, clock: systemClock, log });
const vault = createTokenVault({
  folder: process.argv[2] ?? '',
  sessionOnly: false,
  expectsAccounts: () => true,
  onNotice: (notice) => {
    notices.push(notice);
    for (const waiting of waiters.splice(0)) waiting();
  },
  store,
  clock: systemClock,
  log,
});
vault.onChange((state) => {
  states.push(state.kind === 'unavailable' ? state.error.code : state.kind);
  for (const waiting of waiters.splice(0)) waiting();
});

/** Resolves when the vault's state, or for `unavailable` its error, is this one. */
async function untilState(wanted: string): Promise<void> {
  while (states.at(-1) !== wanted) await new Promise<void>((resolve) => void waiters.push(resolve));
}

/** Resolves when the last notice is of this kind. */
async function untilNotice(wanted: string): Promise<void> {
  while (notices.at(-1)?.kind !== wanted) await new Promise<void>((resolve) => void waiters.push(resolve));
}
const partition = (item: unknown, name: unknown) => ({ item: String(item), partition: String(name) });

answerParent({
  probe: () => vault.probe(),
  retry: () => vault.retry(),
  state: () => vault.state(),
  untilState: (wanted) => untilState(String(wanted)),
  untilNotice: (wanted) => untilNotice(String(wanted)),
  states: () => states,
  untilReplaced: () =>
    new Promise<void>((resolve) => {
      if (store.wasReplaced()) resolve();
      else store.onChange(() => store.wasReplaced() && resolve());
    }),
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
