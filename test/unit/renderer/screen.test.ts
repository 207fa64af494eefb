import { describe, expect, test } from 'vitest';

import { announcements } from '../../../renderer/announcements.ts';
import { errorReport } from '../../../renderer/error-facts.ts';
import { createI18n } from '../../../renderer/i18n.ts';
import { adminHelps, anotherClientIdHelps, chooseScreen, mayHavePageError } from '../../../renderer/screen.ts';
import { createWords } from '../../../renderer/words.ts';
import { accountOf, errorOf, snapshotOf } from '../../preview/snapshots.ts';

const anna = accountOf('anna', { displayName: 'Anna' });
const missing = { kind: 'missing', error: null } as const;
const noKeyring = { kind: 'unavailable', error: errorOf('keyring-unavailable') } as const;
const waiting = { kind: 'waiting', host: 'login.microsoftonline.com', accountId: null, deadline: 1 } as const;

describe('the screen', () => {
  test('is the welcome when there is no account and nothing is missing', () => {
    expect(chooseScreen(snapshotOf()).kind).toBe('welcome');
  });

  test('is the running sign-in before all else', () => {
    const snapshot = snapshotOf({ signIn: waiting, accounts: [anna], vault: noKeyring, registration: missing });
    expect(chooseScreen(snapshot).kind).toBe('sign-in');
  });

  test('is the list as soon as there is an account, whatever is missing for a further one', () => {
    expect(chooseScreen(snapshotOf({ accounts: [anna], vault: noKeyring, registration: missing })).kind).toBe(
      'accounts',
    );
  });

  test('asks where to keep tokens before it asks for a client id', () => {
    expect(chooseScreen(snapshotOf({ vault: noKeyring, registration: missing })).kind).toBe('vault');
    expect(chooseScreen(snapshotOf({ registration: missing })).kind).toBe('registration');
  });
});

describe('doctor and inspector, when a person asks for them', () => {
  const doctor = { kind: 'doctor', accountId: anna.id } as const;

  test('come before all but a sign-in and the set-up of a client id', () => {
    const snapshot = snapshotOf({ accounts: [anna], vault: noKeyring, registration: missing });
    expect(chooseScreen(snapshot, false, doctor)).toEqual(doctor);
    expect(chooseScreen(snapshotOf(), false, { ...doctor, accountId: null }).kind).toBe('doctor');
    expect(chooseScreen(snapshot, true, doctor).kind).toBe('registration');
    expect(chooseScreen(snapshotOf({ signIn: waiting }), false, doctor).kind).toBe('sign-in');
  });
});

describe('a sign-in that was cancelled', () => {
  const cancelled = { kind: 'cancelled', accountId: null } as const;

  test('takes nobody’s screen, until somebody asks about it', () => {
    expect(chooseScreen(snapshotOf({ signIn: cancelled })).kind).toBe('welcome');
    expect(chooseScreen(snapshotOf({ signIn: cancelled, accounts: [anna] })).kind).toBe('accounts');
    expect(chooseScreen(snapshotOf({ signIn: cancelled }), false, null, true)).toEqual({
      kind: 'sign-in',
      signIn: cancelled,
    });
    expect(chooseScreen(snapshotOf({ signIn: cancelled }), true, null, true).kind).toBe('registration');
  });
});

describe('an error that only Microsoft’s page told', () => {
  test('is asked for where Tidings was told nothing, or less', () => {
    expect(mayHavePageError(errorOf('sign-in-timed-out'))).toBe(true);
    expect(mayHavePageError(errorOf('consent-refused', { aadsts: '65004' }))).toBe(true);
    expect(mayHavePageError(errorOf('client-id-refused', { aadsts: '700016' }))).toBe(false);
    expect(mayHavePageError(errorOf('network-unreachable'))).toBe(false);
  });
});

describe('the way on after a refusal', () => {
  test.each([
    ['client-id-refused', 'registration', 'yes'],
    ['identity-misconfigured', undefined, 'yes'],
    // The app is switched off in an organization, or the page wasn't opened by Tidings: the id is in order.
    ['client-id-refused', 'administrator', 'no'],
    ['client-id-refused', 'you', 'no'],
    ['sign-in-timed-out', undefined, 'perhaps'],
  ] as const)('after %s, a matter for %s, is another client id: %s', (code, who, expected) => {
    expect(anotherClientIdHelps(errorOf(code, who === undefined ? {} : { who }))).toBe(expected);
  });

  test.each([
    ['admin-approval-needed', 'administrator', 'yes'],
    // AADSTS65001: the person may be allowed to give the permission.
    ['admin-approval-needed', 'you', 'perhaps'],
    ['sign-in-refused', 'administrator', 'no'],
  ] as const)('after %s, a matter for %s, is the administrator’s approval: %s', (code, who, expected) => {
    expect(adminHelps(errorOf(code, { who }))).toBe(expected);
  });
});

