import type { z } from 'zod';
import { type AccountRecord, defaultSettings, type Settings } from '../../shared/settings.ts';
import { describeIssues, summarizeIssues } from '../profile/profile-issues.ts';
import type { Salvage } from './json-file.ts';
import { accountSchema, settingsFields } from './settings-schema.ts';

/**
 * What can be used of settings that as a whole can't be: each field that is in order, and each account. Of the
 * person's own profile, all or nothing: half a profile could send a sign-in to the wrong place. The detail names the
 * first wrong fields, such as `profile.imap.port: must be between 1 and 65535`.
 */
export function salvageSettings(content: Readonly<Record<string, unknown>>): Salvage<Settings> {
  const problems: string[] = [];

  function take<K extends Exclude<keyof Settings, 'accounts'>>(name: K, field: z.ZodType<Settings[K]>): Settings[K] {
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
    const accounts = new Map<string, AccountRecord>();
    for (const [index, entry] of entries.entries()) {
      const checked = accountSchema.safeParse(entry);
      if (!checked.success) problems.push(...describeIssues(checked.error, ['accounts', index]));
      else if (accounts.has(checked.data.id)) problems.push(`accounts.${index}.id: is another account's`);
      else accounts.set(checked.data.id, checked.data);
    }
    return [...accounts.values()];
  }

  const value: Settings = {
    schemaVersion: take('schemaVersion', settingsFields.schemaVersion),
    language: take('language', settingsFields.language),
    profile: take('profile', settingsFields.profile),
    tokenStorage: take('tokenStorage', settingsFields.tokenStorage),
    accounts: takeAccounts(content['accounts']),
    notificationDetail: take('notificationDetail', settingsFields.notificationDetail),
    closeHintShown: take('closeHintShown', settingsFields.closeHintShown),
  };
  return { value, detail: summarizeIssues(problems) };
}
