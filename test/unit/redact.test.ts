import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { mask, redactFacts, redactText } from '../../electron/main/redact.ts';

const jwt = [{ alg: 'RS256', typ: 'JWT' }, { upn: 'ada@example.org' }]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .concat('c2lnbmF0dXJl')
  .join('.');
const opaque = `M.C5_BL2.0.U.-${'Cg7!xY*aB$9'.repeat(20)}`;
const xoauth2 = Buffer.from(`user=ada@example.org\u0001auth=Bearer ${jwt}\u0001\u0001`).toString('base64');

describe('a text for the log', () => {
  it.each([
    ['a JWT', `sent ${jwt} to it`, jwt],
    ['the head of a JWT', `sent ${jwt.slice(0, 30)}`, jwt.slice(0, 30)],
    ['an opaque token', `got ${opaque}`, opaque],
    ['an XOAUTH2 response', `A1 AUTHENTICATE XOAUTH2 ${xoauth2}`, xoauth2],
    ['a bearer token', 'Authorization: Bearer short-token', 'short-token'],
    ['a code in an address', 'http://localhost:5000/?code=0.abc&state=xyz&other=1', '0.abc'],
    ['a state in an address', 'http://localhost:5000/?code=0.abc&state=xyz&other=1', 'xyz'],
    ['a token in a form', 'grant_type=refresh_token&refresh_token=1.abc', '1.abc'],
  ])('has no %s', (_what, text, secret) => {
    expect(redactText(text)).not.toContain(secret);
    expect(redactText(text)).toContain(mask);
  });

  it.each([
    'connect ECONNREFUSED 127.0.0.1:993',
    'AADSTS700016: Application with identifier 11111111-2222-4333-8444-555555555555 was not found',
    'file:///opt/Tidings/resources/app.asar/out/main/chunks/imap-flow-BNqtvdO0.js:100:5',
    'getaddrinfo ENOTFOUND outlook.office365.com',
  ])('keeps %s', (text) => {
    expect(redactText(text)).toBe(text);
  });
});

describe('facts for the log', () => {
  it.each([
    'accessToken',
    'refresh_token',
    'code',
    'authCode',
    'clientSecret',
    'PASSWORD',
    'Authorization',
    'verifier',
  ])('have no value under %s', (key) => {
    expect(redactFacts({ [key]: 'abc' })).toEqual({ [key]: mask });
    expect(redactFacts({ deep: [{ [key]: { inner: 'abc' } }] })).toEqual({ deep: [{ [key]: mask }] });
  });

  it('keep error codes, of the app and of the system', () => {
    const facts = { code: 'imap-unavailable', errorCode: 'ENOSPC', exitCode: 3, tokenFound: true, token: null };
    expect(redactFacts(facts)).toEqual(facts);
  });

  it('tell an error with its cause and where it was thrown', () => {
    const cause = Object.assign(new Error(`refused ${jwt}`), { code: 'ECONNRESET', response: { token: 'x' } });
    expect(redactFacts({ error: new TypeError('outer', { cause }) })).toMatchObject({
      error: {
        name: 'TypeError',
        message: 'outer',
        stack: expect.arrayContaining([expect.stringMatching(/^at /)]) as unknown,
        cause: { message: `refused ${mask}`, code: 'ECONNRESET' },
      },
    });
  });

  it('are limited, whatever they are made of', () => {
    const endless: Record<string, unknown> = { list: Array.from({ length: 5_000 }, (_, index) => index) };
    endless['self'] = endless;
    endless['bytes'] = Buffer.from('secret');
    endless['getter'] = Object.defineProperty({}, 'bad', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    endless['when'] = new Date(0);
    endless['big'] = 1n;
    endless['run'] = () => 'secret';
    endless['map'] = new Map([['k', 'v']]);
    endless['text'] = 'word '.repeat(100_000);
    const line = JSON.stringify(redactFacts(endless));
    expect(line.length).toBeLessThan(10_000);
    expect(line).not.toContain('secret');
  });

  it('mask a hash rather than risk a token', () => {
    const hash = createHash('sha256').update('x').digest('hex');
    expect(redactFacts({ hash })).toEqual({ hash: mask });
  });
});
