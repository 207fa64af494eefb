import type { DoctorFinding, DoctorRemark, DoctorStepName } from '../../shared/doctor.ts';
import type { AccountRecord } from '../../shared/settings.ts';
import { dialDirectly } from '../network/dial.ts';
import type { AccessToken } from '../auth/auth-types.ts';
import { type ExaminationDeps, failed, passed, type StepEnd, type StepWork } from './examination-step.ts';
import { askIdentityHost, type HostAnswer } from './identity-probe.ts';
import { clockToleranceMs, finding } from './reach-finding.ts';
import type { ReachSteps } from './reach-steps.ts';
import { readClaims, type TokenClaims } from './token-claims.ts';

/** How long (ms) the sign-in service is asked for the time. */
const hostLimitMs = 10_000;

/** The token, as the watching gets it, and what the sign-in service's host says meanwhile. */
export class TokenStep {
  readonly steps: readonly (readonly [DoctorStepName, StepWork])[];
  readonly #account: AccountRecord;
  readonly #deps: ExaminationDeps;
  readonly #reach: ReachSteps;
  #token: AccessToken | null = null;
  #claims: TokenClaims = readClaims('');
  #clockAheadMs: number | null = null;

  constructor(account: AccountRecord, deps: ExaminationDeps, reach: ReachSteps) {
    this.#account = account;
    this.#deps = deps;
    this.#reach = reach;
    this.steps = [['token', (signal) => this.#get(signal)]];
  }

  get ca(): readonly string[] | undefined {
    return this.#reach.ca;
  }

  /** @throws before the step has passed */
  get token(): AccessToken {
    if (this.#token === null) throw new Error('No token yet');
    return this.#token;
  }

  get claims(): TokenClaims {
    return this.#claims;
  }

  /** This computer's clock less the sign-in service's, ms; null where that one wasn't heard. */
  get clockAheadMs(): number | null {
    return this.#clockAheadMs;
  }

  async #get(signal: AbortSignal): Promise<StepEnd> {
    const { acquireToken } = this.#deps;
    const asked = this.#askHost(signal);
    let token: AccessToken;
    try {
      token = await acquireToken(this.#account);
    } catch (error) {
      return failed(await this.#explain(error, await asked, signal));
    }
    const host = await asked;
    this.#clockAheadMs = host?.clockAheadMs ?? null;
    this.#token = token;
    this.#claims = readClaims(token.token);
    const { audience, owner, scopes } = this.#claims;
    const { expiresAt } = token;
    const facts = { step: 'token', expiresAt, owner, audience, scopes, clockAheadMs: this.#clockAheadMs } as const;
    return passed(facts, remarksOn(host));
  }

  /** Null where it didn't answer. */
  async #askHost(signal: AbortSignal): Promise<HostAnswer | null> {
    const { authority } = this.#account.profile;
    const { clock, dial = dialDirectly } = this.#deps;
    try {
      return await askIdentityHost({ authority, ca: this.ca, clock, dial, limitMs: hostLimitMs, signal });
    } catch {
      // Told as a remark, or by the token's own error.
      return null;
    }
  }

  async #explain(error: unknown, host: HostAnswer | null, signal: AbortSignal): Promise<DoctorFinding> {
    const info = this.#deps.explainTokenError(error, this.#account.id);
    const portal = host?.portal ?? null;
    if (portal !== null) return finding({ kind: 'captive-portal', host: portal.host }, info.detail);
    if (info.code === 'certificate-untrusted') {
      const { hostname, port } = new URL(this.#account.profile.authority);
      const server = { host: hostname, port: port === '' ? 443 : Number(port) };
      const found = await this.#reach.explainServer(server, signal);
      if (found !== null) return found;
    }
    const aheadMs = host?.clockAheadMs ?? 0;
    const isClockOff = Math.abs(aheadMs) >= clockToleranceMs;
    return finding({ kind: 'known-error', error: info }, info.detail, isClockOff ? ['clock-wrong'] : []);
  }
}

function remarksOn(host: HostAnswer | null): readonly DoctorRemark[] {
  if (host === null || host.portal !== null) return [{ kind: 'sign-in-service-unreachable' }];
  const { clockAheadMs } = host;
  if (clockAheadMs === null || Math.abs(clockAheadMs) < clockToleranceMs) return [];
  return [{ kind: 'clock-wrong', aheadMs: clockAheadMs }];
}
