import { z } from 'zod';
import {
  type AccountRecord,
  type AwaitedApproval,
  defaultSettings,
  type Settings,
  type SharedMailboxRecord,
} from '../../shared/settings.ts';
import { describeIssues, summarizeIssues } from '../profile/profile-issues.ts';
import type { Salvage } from './json-file.ts';
import { accountSchema, awaitedApprovalSchema, settingsFields, sharedMailboxSchema } from './settings-schema.ts';

/** An account whose shared mailboxes may be anything. */
const ownAccountSchema = accountSchema.extend({ sharedMailboxes: z.unknown() });

/**
 * What can be used of settings that as a whole can't be: each field that is in order, each account, and of an
 * account's shared mailboxes each. Of the
 * person's own profile, all or nothing: half a profile could send a sign-in to the wrong place. The detail names the
 * first wrong fields, such as `profile.imap.port: must be between 1 and 65535`.
 */
export function salvageSettings(content: Readonly<Record<string, unknown>>): Salvage<Settings> {
  const problems: string[] = [];

  function take<K extends Exclude<keyof Settings, 'accounts' | 'awaitedApprovals'>>(
    name: K,
    field: z.ZodType<Settings[K]>,
  ): Settings[K] {
    const checked = field.safeParse(content[name]);
    if (checked.success) return checked.data;
    problems.push(...describeIssues(checked.error, [name]));
    return defaultSettings[name];
  }

  function takeAccounts(entries: unknown): readonly AccountRecord[] {
    if (!Array.isArray(entries)) {
      problems.push('accounts: must be a list');
      return [];
    }
    const ids = new Set<string>();
    const accounts: AccountRecord[] = [];
    for (const [index, entry] of entries.entries()) {
      const checked = ownAccountSchema.safeParse(entry);
      if (!checked.success) problems.push(...describeIssues(checked.error, ['accounts', index]));
      else if (ids.has(checked.data.id)) problems.push(`accounts.${index}.id: is another account's`);
      else {
        ids.add(checked.data.id);
        const { sharedMailboxes, ...account } = checked.data;
        const at = ['accounts', index, 'sharedMailboxes'];
        accounts.push({ ...account, sharedMailboxes: takeMailboxes(sharedMailboxes, at, ids) });
      }
    }
    return accounts;
  }

  /** `ids`: those that are taken, to which the mailboxes' are added. */
  function takeMailboxes(
    entries: unknown,
    at: readonly PropertyKey[],
    ids: Set<string>,
  ): readonly SharedMailboxRecord[] {
    if (!Array.isArray(entries)) {
      if (entries !== undefined) problems.push(`${at.join('.')}: must be a list`);
      return [];
    }
    return entries.flatMap((entry: unknown, index) => {
      const checked = sharedMailboxSchema.safeParse(entry);
      if (!checked.success) problems.push(...describeIssues(checked.error, [...at, index]));
      else if (ids.has(checked.data.id)) problems.push(`${[...at, index].join('.')}.id: is another's`);
      else {
        ids.add(checked.data.id);
        return [checked.data];
      }
      return [];
    });
  }

  function takeApprovals(entries: unknown): readonly AwaitedApproval[] {
    // Files of before there were any have none.
    if (entries === undefined) return [];
    if (!Array.isArray(entries)) {
      problems.push('awaitedApprovals: must be a list');
      return [];
    }
    return entries.flatMap((entry: unknown, index) => {
      const checked = awaitedApprovalSchema.safeParse(entry);
      if (checked.success) return [checked.data];
      problems.push(...describeIssues(checked.error, ['awaitedApprovals', index]));
      return [];
    });
  }

  const value: Settings = {
    schemaVersion: take('schemaVersion', settingsFields.schemaVersion),
    language: take('language', settingsFields.language),
    profile: take('profile', settingsFields.profile),
    tokenStorage: take('tokenStorage', settingsFields.tokenStorage),
    accounts: takeAccounts(content['accounts']),
    awaitedApprovals: takeApprovals(content['awaitedApprovals']),
    notificationDetail: take('notificationDetail', settingsFields.notificationDetail),
    closeHintShown: take('closeHintShown', settingsFields.closeHintShown),
  };
  return { value, detail: summarizeIssues(problems) };
}
