import { defineInterface } from 'dbus-native';

import type { BusClient } from './bus-client.ts';
import { Conditions, waitLimitMs } from './conditions.ts';
import { keyringPassword } from './keyring.ts';
import { beginSecretExchange, type SecretExchange } from './secret-exchange.ts';

const prompterName = 'org.gnome.keyring.SystemPrompter';
const prompterInterface = 'org.gnome.keyring.internal.Prompter';
const callbackInterface = `${prompterInterface}.Callback`;

/** The dialog in which gnome-keyring asks for its password, with a test as the person at the computer. */
export interface UnlockPrompter {
  /** How often a dialog was asked for so far. */
  readonly dialogs: number;
  /** Resolves when a dialog is open; it stays so until it is answered. */
  waitForDialog(timeoutMs?: number): Promise<void>;
  /** Types this, the keyring's own password by default, into the open dialog and presses its button. */
  enterPassword(password?: string): Promise<void>;
  /** Closes the open dialog without an answer. */
  dismiss(): Promise<void>;
}

/** What the keyring called, by its object for the answer. */
interface Dialog {
  readonly sender: string;
  readonly callback: string;
  readonly exchange: SecretExchange;
}

interface CallContext {
  readonly sender?: string;
}

/**
 * Takes the place of GNOME's prompter (gcr's `org.gnome.keyring.internal.Prompter`) until the bus is closed. The
 * protocol is internal to gcr and gnome-keyring; tried with gnome-keyring 42.1 and gcr 3.41.
 */
export async function startUnlockPrompter(bus: BusClient): Promise<UnlockPrompter> {
  let dialogs = 0;
  let open: Dialog | null = null;
  const conditions = new Conditions();
  const exchanges = new Map<string, SecretExchange>();

  const callBack = async (dialog: Dialog, member: string, signature: string, body: readonly unknown[]) => {
    const { sender, callback } = dialog;
    await bus.call({ destination: sender, path: callback, interface: callbackInterface, member, signature, body });
  };
  const ready = (dialog: Dialog, reply: '' | 'yes' | 'no', secret: string | null): Promise<void> =>
    callBack(dialog, 'PromptReady', 'sa{sv}s', [reply, [], dialog.exchange.say(secret)]);
  /** After the answer to the call that it follows. A keyring that is gone by then waits for nothing. */
  const soon = (act: () => Promise<void>): void => {
    setImmediate(() => {
      act().catch(() => undefined);
    });
  };

  const definition = defineInterface({
    name: prompterInterface,
    methods: {
      BeginPrompting: {
        in: { callback: 'o' },
        handler: ({ callback }: { callback: string }, { sender = '' }: CallContext) => {
          const exchange = beginSecretExchange();
          exchanges.set(callback, exchange);
          soon(() => ready({ sender, callback, exchange }, '', null));
        },
      },
      PerformPrompt: {
        in: { callback: 'o', type: 's', properties: 'a{sv}', exchange: 's' },
        handler: (
          { callback, exchange: said }: { callback: string; exchange: string },
          { sender = '' }: CallContext,
        ) => {
          const exchange = exchanges.get(callback);
          if (exchange === undefined) throw new Error('PerformPrompt without BeginPrompting');
          exchange.hear(said);
          open = { sender, callback, exchange };
          dialogs += 1;
          conditions.changed();
        },
      },
      StopPrompting: {
        in: { callback: 'o' },
        handler: ({ callback }: { callback: string }, { sender = '' }: CallContext) => {
          const exchange = exchanges.get(callback);
          exchanges.delete(callback);
          if (open?.callback === callback) open = null;
          if (exchange !== undefined) soon(() => callBack({ sender, callback, exchange }, 'PromptDone', '', []));
        },
      },
    },
  });
  await bus.export('/org/gnome/keyring/Prompter', definition);
  await bus.own(prompterName);

  const waitForDialog = async (timeoutMs = waitLimitMs): Promise<void> => {
    await conditions.until(
      () => (open === null ? undefined : true),
      () => 'the keyring’s dialog',
      timeoutMs,
    );
  };
  const answer = async (reply: 'yes' | 'no', secret: string | null): Promise<void> => {
    await waitForDialog();
    const dialog = ((): Dialog | null => open)();
    if (dialog === null) throw new Error('The dialog was closed meanwhile');
    open = null;
    await ready(dialog, reply, secret);
  };
  return {
    get dialogs() {
      return dialogs;
    },
    waitForDialog,
    enterPassword: (password = keyringPassword) => answer('yes', password),
    dismiss: () => answer('no', null),
  };
}
