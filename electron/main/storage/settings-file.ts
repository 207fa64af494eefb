import { z } from 'zod';
import { defaultSettings, type AccountRecord, type Settings } from '../../shared/settings.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import { profileLayerSchema, profileSchema } from '../profile/profile-schema.ts';
import { type JsonFile, openJsonFile } from './json-file.ts';
import type { Migrations } from './versioned-json.ts';

const accountSchema = z.object({
  id: z.string().min(1).max(100),
  homeAccountId: z.string().min(1).max(200),
  address: z.string().min(1).max(320),
  displayName: z.string().max(1_000),
  profile: profileSchema,
  addedAt: z.number().min(0),
}) satisfies z.ZodType<AccountRecord>;

/** What settings.json may hold. Fields of the same version that nobody knows are dropped at the next save. */
export const settingsSchema = z
  .object({
    schemaVersion: z.literal(1),
    language: z.enum(['system', 'en', 'zh-CN']),
    profile: profileLayerSchema,
    tokenStorage: z.enum(['keyring', 'session-only']),
    accounts: z.array(accountSchema).readonly(),
    closeHintShown: z.boolean(),
  })
  .refine(({ accounts }) => new Set(accounts.map(({ id }) => id)).size === accounts.length, {
    path: ['accounts'],
    message: 'ids repeat',
  }) satisfies z.ZodType<Settings>;

/** Steps from older settings to newer; the first comes with schema version 2. */
export const settingsMigrations: Migrations = {};

/** The settings at `path`, with {@link defaultSettings} where there are none. */
export function openSettingsFile(path: string, clock: Clock, log: Logger): JsonFile<Settings> {
  return openJsonFile<Settings>({
    path,
    schema: settingsSchema,
    schemaVersion: 1,
    migrations: settingsMigrations,
    fallback: defaultSettings,
    clock,
    log,
  });
}
