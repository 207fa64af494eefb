import type { AccountSnapshot } from '../electron/shared/snapshot.ts';

/** Whose page at Microsoft: each kind of account has one of its own. */
export type ConsentPage = 'personal' | 'work';

/** Where these accounts' permissions are withdrawn: one page where all are known to be of its kind, otherwise both. */
export function consentPagesOf(accounts: readonly Pick<AccountSnapshot, 'kind'>[]): readonly ConsentPage[] {
  const [first, ...others] = new Set(accounts.map(({ kind }) => kind));
  return others.length > 0 || first === undefined || first === 'unknown' ? ['personal', 'work'] : [first];
}
