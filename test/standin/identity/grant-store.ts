import { randomBytes } from 'node:crypto';

import type { StandinPerson } from '../people.ts';
import { refuse } from './aadsts.ts';
import type { Refusal } from './aadsts.ts';
import type { AppRegistration } from './app-registration.ts';
import type { RequestedScopes } from './scopes.ts';

/** What a person allowed an app. */
export interface Grant {
  readonly kind: 'grant';
  readonly person: StandinPerson;
  readonly app: AppRegistration;
  readonly tenant: string;
  readonly scopes: RequestedScopes;
}

/** An authorization code's side of the bargain: what must be shown to redeem it. */
export interface CodeGrant extends Grant {
  readonly redirectUri: string;
  readonly codeChallenge: string;
  readonly nonce: string | null;
}

/** Ten minutes: Microsoft's lifetime of an authorization code. */
const CODE_LIFETIME_MS = 600_000;

type CodeRecord = { readonly grant: CodeGrant; readonly expiresAt: number; redeemed: boolean };
type RefreshRecord = { readonly grant: Grant; state: 'good' | 'used' | 'revoked' };

/** Authorization codes, refresh tokens and consents. In memory; each code and refresh token serves once. */
export class GrantStore {
  readonly #now: () => number;
  readonly #codes = new Map<string, CodeRecord>();
  readonly #refreshTokens = new Map<string, RefreshRecord>();
  readonly #consents = new Map<string, RequestedScopes[]>();
  readonly #approvals = new Map<string, RequestedScopes[]>();
  readonly #guarded = new Set<string>();

  constructor(now: () => number) {
    this.#now = now;
  }

  issueCode(grant: CodeGrant): string {
    const code = `0.${randomBytes(48).toString('base64url')}`;
    this.#codes.set(code, { grant, expiresAt: this.#now() + CODE_LIFETIME_MS, redeemed: false });
    return code;
  }

  /** Whose a code is, without redeeming it. */
  findCode(code: string): CodeGrant | null {
    return this.#codes.get(code)?.grant ?? null;
  }

  redeemCode(code: string): CodeGrant | Refusal {
    const record = this.#codes.get(code);
    if (record === undefined) return refuse(9002313, { error: 'invalid_grant' });
    if (record.redeemed) return refuse(54005);
    record.redeemed = true;
    return record.expiresAt < this.#now() ? refuse(70008) : record.grant;
  }

  issueRefreshToken(grant: Grant): string {
    const token = `1.${randomBytes(64).toString('base64url')}`;
    this.#refreshTokens.set(token, { grant, state: 'good' });
    return token;
  }

  /** Looks a refresh token up without using it. */
  findRefreshToken(token: string): Grant | Refusal {
    const record = this.#refreshTokens.get(token);
    if (record === undefined) return refuse(9002313, { error: 'invalid_grant' });
    switch (record.state) {
      case 'good':
        return record.grant;
      case 'used':
        return refuse(70000, { text: 'The refresh token was already used; its successor is the valid one.' });
      case 'revoked':
        return refuse(50173);
    }
  }

  /** Ends a refresh token that was just exchanged. */
  useUp(token: string): void {
    const record = this.#refreshTokens.get(token);
    if (record?.state === 'good') record.state = 'used';
  }

  /** What a password reset does; without an address, to everybody. */
  revokeRefreshTokens(address?: string): void {
    for (const record of this.#refreshTokens.values()) {
      if (address === undefined || record.grant.person.address === address) record.state = 'revoked';
    }
  }

  recordConsent(app: AppRegistration, person: StandinPerson, scopes: RequestedScopes): void {
    const key = consentKey(app, person);
    this.#consents.set(key, [...(this.#consents.get(key) ?? []), scopes]);
  }

  consentsOf(app: AppRegistration, person: StandinPerson): readonly RequestedScopes[] {
    return this.#consents.get(consentKey(app, person)) ?? [];
  }

  /** From now on nobody of the tenant but its administrators can consent by themselves. */
  requireApproval(tid: string): void {
    this.#guarded.add(tid);
  }

  /** Whether only an administrator can let the app in for this person. */
  needsApproval(person: StandinPerson): boolean {
    return this.#guarded.has(person.tid) && person.role !== 'administrator';
  }

  /** An administrator consented for everybody of the tenant. */
  recordApproval(app: AppRegistration, tid: string, scopes: RequestedScopes): void {
    const key = `${app.clientId}/${tid}`;
    this.#approvals.set(key, [...(this.#approvals.get(key) ?? []), scopes]);
  }

  approvalsOf(app: AppRegistration, tid: string): readonly RequestedScopes[] {
    return this.#approvals.get(`${app.clientId}/${tid}`) ?? [];
  }

  forgetConsent(person: StandinPerson): void {
    for (const key of this.#consents.keys()) {
      if (key.endsWith(`/${person.oid}`)) this.#consents.delete(key);
    }
  }
}

function consentKey(app: AppRegistration, person: StandinPerson): string {
  return `${app.clientId}/${person.oid}`;
}
