import { describe, expect, it } from 'vitest';

import { inspectToken } from '../../../electron/main/auth/inspect-token.ts';
import { readTokenText } from '../../../electron/main/auth/token-text.ts';
import { maxTokenTextLength } from '../../../electron/shared/token-report.ts';
import { seededRandom } from '../../fuzz/random.ts';
import { personClaims, tokenOf, writtenAt } from '../../support/written-token.ts';

const token = tokenOf(personClaims);
const read = { kind: 'jwt', claims: personClaims };
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const sasl = `user=ada@contoso.example\u0001auth=Bearer ${token}\u0001\u0001`;

/** However people copy it, the token is found. */
describe('a pasted token is read', () => {
  it.each([
    ['alone', token],
    ['with blanks and line breaks around', `\r\n  ${token}\t\n`],
    ['wrapped over lines', token.replace(/(.{64})/gu, '$1\r\n')],
    ['with zero width spaces in it', `\ufeff${token.slice(0, 40)}\u200b${token.slice(40)}`],
    ['in quotes', `"${token}"`],
    ['in quotes with a comma, as a line of JSON ends', `"${token}",`],
    ['in backquotes', `\`${token}\``],
    ['after Bearer', `Bearer ${token}`],
    ['after bearer on another line', `bearer\n${token}`],
    ['as a header', `Authorization: Bearer ${token}`],
    ['as an option of curl', `-H "Authorization: Bearer ${token}"`],
    ['in a token endpoint’s answer', JSON.stringify({ token_type: 'Bearer', access_token: token }, null, 2)],
  ])('%s', (_, text) => {
    expect(readTokenText(text)).toEqual({ ...read, mailbox: null });
  });

  it.each([
    ['XOAUTH2', base64(sasl)],
    ['XOAUTH2 over lines', base64(sasl).replace(/(.{76})/gu, '$1\n')],
    ['a whole AUTHENTICATE command', `a1 AUTHENTICATE XOAUTH2 ${base64(sasl)}`],
    ['OAUTHBEARER', base64(`n,a=ada@contoso.example,\u0001host=h\u0001port=993\u0001auth=Bearer ${token}\u0001\u0001`)],
  ])('in %s, with its mailbox', (_, text) => {
    expect(readTokenText(text)).toEqual({ ...read, mailbox: 'ada@contoso.example' });
  });

  it('with a mailbox that is shown cleaned', () => {
    const text = base64(`user=a\u202eda@contoso.example\u0001auth=Bearer ${token}\u0001\u0001`);
    expect(readTokenText(text).mailbox).toBe('ada@contoso.example');
  });
});

describe('a text that is no readable access token', () => {
  const long = 'Ab3_'.repeat(60);
  it.each([
    ['nothing', ' \n'],
    ['nothing', '"  "'],
    ['too-long', 'e'.repeat(maxTokenTextLength + 1)],
    ['refresh-token', `0.AXkA${long}.AgABAw${long}`],
    ['refresh-token', `1.AVYA${long}.AgABAw${long}`],
    ['refresh-token', `M.C555_BAY.0.U.-${long}`],
    ['refresh-token', `AQABAAAA${long}`],
    ['client-secret', 'Qk58Q~abcdefghijklmnopqrstuvwxyz0123456.'],
    ['encrypted', `${tokenOf({}, { alg: 'RSA-OAEP', enc: 'A256GCM' }).split('.')[0] ?? ''}.a.b.c.d`],
    ['not-a-token', 'hello'],
    ['not-a-token', 'a.b.c'],
    ['not-a-token', token.slice(0, token.length / 2)],
    ['not-a-token', `${base64('[1]')}.${base64('[1]')}.x`],
    ['not-a-token', '{"access_token": 7}'],
    ['not-a-token', base64('user=ada@contoso.example\u0001auth=Basic abc\u0001\u0001')],
  ])('is told as %s: %s', (what, text) => {
    expect(readTokenText(text)).toEqual({ kind: 'no-access-token', what, mailbox: null });
  });

  it('is told as opaque when it is a personal account’s', () => {
    expect(readTokenText(`EwBwA8l6BAAU${long}==`)).toEqual({ kind: 'opaque', mailbox: null });
  });
});

it.each(['"', "'", '`', ',', ';', '>', '<', '"x'])('takes no longer for %s many times over', (piece) => {
  const beganAt = performance.now();
  readTokenText(`x${piece.repeat(maxTokenTextLength / piece.length - 2)}x`);
  // A pattern that begins anew at each of them took seconds.
  expect(performance.now() - beganAt).toBeLessThan(500);
});

it('never throws, and tells nothing endless, whatever is pasted', () => {
  const random = seededRandom(6);
  const pieces = [
    'eyJ',
    '.',
    '{',
    '}',
    '"aud":',
    '[',
    '\u0000',
    '\u0001',
    '\ud800',
    'auth=Bearer ',
    ' ',
    '=',
    'é',
    '💌',
  ];
  for (let round = 0; round < 2_000; round += 1) {
    const text = Array.from({ length: random.below(40) }, () => random.of(pieces)).join('');
    for (const pasted of [
      text,
      tokenOf({ aud: text, scp: text, upn: text, exp: 10 ** random.below(300) }),
      base64(text),
    ]) {
      const report = inspectToken(pasted, { now: writtenAt, resource: null, account: null });
      expect(JSON.stringify(report).length).toBeLessThan(8_000);
    }
  }
});
