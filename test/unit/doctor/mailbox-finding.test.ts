import { describe, expect, it } from 'vitest';

import { explainMailbox, type MailboxEvidence } from '../../../electron/main/doctor/mailbox-finding.ts';
import { classifyImapError } from '../../../electron/main/imap/imap-error.ts';

const refusal = { authenticationFailed: true, responseStatus: 'NO', response: 'AUTHENTICATE failed.' };
const notConnected = { responseStatus: 'BAD', response: 'User is authenticated but not connected.' };

const evidence = (error: unknown, over: Partial<MailboxEvidence> = {}): MailboxEvidence => ({
  step: 'sign-in',
  failure: classifyImapError(error, 1_000),
  responseCode: '',
  mailbox: 'INBOX',
  user: 'ada@example.org',
  accountKind: 'work',
  owner: 'Ada@Example.org',
  isOthers: false,
  isWatching: false,
  clockAheadMs: 0,
  ...over,
});

describe('a login that is refused', () => {
  it('is another person’s token, by its name or by its id', () => {
    const owner = { kind: 'wrong-user', owner: 'bo@example.org', user: 'ada@example.org' };
    for (const error of [refusal, notConnected]) {
      expect(explainMailbox(evidence(error, { owner: 'bo@example.org' })).cause).toEqual(owner);
      expect(explainMailbox(evidence(error, { owner: null, isOthers: true })).cause.kind).toBe('wrong-user');
    }
  });

  it('is IMAP switched off where the token is in order', () => {
    expect(explainMailbox(evidence(refusal))).toMatchObject({
      cause: { kind: 'imap-switched-off' },
      alsoPossible: ['sign-in-refused'],
      said: 'AUTHENTICATE failed.',
    });
    expect(explainMailbox(evidence(refusal, { accountKind: 'personal', owner: null, isOthers: null }))).toMatchObject({
      cause: { kind: 'imap-switched-off-personal' },
      alsoPossible: ['wrong-user', 'sign-in-refused'],
    });
  });

  it('may be the limit of connections where Tidings itself is being served meanwhile', () => {
    expect(explainMailbox(evidence(refusal, { isWatching: true }))).toMatchObject({
      cause: { kind: 'imap-switched-off' },
      alsoPossible: ['connection-limit', 'sign-in-refused'],
    });
  });

  it('is the clock where that is wrong', () => {
    expect(explainMailbox(evidence(refusal, { clockAheadMs: -3_600_000 })).cause).toEqual({
      kind: 'clock-wrong',
      aheadMs: -3_600_000,
    });
    expect(explainMailbox(evidence(refusal, { clockAheadMs: 240_000 })).cause.kind).toBe('imap-switched-off');
  });
});

describe('"authenticated but not connected"', () => {
  it('is the limit of connections where Tidings itself is being served meanwhile', () => {
    expect(explainMailbox(evidence(notConnected, { isWatching: true, step: 'capabilities' }))).toMatchObject({
      cause: { kind: 'connection-limit' },
      alsoPossible: ['imap-just-off'],
    });
  });

  it('is IMAP switched off where it isn’t, or else the limit', () => {
    expect(explainMailbox(evidence(notConnected))).toMatchObject({
      cause: { kind: 'imap-switched-off' },
      alsoPossible: ['connection-limit'],
    });
    expect(explainMailbox(evidence(notConnected, { owner: null, isOthers: null })).alsoPossible).toEqual([
      'wrong-user',
      'connection-limit',
    ]);
  });
});

describe('what the server says itself', () => {
  it.each([
    ['Maximum number of connections from user+IP exceeded', 'connection-limit'],
    ['Too many simultaneous connections.', 'connection-limit'],
    ['IMAP access is disabled for this mailbox', 'imap-switched-off'],
    ['Your account is not enabled for IMAP use.', 'imap-switched-off'],
    ['Server Unavailable. 15', 'server-unavailable'],
  ])('%s', (response, kind) => {
    expect(explainMailbox(evidence({ ...refusal, response })).cause).toEqual({ kind });
  });

  it('asks for a pause', () => {
    const response = 'Request is throttled. Suggested Backoff Time: 92415 milliseconds';
    expect(explainMailbox(evidence({ responseStatus: 'BAD', response })).cause).toEqual({
      kind: 'throttled',
      waitMs: 92_415,
    });
  });

  it.each([
    ["Mailbox doesn't exist: INBOX", '', { kind: 'mailbox-missing', mailbox: 'INBOX' }],
    ['No.', 'NONEXISTENT', { kind: 'mailbox-missing', mailbox: 'INBOX' }],
    ['Permission denied', '', { kind: 'mailbox-refused' }],
  ])('about a mailbox: %s', (response, responseCode, cause) => {
    const error = { responseStatus: 'NO', response };
    expect(explainMailbox(evidence(error, { step: 'mailbox', responseCode })).cause).toEqual(cause);
  });
});

describe('other ends', () => {
  it.each([
    [{ code: 'ETIMEDOUT' }, 'push', 'push-unanswered'],
    [{ code: 'ETIMEDOUT' }, 'mailbox', 'timed-out'],
    [{ code: 'ECONNRESET' }, 'sign-in', 'connection-lost'],
    [{ code: 'ParserError4' }, 'capabilities', 'server-odd'],
  ] as const)('%j at %s: %s', (error, step, kind) => {
    expect(explainMailbox(evidence(error, { step })).cause).toEqual({ kind });
  });
});
