import { defineInterface } from 'dbus-native';

import { Conditions, waitLimitMs } from './conditions.ts';
import type { DesktopSession } from './session.ts';

/** Names from org.freedesktop.login1(5). */
const serviceName = 'org.freedesktop.login1';
const servicePath = '/org/freedesktop/login1';
const managerName = 'org.freedesktop.login1.Manager';

/** One call of Inhibit: a program wants to be waited for. */
export interface Inhibition {
  /** What is to be waited with, like `sleep`; joined by colons. */
  readonly what: string;
  readonly who: string;
  readonly why: string;
  readonly mode: string;
}

/** What puts the machine to sleep and wakes it, as programs hear of it. */
export interface LoginManager {
  /** Every Inhibit so far, oldest first. */
  readonly inhibitions: readonly Inhibition[];
  /** Resolves when somebody has asked to be waited for with sleep: it hears the signals then. */
  waitForListener(timeoutMs?: number): Promise<Inhibition>;
  /** Announces that the machine goes to sleep. */
  suspend(): void;
  /** Announces that it is back. */
  resume(): void;
}

interface InhibitArguments {
  what: string;
  who: string;
  why: string;
  mode: string;
}

/**
 * Provides systemd-logind's `org.freedesktop.login1` on the session's system bus, as far as sleep goes. Its locks are
 * file descriptors, which Node can't pass on: Inhibit is noted and refused, so nobody is waited for.
 * @throws when the session has no system bus
 */
export async function startLoginManager({ systemBus }: Pick<DesktopSession, 'systemBus'>): Promise<LoginManager> {
  if (systemBus === null) throw new Error('The session was started without a system bus');
  const inhibitions: Inhibition[] = [];
  const conditions = new Conditions();
  const definition = defineInterface({
    name: managerName,
    methods: {
      Inhibit: {
        in: { what: 's', who: 's', why: 's', mode: 's' },
        out: { pipe_fd: 'h' },
        handler: ({ what, who, why, mode }: InhibitArguments) => {
          inhibitions.push({ what, who, why, mode });
          conditions.changed();
          throw new Error('No file descriptors here');
        },
      },
    },
    signals: { PrepareForSleep: { args: { start: 'b' } } },
  });
  await systemBus.export(servicePath, definition);
  await systemBus.own(serviceName);
  const prepareForSleep = (start: boolean): void => {
    systemBus.emit(servicePath, managerName, 'PrepareForSleep', 'b', [start]);
  };
  return {
    inhibitions,
    waitForListener: (timeoutMs = waitLimitMs) =>
      conditions.until(
        () => inhibitions.find(({ what, mode }) => what.split(':').includes('sleep') && mode === 'delay'),
        () => `somebody who listens for sleep; so far: ${JSON.stringify(inhibitions)}`,
        timeoutMs,
      ),
    suspend: () => prepareForSleep(true),
    resume: () => prepareForSleep(false),
  };
}
