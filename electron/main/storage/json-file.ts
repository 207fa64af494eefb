import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import { type AtomicFileSystem, nodeFileSystem, replaceFileNow, syncFile, writeFileAtomically } from './atomic-file.ts';
import { readVersioned } from './versioned-json.ts';
import type { Migrations } from './versioned-json.ts';
import { setAside, type SetAsideReason } from './set-aside.ts';
import { type StorageFailure, storageFailure, systemErrorCode } from './storage-failure.ts';

/** What loading found; `value` is always usable. */
export type LoadReport<T> =
  | { readonly kind: 'loaded'; readonly value: T }
  /** No file yet: the fallback. */
  | { readonly kind: 'missing'; readonly value: T }
  /**
   * The file is kept under the name `keptAs` in the same folder. `value` is what could be saved of it, else the
   * fallback, and isn't on the disk yet. `detail` says what was wrong, by fields and reasons, without values.
   */
  | {
      readonly kind: 'set-aside';
      readonly value: T;
      readonly reason: SetAsideReason;
      readonly keptAs: string;
      readonly detail: string;
    };

/** What could be saved of a damaged file, and what was wrong with the rest. */
export interface Salvage<T> {
  readonly value: T;
  readonly detail: string;
}

export interface JsonFile<T> {
  /**
   * Reads and checks the file. What can't be understood is set aside, never dropped. Rejects with a
   * {@link StorageFailure} only when the file is there and can neither be read nor renamed.
   */
  load(): Promise<LoadReport<T>>;
  /**
   * Writes `value` atomically. Saves that come while one is being written wait, and only the last of them is
   * written; each resolves when it or a later value is on the disk. Rejects with a {@link StorageFailure}; the old
   * file is then intact.
   */
  save(value: T): Promise<void>;
  /**
   * Writes `value` atomically before it returns, but not through a power cut: see {@link JsonFile.sync}. Throws a
   * {@link StorageFailure}; the old file is then intact. Not for a file that is also saved.
   */
  replace(value: T): void;
  /** Resolves when what was replaced last would survive a power cut. Rejects with the file system's error. */
  sync(): Promise<void>;
}

export interface JsonFileOptions<T> {
  /** Absolute. */
  readonly path: string;
  /** Checks what was read; its output is what {@link JsonFile.load} gives. */
  readonly schema: z.ZodType<T>;
  /** The `schemaVersion` this app writes, from 1. */
  readonly schemaVersion: number;
  /** From an older version to the next, keyed by the older one. */
  readonly migrations?: Migrations;
  readonly fallback: T;
  /** Saves what it can of content that the schema refuses; without it, or where it answers null, the fallback is used. */
  readonly salvage?: (content: Readonly<Record<string, unknown>>) => Salvage<T> | null;
  readonly clock: Clock;
  readonly log: Logger;
  readonly fs?: AtomicFileSystem;
}

interface Waiting<T> {
  value: T;
  readonly done: Promise<void>;
}

/** A JSON file with a schema; nothing is read or written before the first call. One owner for a path. */
export function openJsonFile<T>(options: JsonFileOptions<T>): JsonFile<T> {
  const { path, fallback, clock, log } = options;
  const name = basename(path);
  let writing: Promise<void> = Promise.resolve();
  let waiting: Waiting<T> | null = null;
  /** The system's word for why the last write failed; null when it didn't. */
  let failing: string | null = null;

  async function setAsideAndReport(reason: SetAsideReason, saved: Salvage<T>): Promise<LoadReport<T>> {
    try {
      const keptAs = await setAside(path, reason, clock.now());
      log.warn('file set aside', { file: name, reason, keptAs, detail: saved.detail });
      return { kind: 'set-aside', reason, keptAs, ...saved };
    } catch (error) {
      throw storageFailure(error, clock.now());
    }
  }

  const textOf = (value: T): string => `${JSON.stringify(value, null, 2)}\n`;

  function failed(error: unknown): StorageFailure {
    const failure = storageFailure(error, clock.now());
    const { code, detail } = failure.info;
    // Once, however often it is tried: the log is of a limited size.
    if (failing !== (detail ?? code)) log.error('file not saved', { file: name, code, detail });
    failing = detail ?? code;
    return failure;
  }

  function succeeded(): void {
    if (failing !== null) log.info('file saved again', { file: name });
    failing = null;
  }

  async function write(value: T): Promise<void> {
    try {
      await writeFileAtomically(path, textOf(value), options.fs ?? nodeFileSystem);
    } catch (error) {
      throw failed(error);
    }
    succeeded();
  }

  return {
    async load() {
      let text: string;
      try {
        text = await readFile(path, 'utf8');
      } catch (error) {
        if (systemErrorCode(error) === 'ENOENT') return { kind: 'missing', value: fallback };
        return setAsideAndReport('damaged', { value: fallback, detail: systemErrorCode(error) ?? 'unreadable' });
      }
      const read = readVersioned(text, options.schema, options.schemaVersion, options.migrations ?? {});
      if (read.kind === 'valid') return { kind: 'loaded', value: read.value };
      const content = read.kind === 'damaged' ? read.content : undefined;
      const saved = content === undefined ? null : (options.salvage?.(content) ?? null);
      return setAsideAndReport(read.kind, saved ?? { value: fallback, detail: read.detail });
    },
    save(value) {
      if (waiting !== null) {
        waiting.value = value;
        return waiting.done;
      }
      const turn: Waiting<T> = {
        value,
        // A failed write before this one was reported to those who asked for it.
        done: writing
          .catch(() => undefined)
          .then(() => {
            waiting = null;
            return write(turn.value);
          }),
      };
      waiting = turn;
      writing = turn.done;
      return turn.done;
    },
    replace(value) {
      try {
        replaceFileNow(path, textOf(value));
      } catch (error) {
        throw failed(error);
      }
      succeeded();
    },
    sync: () => syncFile(path, options.fs ?? nodeFileSystem),
  };
}
