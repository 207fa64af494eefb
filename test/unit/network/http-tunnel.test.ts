import { describe, expect, it } from 'vitest';

import { failureOf } from '../../../electron/main/network/http-tunnel.ts';

/** As `node:http` has several lines of this name: in one text. */
const offers = (...lines: string[]) => ({ 'proxy-authenticate': lines.join(', ') });

describe("a proxy's answer", () => {
  it.each([200, 204])('%i is a tunnel', (status) => {
    expect(failureOf(status, {}, false)).toBeNull();
  });

  it.each([
    [407, offers('Basic realm="corp, the network"'), 'proxy-sign-in-refused'],
    [407, offers('Negotiate', 'NTLM', 'Basic realm="corp"'), 'proxy-sign-in-refused'],
    [407, {}, 'proxy-sign-in-refused'],
    [407, offers('Negotiate', 'NTLM'), 'proxy-sign-in-unsupported'],
    [407, offers('NTLM'), 'proxy-sign-in-unsupported'],
    [407, offers('Digest realm="corp", nonce="Basic", qop="auth"'), 'proxy-sign-in-unsupported'],
    [401, {}, 'proxy-sign-in-refused'],
    [403, {}, 'proxy-refused'],
    [405, {}, 'proxy-refused'],
    [302, {}, 'proxy-refused'],
    [500, {}, 'proxy-no-way'],
    [503, {}, 'proxy-no-way'],
  ] as const)('%i with %j is %s', (status, headers, code) => {
    expect(failureOf(status, headers, true)?.code).toBe(code);
  });

  it('names the ways in that it wants, and whether a password was given', () => {
    expect(failureOf(407, offers('Negotiate', 'NTLM'), true)?.message).toBe('proxy: HTTP 407: Negotiate, NTLM');
    expect(failureOf(407, offers('NTLM', `${'x'.repeat(9_000)} y`), true)?.message).toBe('proxy: HTTP 407: NTLM');
    expect(failureOf(407, offers('Basic realm="x"'), true)?.message).toBe('proxy: HTTP 407, password refused');
    expect(failureOf(407, offers('Basic realm="x"'), false)?.message).toBe('proxy: HTTP 407');
  });
});
