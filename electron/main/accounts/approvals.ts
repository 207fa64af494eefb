import type { AppErrorCode } from '../../shared/app-error.ts';
import type { DeploymentProfile } from '../../shared/profile.ts';
import type { AccountRecord, AwaitedApproval } from '../../shared/settings.ts';
import type { ApprovalSnapshot } from '../../shared/snapshot.ts';
import { readWorkAddress } from '../../shared/work-address.ts';
import { AuthFailure } from '../auth/auth-types.ts';
import { cleanText } from '../clean-text.ts';
import type { Clock } from '../clock.ts';
import { accountKindOf } from './account-kind.ts';
import type { AwaitedSignIn } from './sign-in-controller.ts';
import { approvalLink, approvalTenant, graphEnvironmentOf } from './approval-link.ts';

/** More than anybody waits for. */
const maxAwaited = 20;
/** Graphemes of an address, as it is shown. */
const maxAddressLength = 320;

export interface ApprovalsDeps {
  readonly findAccount: (accountId: string) => AccountRecord | null;
  /** What new accounts sign in with. */
  readonly profile: () => DeploymentProfile;
  readonly signIn: {
    beginAwaited(profile: DeploymentProfile, awaited: AwaitedSignIn): void;
    beginAgain(accountId: string, awaited: AwaitedSignIn): void;
  };
  /** A new random id; it is also the `state` of the approval link. */
  readonly createId: () => string;
  /** Keeps the list between runs. Never throws. */
  readonly save: (awaited: readonly AwaitedApproval[]) => void;
  readonly onChange: () => void;
  readonly clock: Pick<Clock, 'now'>;
}

/** The accounts that wait for an administrator, across restarts. Commands reject with {@link AuthFailure}. */
export class Approvals {
  readonly #deps: ApprovalsDeps;
  #awaited: readonly AwaitedApproval[];

  constructor(awaited: readonly AwaitedApproval[], deps: ApprovalsDeps) {
    this.#deps = deps;
    // An account that was lost with a damaged file can still be added anew.
    this.#awaited = awaited.map((one) => (this.#accountOf(one) === null ? { ...one, accountId: null } : one));
  }