describe('the set-up of a client id, when a person asks for it', () => {
  const failed = { kind: 'failed', accountId: null, error: errorOf('client-id-refused') } as const;

  test('comes before all else but a sign-in that waits', () => {
    expect(chooseScreen(snapshotOf({ signIn: waiting }), true).kind).toBe('sign-in');
    for (const snapshot of [
      snapshotOf(),
      snapshotOf({ accounts: [anna] }),
      snapshotOf({ vault: noKeyring }),
      snapshotOf({ signIn: failed }),
    ]) {
      expect(chooseScreen(snapshot, true)).toMatchObject({ kind: 'registration', canLeave: true, replaces: true });
    }
  });

  test('can be left only where there is another screen to go to', () => {
    const noAccounts = snapshotOf({ registration: missing });
    expect(chooseScreen(noAccounts, false)).toMatchObject({ canLeave: false, replaces: false });
    expect(chooseScreen(noAccounts, true)).toMatchObject({ canLeave: false, replaces: false });
    const withAccounts = snapshotOf({ registration: missing, accounts: [anna] });
    expect(chooseScreen(withAccounts, true)).toMatchObject({ canLeave: true, replaces: false });
  });
});

describe('what a screen reader says', () => {
  const words = createWords(createI18n(), 'en');
  const before = snapshotOf({ accounts: [anna] });

  test('is nothing when nothing that matters changed', () => {
    const checkedAgain = { ...anna, lastCheckedAt: 5 };
    expect(announcements(before, snapshotOf({ revision: 2, accounts: [checkedAgain] }), words)).toEqual([]);
    const connecting = { ...anna, state: { kind: 'connecting' } } as const;
    expect(announcements(before, snapshotOf({ revision: 2, accounts: [connecting] }), words)).toEqual([]);
  });

  test('is the new count', () => {
    const after = snapshotOf({ revision: 2, accounts: [{ ...anna, unreadCount: 4 }] });
    expect(announcements(before, after, words)).toEqual(['Anna: 4 unread messages']);
  });

  test('is the state and its reason', () => {
    const state = { kind: 'needs-sign-in', error: errorOf('sign-in-expired') } as const;
    expect(announcements(before, snapshotOf({ revision: 2, accounts: [{ ...anna, state }] }), words)).toEqual([
      'Anna: Needs sign-in. Your sign-in has ended.',
    ]);
  });

  test('is the reason as it was explained, where it was', () => {
    const error = errorOf('sign-in-expired', { explanation: 'mfa-needed', who: 'you', aadsts: '50076' });
    const state = { kind: 'needs-sign-in', error } as const;
    expect(announcements(before, snapshotOf({ revision: 2, accounts: [{ ...anna, state }] }), words)).toEqual([
      'Anna: Needs sign-in. Microsoft wants to be sure that it is you.',
    ]);
  });

  test('is who came and who went', () => {
    const after = snapshotOf({ revision: 2, accounts: [accountOf('ben')] });
    expect(announcements(before, after, words)).toEqual(['ben@outlook.example was added', 'Anna was removed']);
  });
});

describe('the report of an error', () => {
  test('holds what an administrator looks up, in English and UTC', () => {
    const error = { code: 'sign-in-refused', at: 0, aadsts: '50105', correlationId: 'c-1', detail: 'No.' } as const;
    expect(errorReport(error, '0.1.0')).toBe(
      [
        'Tidings 0.1.0',
        'Error: sign-in-refused',
        'AADSTS number: AADSTS50105',
        'Correlation id: c-1',
        'Time (UTC): 1970-01-01T00:00:00.000Z',
        'Message: No.',
      ].join('\n'),
    );
  });

  test('leaves out what is not known', () => {
    expect(errorReport({ code: 'dns-failed', at: 0 }, '0.1.0').split('\n')).toHaveLength(3);
  });
});
