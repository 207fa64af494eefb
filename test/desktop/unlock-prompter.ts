import { defineInterface } from 'dbus-native';

import type { BusClient } from './bus-client.ts';
import { Conditions, waitLimitMs } from './conditions.ts';

const prompterName = 'org.gnome.keyring.SystemPrompter';

/** The dialog in which gnome-keyring asks for its password, with nobody at the computer to answer it. */
export interface UnlockPrompter {
  /** Resolves when the dialog has been asked for; it then stays open. */
  waitForDialog(timeoutMs?: number): Promise<void>;
}

/** Takes the place of GNOME's prompter (gcr's `org.gnome.keyring.internal.Prompter`) until the bus is closed. */
export async function startUnlockPrompter(bus: BusClient): Promise<UnlockPrompter> {
  let dialogs = 0;
  const conditions = new Conditions();
  const definition = defineInterface({
    name: 'org.gnome.keyring.internal.Prompter',
    methods: {
      BeginPrompting: {
        in: { callback: 'o' },
        handler: () => {
          dialogs += 1;
          conditions.changed();
        },
      },
      StopPrompting: { in: { callback: 'o' }, handler: () => undefined },
    },
  });
  await bus.export('/org/gnome/keyring/Prompter', definition);
  await bus.own(prompterName);
  return {
    waitForDialog: async (timeoutMs = waitLimitMs) => {
      await conditions.until(
        () => (dialogs > 0 ? true : undefined),
        () => 'the keyring’s dialog',
        timeoutMs,
      );
    },
  };
}
