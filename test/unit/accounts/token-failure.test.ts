import { describe, expect, it } from 'vitest';

import { classifyTokenError } from '../../../electron/main/accounts/token-failure.ts';
import { classifyAuthError } from '../../../electron/main/auth/auth-error.ts';
import { transportFailureOf } from '../../../electron/main/auth/transport-failure.ts';
import { ProxyFailure, type ProxyProblem } from '../../../electron/main/network/proxy-failure.ts';
import { settle } from '../../support/fake-clock.ts';
import { minute, WatchedMailbox } from '../../support/watched-mailbox.ts';

/** What a token request ends with where the network's proxy did this, as MSAL and the network client leave it. */
function failedAtProxy(problem: ProxyProblem): Error {
  const error = Object.assign(new Error('network_error'), { name: 'ClientAuthError', errorCode: 'network_error' });
  const transport = transportFailureOf(new ProxyFailure(problem, 'proxy: HTTP 407'));
  return classifyAuthError(error, { transport, discovery: null }, 0);
}

describe('a token that a proxy keeps from coming', () => {
  it.each(['sign-in-refused', 'sign-in-unsupported', 'refused', 'untrusted'] as const)(
    'is asked for every five minutes where the proxy says no: %s',
    (problem) => {
      const failure = classifyTokenError(failedAtProxy(problem), 0);
      expect(failure).toMatchObject({ kind: 'refused', error: { code: `proxy-${problem}` }, retryMs: 5 * minute });
    },
  );

  it.each(['unreachable', 'no-way', 'password-unavailable'] as const)(
    'is asked for as by a network that comes and goes: %s',
    (problem) => {
      const failure = classifyTokenError(failedAtProxy(problem), 0);
      expect(failure).toMatchObject({ kind: 'passing', error: { code: `proxy-${problem}` }, reach: 'unreached' });
    },
  );

  it('sends a refused password twelve times an hour at the most: more may lock the person’s account', async () => {
    const m = new WatchedMailbox();
    m.tokenFailure = classifyTokenError(failedAtProxy('sign-in-refused'), 0);
    m.watcher.start();
    await settle();
    await m.clock.advance(60 * minute - 1);
    expect(m.renewals.length).toBeGreaterThan(1);
    expect(m.renewals.length).toBeLessThanOrEqual(12);
    await m.watcher.dispose();
  });

  it('sends it no more often while a session goes on, whose next token is due', async () => {
    const m = new WatchedMailbox();
    m.watcher.start();
    await settle();
    m.tokenFailure = classifyTokenError(failedAtProxy('sign-in-refused'), 0);
    await m.clock.advance(122 * minute);
    expect(m.server.live.size).toBe(1);
    expect(m.renewals.length).toBeGreaterThan(2);
    expect(m.renewals.length).toBeLessThanOrEqual(1 + 13);
    await m.watcher.dispose();
  });
});
