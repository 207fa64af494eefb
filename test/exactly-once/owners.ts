import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { DeploymentProfile } from '../../electron/shared/profile.ts';
import { type AccountRecord, defaultSettings } from '../../electron/shared/settings.ts';
import { ada, lin, sam, type StandinPerson } from '../standin/people.ts';

/** Whose accounts the app has: the stories name them by their place here. */
export const owners: readonly StandinPerson[] = [ada, lin, sam];

export const accountIds: readonly string[] = owners.map((_, index) => accountId(index));

export function owner(account: number): StandinPerson {
  const found = owners[account];
  if (found === undefined) throw new Error(`No account ${account}`);
  return found;
}

export function address(account: number): string {
  return owner(account).address;
}

/** The app's own name for an account. */
export function accountId(account: number): string {
  return `account-${account}`;
}

export function homeAccountIdOf({ oid, tid }: StandinPerson): string {
  return `${oid}.${tid}`;
}

export function ownerOf(homeAccountId: string): StandinPerson {
  const found = owners.find((person) => homeAccountIdOf(person) === homeAccountId);
  if (found === undefined) throw new Error(`Nobody is ${homeAccountId}`);
  return found;
}

/** Makes a data folder as of an app to which everybody was added. */
export function writeDataFolder(folder: string, profile: DeploymentProfile): void {
  const accounts = owners.map((person, index): AccountRecord => ({
    id: accountId(index),
    homeAccountId: homeAccountIdOf(person),
    address: person.address,
    displayName: person.displayName,
    profile,
    addedAt: 0,
    sharedMailboxes: [],
  }));
  mkdirSync(folder, { recursive: true });
  const settings = { ...defaultSettings, tokenStorage: 'session-only', accounts };
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings));
}

/** One of several by a number of 0..1; undefined where there is none. */
export function pickFrom<T>(all: readonly T[], pick: number): T | undefined {
  return all[Math.min(all.length - 1, Math.floor(pick * all.length))];
}
