import { z } from 'zod';
import type { AppErrorInfo } from '../shared/app-error.ts';
import type { Settings } from '../shared/settings.ts';
import {
  emptyMailboxesFile,
  mailboxesFileMigrations,
  mailboxesFileSchema,
  type MailboxesFile,
} from './accounts/ledger-store.ts';
import { emptyLostSignInsFile, lostSignInsFileSchema, type LostSignInsFile } from './accounts/lost-sign-ins.ts';
import type { Clock } from './clock.ts';
import type { Logger } from './log.ts';
import { type WindowState, windowStateSchema } from './shell/window-state.ts';
import type { Notices } from './state/notices.ts';
import { CommittedValue } from './storage/committed-value.ts';
import { type JsonFile, openJsonFile } from './storage/json-file.ts';
import { KeptValue } from './storage/kept-value.ts';
import type { AppPaths } from './storage/paths.ts';
import { openSettingsFile } from './storage/settings-file.ts';

interface WindowFile {
  readonly schemaVersion: 1;
  readonly window: WindowState | null;
}

const windowFileSchema: z.ZodType<WindowFile> = z.strictObject({
  schemaVersion: z.literal(1),
  window: windowStateSchema.nullable(),
});

/** All that is kept between runs, in memory and written in the background. No secret. */
export interface AppData {
  readonly settings: KeptValue<Settings>;
  /** On the disk as soon as it is set: what is told once depends on it. */
  readonly mailboxes: CommittedValue<MailboxesFile>;
  /** On the disk as soon as it is set: a loss is told once. */
  readonly signIns: CommittedValue<LostSignInsFile>;
  readonly window: KeptValue<WindowFile>;
  /** Resolves when every change is on the disk or has failed. */
  flush(): Promise<void>;
}

/** Loads everything at once. What was set aside or can't be saved is put into `notices`. Rejects with StorageFailure. */
export async function loadAppData(paths: AppPaths, notices: Notices, clock: Clock, log: Logger): Promise<AppData> {
  type Create<T, K> = (file: JsonFile<T>, value: T, onSaved: (error: AppErrorInfo | null) => void, clock: Clock) => K;
  const open = async <T, K extends { set(value: T): void }>(
    name: string,
    file: JsonFile<T>,
    create: Create<T, K>,
  ): Promise<K> => {
    const report = await file.load();
    const onSaved = (error: AppErrorInfo | null): void => {
      notices.saving(name, error);
    };
    const kept = create(file, report.value, onSaved, clock);
    if (report.kind === 'set-aside') {
      notices.fileSetAside(name, report.keptAs, report.detail);
      // What was saved of it isn't on the disk yet, and the next run shall find it.
      kept.set(report.value);
    }
    return kept;
  };
  const keep = <T>(...args: Parameters<Create<T, KeptValue<T>>>): KeptValue<T> => new KeptValue(...args);
  const common = { clock, log };

  const [settings, mailboxes, signIns, window] = await Promise.all([
    open('settings.json', openSettingsFile(paths.settingsFile, clock, log), keep<Settings>),
    open(
      'mailboxes.json',
      openJsonFile<MailboxesFile>({
        ...common,
        path: paths.mailboxesFile,
        schema: mailboxesFileSchema,
        schemaVersion: 2,
        migrations: mailboxesFileMigrations,
        fallback: emptyMailboxesFile,
      }),
      (...args) => new CommittedValue(...args),
    ),
    open(
      'sign-ins.json',
      openJsonFile<LostSignInsFile>({
        ...common,
        path: paths.signInsFile,
        schema: lostSignInsFileSchema,
        schemaVersion: 1,
        fallback: emptyLostSignInsFile,
      }),
      (...args) => new CommittedValue(...args),
    ),
    open(
      'window.json',
      openJsonFile<WindowFile>({
        ...common,
        path: paths.windowFile,
        schema: windowFileSchema,
        schemaVersion: 1,
        fallback: { schemaVersion: 1, window: null },
      }),
      keep<WindowFile>,
    ),
  ]);
  return {
    settings,
    mailboxes,
    signIns,
    window,
    async flush() {
      await Promise.all([settings.flush(), mailboxes.flush(), signIns.flush(), window.flush()]);
    },
  };
}

/** What the window keeps between runs. */
export function windowMemory({ settings, window }: Pick<AppData, 'settings' | 'window'>): WindowMemory {
  return {
    store: {
      read: () => window.value.window,
      write: (state) => {
        window.set({ schemaVersion: 1, window: state });
      },
    },
    takeCloseHint: () => {
      const isDue = !settings.value.closeHintShown;
      if (isDue) settings.set({ ...settings.value, closeHintShown: true });
      return isDue;
    },
  };
}

interface WindowMemory {
  readonly store: { readonly read: () => WindowState | null; readonly write: (state: WindowState) => void };
  /** Whether it is to be said that Tidings goes on in the tray: once in its life. */
  readonly takeCloseHint: () => boolean;
}
