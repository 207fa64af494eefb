import { z } from 'zod';
import { appErrorCodes, type AppErrorInfo } from '../../shared/app-error.ts';
import { explanationIds, menders } from '../../shared/sign-in-explanation.ts';
import type { AccountSnapshot } from '../../shared/snapshot.ts';

/** sign-ins.json: account id -> why its sign-in was lost, until it is regained. No secret. */
export interface LostSignInsFile {
  readonly schemaVersion: 1;
  readonly lost: Readonly<Record<string, AppErrorInfo>>;
}

const line = z.string().max(300);

const reasonSchema = z.strictObject({
  code: z.enum(appErrorCodes),
  at: z.number(),
  aadsts: z
    .string()
    .regex(/^\d{4,8}$/u)
    .exactOptional(),
  correlationId: line.exactOptional(),
  traceId: line.exactOptional(),
  explanation: z.enum(explanationIds).exactOptional(),
  who: z.enum(menders).exactOptional(),
  detail: line.exactOptional(),
});

/** A reason of a later version's is left out: it costs one notification, which the whole file would cost each account. */
export const lostSignInsFileSchema: z.ZodType<LostSignInsFile> = z.strictObject({
  schemaVersion: z.literal(1),
  lost: z.record(z.string(), z.unknown()).transform((entries) =>
    Object.fromEntries(
      Object.entries(entries).flatMap(([id, entry]) => {
        const checked = reasonSchema.safeParse(entry);
        return checked.success ? [[id, checked.data] as const] : [];
      }),
    ),
  ),
});

export const emptyLostSignInsFile: LostSignInsFile = { schemaVersion: 1, lost: {} };

export interface LostSignInsDeps {
  /** The value kept between runs; on the disk when `set` returns. */
  readonly kept: { readonly value: LostSignInsFile; set(value: LostSignInsFile): void };
  /** A sign-in was lost: once for each loss, also where the program was started anew since. */
  readonly onLost: (account: AccountSnapshot, reason: AppErrorInfo) => void;
  /** It is regained, or the account is gone. */
  readonly onRegained: (accountId: string) => void;
}

/** Why the identity provider itself refused an account; null where nothing says that it did. */
export function refusalIn(lost: LostSignInsFile['lost'], accountId: string): AppErrorInfo | null {
  const reason = lost[accountId];
  // Nobody else gives those ids.
  return reason?.correlationId === undefined && reason?.aadsts === undefined ? null : reason;
}

/** Knows which accounts have lost their sign-in, and why: the next run would only know that there is no token. */
export class LostSignIns {
  readonly #deps: LostSignInsDeps;

  constructor(deps: LostSignInsDeps) {
    this.#deps = deps;
  }

  /** Looks at the accounts as they are now. Only being watched again ends a loss: an attempt doesn't. */
  follow(accounts: readonly AccountSnapshot[]): void {
    const { kept, onLost, onRegained } = this.#deps;
    const { lost } = kept.value;
    const stillLost = accounts.filter(({ id, state }) => Object.hasOwn(lost, id) && state.kind !== 'watching');
    const news = accounts.filter(({ id, state }) => !Object.hasOwn(lost, id) && state.kind === 'needs-sign-in');
    const next: Record<string, AppErrorInfo> = {};
    for (const { id, state } of [...stillLost, ...news]) {
      const before = lost[id];
      const after = state.kind === 'needs-sign-in' ? state.error : before;
      // Without a number it is only what is left of the first answer.
      const reason = before !== undefined && (after === undefined || after.aadsts === undefined) ? before : after;
      if (reason !== undefined) next[id] = reason;
    }
    const regained = Object.keys(lost).filter((id) => !Object.hasOwn(next, id));
    const isOther = Object.entries(next).some(([id, reason]) => lost[id]?.aadsts !== reason.aadsts);
    // On the disk before anything is said: a kill in between says it never rather than twice.
    if (regained.length > 0 || news.length > 0 || isOther) kept.set({ schemaVersion: 1, lost: next });
    for (const id of regained) onRegained(id);
    for (const account of news) {
      const { state } = account;
      // What ended with the last run, as the person chose, is no news.
      if (state.kind !== 'needs-sign-in' || state.error.explanation === 'session-only') continue;
      onLost(account, state.error);
    }
  }

  /** Why the account's sign-in was lost; null where it wasn't, as far as is known. */
  reasonOf(accountId: string): AppErrorInfo | null {
    return this.#deps.kept.value.lost[accountId] ?? null;
  }

  /** The accounts with the reasons that are known. */
  explained(accounts: readonly AccountSnapshot[]): readonly AccountSnapshot[] {
    return accounts.map((account) => {
      const reason = this.#deps.kept.value.lost[account.id];
      if (account.state.kind !== 'needs-sign-in' || reason === undefined) return account;
      return { ...account, state: { kind: 'needs-sign-in', error: reason } };
    });
  }

  /** Why the identity provider itself refused the account, as far as is known; null where nothing says so. */
  refusalOf(accountId: string): AppErrorInfo | null {
    return refusalIn(this.#deps.kept.value.lost, accountId);
  }

  /** The person has signed in again: what fails from now on is another loss. */
  regained(accountId: string): void {
    const { kept, onRegained } = this.#deps;
    const { [accountId]: over, ...lost } = kept.value.lost;
    if (over === undefined) return;
    kept.set({ schemaVersion: 1, lost });
    onRegained(accountId);
  }
}