  snapshots(): readonly ApprovalSnapshot[] {
    return this.#awaited.flatMap((awaited) => {
      const { id, accountId, address, profile, since, triedAt } = awaited;
      if (profile.clientId === null) return [];
      const tenant = approvalTenant(profile, awaited.tenant);
      return {
        id,
        accountId,
        address: address === null ? null : cleanText(address, maxAddressLength),
        since,
        triedAt,
        link: approvalLink({ ...profile, clientId: profile.clientId }, tenant, id),
        clientId: profile.clientId,
        tenant,
        graphEnvironment: graphEnvironmentOf(profile),
      };
    });
  }

  find(approvalId: string): ApprovalSnapshot | null {
    return this.snapshots().find(({ id }) => id === approvalId) ?? null;
  }

  /** The profile that the approval is for; null when it isn't listed. */
  profileOf(approvalId: string): DeploymentProfile | null {
    return this.#awaited.find(({ id }) => id === approvalId)?.profile ?? null;
  }

  /**
   * Lists an account of this address (null: not told), or one that is there, and returns the approval's id; of the same
   * account on the same cloud and app there is one. A personal account is refused: nobody administers it.
   */
  ask(address: string | null, accountId: string | null): string {
    const wanted = accountId === null ? this.#newAccount(address) : this.#ofAccount(accountId);
    if (wanted.profile.clientId === null) throw this.#failure('client-id-missing');
    const known = this.#awaited.find((awaited) => isSame(awaited, wanted));
    if (known !== undefined) {
      // Asked for by its address before; from now on it waits in the account's own place.
      if (known.accountId === null && accountId !== null) this.#change(known, { accountId });
      return known.id;
    }
    if (this.#awaited.length >= maxAwaited) throw this.#failure('approvals-too-many');
    const id = this.#deps.createId();
    this.#set([...this.#awaited, { ...wanted, id, since: this.#deps.clock.now(), triedAt: null }]);
    return id;
  }

  /** Tries the sign-in once more; does nothing when it isn't listed. */
  checkAgain(approvalId: string): void {
    const awaited = this.#awaited.find(({ id }) => id === approvalId);
    if (awaited === undefined) return;
    this.#change(awaited, { triedAt: this.#deps.clock.now() });
    const { accountId, address, profile } = awaited;
    const { signIn } = this.#deps;
    if (accountId === null) signIn.beginAwaited(profile, { id: approvalId, address });
    else signIn.beginAgain(accountId, { id: approvalId, address });
  }

  remove(approvalId: string): void {
    this.#set(this.#awaited.filter(({ id }) => id !== approvalId));
  }

  /** The account is gone, and with it what it waited for. */
  forgetAccount(accountId: string): void {
    const left = this.#awaited.filter((awaited) => awaited.accountId !== accountId);
    if (left.length < this.#awaited.length) this.#set(left);
  }

  /**
   * Somebody has signed in: what waited for just that waits no longer. `triedId` is the approval that the sign-in was
   * for, if any.
   */
  settle(record: AccountRecord, triedId: string | null): void {
    const left = this.#awaited.filter((awaited) => !isAnsweredBy(awaited, record, awaited.id === triedId));
    if (left.length < this.#awaited.length) this.#set(left);
  }

  #newAccount(address: string | null): Wanted {
    const profile = this.#deps.profile();
    if (address === null) return { accountId: null, address, tenant: null, profile };
    const read = readWorkAddress(address);
    // The window says so before, in words.
    if (read.kind === 'problem') throw this.#failure('unexpected');
    return { accountId: null, address: read.address, tenant: read.domain, profile };
  }

  #ofAccount(accountId: string): Wanted {
    const record = this.#deps.findAccount(accountId);
    if (record === null) throw this.#failure('unexpected');
    if (accountKindOf(record.homeAccountId) === 'personal') throw this.#failure('approval-not-needed');
    return { accountId, address: record.address, tenant: tenantOf(record), profile: record.profile };
  }

  #accountOf({ accountId }: AwaitedApproval): AccountRecord | null {
    return accountId === null ? null : this.#deps.findAccount(accountId);
  }

  #change(awaited: AwaitedApproval, change: Partial<AwaitedApproval>): void {
    this.#set(this.#awaited.map((one) => (one === awaited ? { ...one, ...change } : one)));
  }

  #set(awaited: readonly AwaitedApproval[]): void {
    this.#awaited = awaited;
    this.#deps.save(awaited);
    this.#deps.onChange();
  }

  #failure(code: AppErrorCode): AuthFailure {
    return new AuthFailure({ code, at: this.#deps.clock.now() }, { kind: 'final' });
  }
}

type Wanted = Pick<AwaitedApproval, 'accountId' | 'address' | 'tenant' | 'profile'>;

function isSame(one: Wanted, other: Wanted): boolean {
  if (one.accountId !== null && other.accountId !== null) return one.accountId === other.accountId;
  return (
    sameAddress(one.address, other.address) &&
    one.profile.clientId === other.profile.clientId &&
    sameCloud(one.profile, other.profile)
  );
}

/**
 * Whether a sign-in is what was waited for: that very account, where it is one of the accounts; else the same address, or, `isTried`, another one of that organization, by which
 * its account is known there. Of an address that nobody told, any but a personal account.
 */
function isAnsweredBy(awaited: AwaitedApproval, record: AccountRecord, isTried: boolean): boolean {
  if (awaited.accountId !== null) return awaited.accountId === record.id;
  if (!sameCloud(awaited.profile, record.profile)) return false;
  if (awaited.address !== null && sameAddress(awaited.address, record.address)) return true;
  if (!isTried) return false;
  if (awaited.address === null) return accountKindOf(record.homeAccountId) !== 'personal';
  const domain = record.address.slice(record.address.indexOf('@') + 1).toLowerCase();
  return awaited.tenant !== null && [tenantOf(record), domain].includes(awaited.tenant.toLowerCase());
}

function sameAddress(one: string | null, other: string | null): boolean {
  return one === null || other === null ? one === other : one.toLowerCase() === other.toLowerCase();
}

function sameCloud(one: DeploymentProfile, other: DeploymentProfile): boolean {
  return new URL(one.authority).host === new URL(other.authority).host;
}

/** The second half of MSAL's `oid.tid`; null for an id of another make. */
function tenantOf({ homeAccountId }: Pick<AccountRecord, 'homeAccountId'>): string | null {
  return /\.([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/iu.exec(homeAccountId)?.[1]?.toLowerCase() ?? null;
}
