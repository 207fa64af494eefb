import type { Clock } from '../clock.ts';
import { ProxyFailure } from './proxy-failure.ts';

/**
 * How long (ms) the refusal of a password stands for all connections: less than the five minutes after which each of
 * them tries again, so that one of them asks the proxy anew. If each account and mailbox sent it by itself, they would
 * together soon lock the person's account in the company's directory.
 */
export const refusalStandsMs = 280_000;

/**
 * How long (ms) the second refusal of one password stands, and each after it: longer than a directory adds failures up
 * ("Reset account lockout counter after", counted from the last one: 15 min in Microsoft's baselines, 30 where Windows
 * proposes a value). A directory that was down is back by then.
 */
export const repeatedRefusalStandsMs = 3_600_000;

/** What all connections know together of a password that a proxy is told. */
export interface ProxySignIns {
  /**
   * Runs `signIn`, which tells a proxy the password; `who` names proxy, user and password. Rejects with the refusal, and
   * tells nothing, while a refusal of just that stands ({@link refusalStandsMs}, {@link repeatedRefusalStandsMs}). Until
   * a proxy has taken a password, one at a time tells it.
   */
  run(who: string, signIn: () => Promise<void>): Promise<void>;
  /** A person wants to know, or has changed something: the next one asks. */
  forget(): void;
}

export function createProxySignIns(clock: Pick<Clock, 'monotonic'>): ProxySignIns {
  let accepted: string | null = null;
  let refused: { readonly who: string; readonly failure: ProxyFailure; readonly until: number } | null = null;
  let first: { readonly who: string; readonly over: Promise<void> } | null = null;

  function accept(who: string): void {
    accepted = who;
    if (refused?.who === who) refused = null;
  }

  function refuse(who: string, failure: ProxyFailure): void {
    const now = clock.monotonic();
    if (refused?.who !== who) refused = { who, failure, until: now + refusalStandsMs };
    // Several that were on their way together are one refusal.
    else if (now >= refused.until) refused = { who, failure, until: now + repeatedRefusalStandsMs };
  }

  async function tell(who: string, signIn: () => Promise<void>): Promise<void> {
    try {
      await signIn();
      accept(who);
    } catch (error) {
      const problem = error instanceof ProxyFailure ? error.problem : null;
      // What it says of the host, it says to those it knows.
      if (problem === 'no-way' || problem === 'refused') accept(who);
      if (error instanceof ProxyFailure && problem === 'sign-in-refused') {
        if (accepted === who) accepted = null;
        refuse(who, error);
      }
      throw error;
    }
  }

  /** The end of another one's try, which may answer this one; null for nothing to wait for. */
  function before(who: string): Promise<void> | null {
    return first?.who === who && accepted !== who ? first.over : null;
  }

  return {
    async run(who, signIn) {
      for (let turn = before(who); turn !== null; turn = before(who)) await turn;
      if (refused?.who === who && clock.monotonic() < refused.until) throw refused.failure;
      const told = tell(who, signIn);
      if (accepted !== who) {
        const over = told
          .catch(() => undefined)
          .finally(() => {
            if (first?.over === over) first = null;
          });
        first = { who, over };
      }
      await told;
    },
    forget() {
      refused = null;
    },
  };
}
