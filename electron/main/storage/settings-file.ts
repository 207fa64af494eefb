import { readFile } from 'node:fs/promises';
import { defaultSettings, type Settings } from '../../shared/settings.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import { type JsonFile, openJsonFile } from './json-file.ts';
import { salvageSettings } from './settings-salvage.ts';
import { settingsSchema, settingsVersion } from './settings-schema.ts';
import { type Migrations, readVersioned } from './versioned-json.ts';

/**
 * Steps from older settings to newer.
 * 1 to 2: came to have who waits for approval, shared mailboxes and a proxy; what has none of them is none the worse.
 */
export const settingsMigrations = { 1: (old) => ({ ...old }) } satisfies Migrations;

/**
 * The settings at `path`, with {@link defaultSettings} where there are none. Of a damaged file, the fields and
 * accounts that are in order are kept: one bad field mustn't cost anybody their accounts.
 */
export function openSettingsFile(path: string, clock: Clock, log: Logger): JsonFile<Settings> {
  return openJsonFile<Settings>({
    path,
    schema: settingsSchema,
    schemaVersion: settingsVersion,
    migrations: settingsMigrations,
    fallback: defaultSettings,
    salvage: salvageSettings,
    clock,
    log,
  });
}

/** What can be read of the settings at `path`, leaving the file as it is; null for nothing. Never rejects. */
export async function peekSettings(path: string): Promise<Settings | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  const read = readVersioned<Settings>(text, settingsSchema, settingsVersion, settingsMigrations);
  if (read.kind === 'valid') return read.value;
  return read.kind === 'damaged' && read.content !== undefined ? salvageSettings(read.content).value : null;
}
