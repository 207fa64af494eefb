/**
 * Tidings without Electron in a process of its own, to be killed: see app-child.ts. Its first message is the
 * {@link HostOrder}. It writes a line to its journal before the words of a notification leave, and one after; one of its
 * own where the turn was over before they left.
 */
import { openSync, writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';

import type { AccessToken, AccountKey } from '../../electron/main/auth/auth-types.ts';
import { systemClock } from '../../electron/main/clock.ts';
import type { Core } from '../../electron/main/core-types.ts';
import type { Logger } from '../../electron/main/log.ts';
import { createSessionBus } from '../../electron/main/shell/dbus/session-bus.ts';
import { createFreedesktopPresenter } from '../../electron/main/shell/notification-presenter-freedesktop.ts';
import type { DeploymentProfile } from '../../electron/shared/profile.ts';
import { assemble } from './assembly.ts';
import { appNameOf, lateLine, sentLine } from './journal.ts';

/** What a host is started with. */
export interface HostOrder {
  readonly run: number;
  /** Absolute; the app's data folder. */
  readonly folder: string;
  readonly journal: string;
  readonly busAddress: string;
  readonly profile: DeploymentProfile;
}

/** What the person's machine does. */
export type HostCommand = 'check-now' | 'suspend' | 'resume' | 'network' | 'quit';

const waiting = new Map<number, (token: AccessToken) => void>();
let lastQuestion = 0;

function acquireToken({ homeAccountId }: AccountKey): Promise<AccessToken> {
  lastQuestion += 1;
  const question = lastQuestion;
  return new Promise((resolve) => {
    waiting.set(question, resolve);
    process.send?.(['token', question, homeAccountId]);
  });
}

const silent = (): void => {};
const log: Logger = {
  debug: silent,
  info: (message, facts) => {
    if (message === 'Mailbox seen anew') process.send?.(['seen-anew', facts?.['account']]);
  },
  warn: silent,
  error: silent,
};

async function start({ run, folder, journal, busAddress, profile }: HostOrder): Promise<() => Promise<void>> {
  const bus = createSessionBus({ address: busAddress, clock: systemClock, log });
  const file = openSync(journal, 'a');
  let isYetToLeave = false;
  const { core, notifications } = await assemble({
    folder,
    profile,
    clock: systemClock,
    random: Math.random,
    log,
    presenter: createFreedesktopPresenter({
      bus: {
        ...bus,
        request: (call, onSettled) => {
          bus.request(call, onSettled);
          if (call.member !== 'Notify') return;
          isYetToLeave = false;
          writeSync(file, `${sentLine}\n`);
        },
      },
      appName: appNameOf(run),
      desktopEntry: 'tidings',
      iconPath: null,
      clickLabel: () => 'Open',
      log,
    }),
    acquireToken,
    isOnline: () => true,
    onTelling: (id, refs, settle) => {
      writeSync(file, `${JSON.stringify({ id, refs })}\n`);
      settle();
      isYetToLeave = true;
      queueMicrotask(() => {
        if (isYetToLeave) writeSync(file, `${lateLine}\n`);
      });
    },
  });
  core.state.subscribe(({ accounts }) => {
    process.send?.(['accounts', accounts]);
  });
  process.on('message', (message) => {
    if (typeof message === 'string') obey(message as HostCommand, core);
  });
  return async () => {
    await core.dispose();
    notifications.dispose();
    await bus.dispose();
  };
}

function obey(command: HostCommand, core: Core): void {
  if (command === 'check-now') core.checkNow(null);
  if (command === 'network') core.accounts.networkChanged();
  if (command === 'suspend') void core.accounts.suspend();
  if (command === 'resume') core.accounts.resume();
}

let leave: Promise<() => Promise<void>> | null = null;
process.on('message', (message) => {
  if (Array.isArray(message)) waiting.get(Number(message[0]))?.(message[1] as AccessToken);
  else if (message === 'quit') void leave?.then(async (run) => run().then(() => process.exit(0)));
  else if (leave === null && typeof message === 'object') leave = start(message as HostOrder);
});
process.on('disconnect', () => {
  process.exit(0);
});
// Loaded before the first account needs it, so that a start takes no longer than in a program that is packed.
void import('imapflow').then(() => {
  // Node does so when a program ends by itself, as this one seldom does.
  flushCompileCache();
  process.send?.(['ready']);
});
