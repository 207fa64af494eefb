import { z } from 'zod';
import type { AccountRecord, Settings } from '../../shared/settings.ts';
import { profileLayerSchema, profileSchema } from '../profile/profile-schema.ts';

/** One account as settings.json keeps it. */
export const accountSchema = z.object({
  id: z.string().min(1).max(100),
  homeAccountId: z.string().min(1).max(200),
  address: z.string().min(1).max(320),
  displayName: z.string().max(1_000),
  profile: profileSchema,
  addedAt: z.number().min(0),
}) satisfies z.ZodType<AccountRecord>;

/** Each field of settings.json by itself. */
export const settingsFields = {
  schemaVersion: z.literal(1),
  language: z.enum(['system', 'en', 'zh-CN']),
  profile: profileLayerSchema,
  tokenStorage: z.enum(['keyring', 'session-only']),
  accounts: z.array(accountSchema).readonly(),
  notificationDetail: z.enum(['full', 'sender-only', 'count-only']).default('full'),
  closeHintShown: z.boolean(),
};

/** What settings.json may hold. Fields of the same version that nobody knows are dropped at the next save. */
export const settingsSchema = z
  .object(settingsFields)
  .refine(({ accounts }) => new Set(accounts.map(({ id }) => id)).size === accounts.length, {
    path: ['accounts'],
    message: 'ids repeat',
  }) satisfies z.ZodType<Settings>;
