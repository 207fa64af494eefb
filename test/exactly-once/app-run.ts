import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { AuthFailure, type AuthService } from '../../electron/main/auth/auth-types.ts';
import { type Clock, systemClock } from '../../electron/main/clock.ts';
import type { Core } from '../../electron/main/core-types.ts';
import type { WatchState } from '../../electron/main/imap/watcher-types.ts';
import type { Logger } from '../../electron/main/log.ts';
import type { NotificationPresenter } from '../../electron/main/shell/notification-presenter.ts';
import { createFreedesktopPresenter } from '../../electron/main/shell/notification-presenter-freedesktop.ts';
import type { DeploymentProfile } from '../../electron/shared/profile.ts';
import { type Assembly, assemble } from './assembly.ts';
import { KillableClock } from './killable-clock.ts';
import type { NotificationScreen } from './notification-screen.ts';
import type { KillPoint } from './schedule.ts';
import type { Telling } from './telling.ts';

export interface AppRunOptions {
  /** From 1. */
  readonly number: number;
  /** Holds the folders of all runs; the data of this one are in `run-<number>`. */
  readonly folder: string;
  readonly profile: DeploymentProfile;
  readonly clock: Clock;
  readonly random: () => number;
  readonly screen: NotificationScreen;
  readonly acquireToken: AuthService['acquireToken'];
  readonly isOnline: () => boolean;
  /** The run is dead: called in that very moment. */
  readonly onDeath: () => void;
}

const keptLines = 80;

/** Where a run has its data. A killed run goes on in memory, so each has a folder that no other one writes to. */
export function dataFolder(folder: string, run: number): string {
  return join(folder, `run-${run}`);
}

/** Tidings without Electron, from start to quit or kill. */
export class AppRun {
  readonly #options: AppRunOptions;
  readonly #clock: KillableClock;
  readonly #screenEnd: { readonly cut: () => void };
  readonly #presenter: NotificationPresenter;
  readonly #states = new Map<string, WatchState>();
  readonly #lines: string[] = [];
  #app: Assembly | null = null;
  #alive = true;
  #announced: Pick<Telling, 'id' | 'refs'> | null = null;
  #isTelling = false;
  #fatal: { readonly kind: KillPoint['kind']; left: number } | null = null;

  private constructor(options: AppRunOptions) {
    this.#options = options;
    const { clock, number, screen } = options;
    this.#clock = new KillableClock(clock, systemClock);
    const { bus, cut } = screen.connect({
      run: number,
      takeAnnounced: () => {
        const announced = this.#announced;
        this.#announced = null;
        return announced;
      },
    });
    this.#screenEnd = { cut };
    this.#presenter = createFreedesktopPresenter({
      bus: {
        ...bus,
        request: (call, settle) => {
          bus.request(call, settle);
          if (call.member === 'Notify') this.#pass('at-send');
        },
      },
      appName: 'Tidings',
      desktopEntry: 'tidings',
      iconPath: null,
      clickLabel: () => 'Open',
      log: this.#log(),
    });
  }

  /** Starts it with the data of the folder that belongs to its number. */
  static async start(options: AppRunOptions): Promise<AppRun> {
    const run = new AppRun(options);
    await run.#start();
    return run;
  }

  get number(): number {
    return this.#options.number;
  }

  get isAlive(): boolean {
    return this.#alive;
  }

  get core(): Core {
    if (this.#app === null) throw new Error('The app has not started');
    return this.#app.core;
  }

  /** What each account's watcher is doing. */
  get states(): ReadonlyMap<string, WatchState> {
    return this.#states;
  }

  /** The end of its log. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** Has it die at a point in the middle of a turn, when that comes. */
  killAt({ kind, nth }: Exclude<KillPoint, { readonly kind: 'turns' }>): void {
    this.#fatal = { kind, left: nth };
  }

  /** From now on nothing of it writes or shows anything, and time is over for it: as after SIGKILL. */
  die(): void {
    if (!this.#alive) return;
    this.#alive = false;
    const { folder, number } = this.#options;
    copyData(dataFolder(folder, number), dataFolder(folder, number + 1));
    this.#clock.kill();
    this.#screenEnd.cut();
    this.#options.onDeath();
  }

  /** Lets go of what a dead run still holds in memory; nobody notices. */
  async bury(): Promise<void> {
    await this.#app?.core.dispose();
    this.#app?.notifications.dispose();
  }

  /** Ends it as quitting does; the next one has its data. */
  async quit(): Promise<void> {
    await this.bury();
    this.die();
  }

  async #start(): Promise<void> {
    const { folder, number, profile, random, acquireToken, isOnline } = this.#options;
    this.#app = await assemble({
      folder: dataFolder(folder, number),
      profile,
      clock: this.#clock,
      random,
      log: this.#log(),
      presenter: this.#presenter,
      acquireToken: (account, how) => (this.#alive ? acquireToken(account, how) : Promise.reject(dead())),
      isOnline,
      onTelling: (id, refs, settle) => {
        this.#isTelling = true;
        settle();
        this.#isTelling = false;
        if (this.#alive) this.#announced = { id, refs };
      },
      onSave: (save) => {
        this.#pass('before-save');
        save();
        // Between the save of what is told and its words is the one moment that can lose a notification.
        if (!this.#isTelling) this.#pass('after-save');
      },
    });
  }

  /** A point at which it may have been ordered to die. */
  #pass(point: KillPoint['kind']): void {
    if (this.#fatal?.kind !== point) return;
    this.#fatal.left -= 1;
    if (this.#fatal.left === 0) this.die();
  }

  #log(): Logger {
    const write = (message: string, facts?: Readonly<Record<string, unknown>>): void => {
      if (!this.#alive) return;
      const { account, state } = facts ?? {};
      if (message === 'State') this.#states.set(String(account), state as WatchState);
      this.#lines.push(`${message} ${JSON.stringify(facts ?? {})}`);
      if (this.#lines.length > keptLines) this.#lines.shift();
    };
    return { debug: write, info: write, warn: write, error: write };
  }
}

function copyData(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const file of ['settings.json', 'mailboxes.json']) {
    if (existsSync(join(from, file))) cpSync(join(from, file), join(to, file));
  }
}

function dead(): AuthFailure {
  return new AuthFailure({ code: 'unexpected', at: 0 }, { kind: 'transient', retryAfterMs: null });
}
