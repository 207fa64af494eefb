import { z } from 'zod';
import type { AccountRecord, AwaitedApproval, Settings, SharedMailboxRecord } from '../../shared/settings.ts';
import { isMailAddress } from '../../shared/shared-mailbox.ts';
import { isTenant } from '../profile/profile-fields.ts';
import { profileLayerSchema, profileSchema } from '../profile/profile-schema.ts';

/** A shared mailbox as settings.json keeps it, under its account. */
export const sharedMailboxSchema = z.object({
  id: z.string().min(1).max(100),
  address: z.string().refine(isMailAddress, 'is no mail address'),
  muted: z.boolean(),
}) satisfies z.ZodType<SharedMailboxRecord>;

/** One account as settings.json keeps it. */
export const accountSchema = z.object({
  id: z.string().min(1).max(100),
  homeAccountId: z.string().min(1).max(200),
  address: z.string().min(1).max(320),
  displayName: z.string().max(1_000),
  profile: profileSchema,
  addedAt: z.number().min(0),
  sharedMailboxes: z.array(sharedMailboxSchema).readonly().default([]),
}) satisfies z.ZodType<AccountRecord>;

/** One account that waits for an administrator's approval. */
export const awaitedApprovalSchema = z.object({
  id: z.string().min(1).max(100),
  accountId: z.string().min(1).max(100).nullable().default(null),
  address: z.string().min(1).max(320).nullable(),
  tenant: z.string().refine(isTenant).nullable(),
  profile: profileSchema,
  since: z.number().min(0),
  triedAt: z.number().min(0).nullable(),
}) satisfies z.ZodType<AwaitedApproval>;

/**
 * Goes up with every field that an older Tidings couldn't read, or would drop: it then calls the file newer and sets it
 * aside whole, instead of taking it for damaged and losing what it doesn't know.
 */
export const settingsVersion = 2;

/** Each field of settings.json by itself. */
export const settingsFields = {
  schemaVersion: z.literal(settingsVersion),
  language: z.enum(['system', 'en', 'zh-CN']),
  profile: profileLayerSchema,
  tokenStorage: z.enum(['keyring', 'session-only']),
  accounts: z.array(accountSchema).readonly(),
  awaitedApprovals: z.array(awaitedApprovalSchema).readonly().default([]),
  notificationDetail: z.enum(['full', 'sender-only', 'count-only']).default('full'),
  closeHintShown: z.boolean(),
};

/** What settings.json may hold. Fields of the same version that nobody knows are dropped at the next save. */
export const settingsSchema = z.object(settingsFields).refine(({ accounts }) => areUnique(accounts.flatMap(idsOf)), {
  path: ['accounts'],
  message: 'ids repeat',
}) satisfies z.ZodType<Settings>;

/** An account's id and its mailboxes': what is remembered of their mail goes by them. */
function idsOf({ id, sharedMailboxes }: AccountRecord): readonly string[] {
  return [id, ...sharedMailboxes.map((mailbox) => mailbox.id)];
}

function areUnique(ids: readonly string[]): boolean {
  return new Set(ids).size === ids.length;
}
