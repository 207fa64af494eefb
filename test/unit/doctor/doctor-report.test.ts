import { describe, expect, it } from 'vitest';

import { hideAddresses, reportJson, reportText } from '../../../electron/main/doctor/doctor-report.ts';
import { chooseLanguage, createWords } from '../../../electron/main/i18n.ts';
import { appErrorCodes } from '../../../electron/shared/app-error.ts';
import { type DoctorCause, type DoctorRun, plainCauses } from '../../../electron/shared/doctor.ts';
import { factsWords, findingWords, spanWords } from '../../../electron/shared/doctor-words.ts';

const wordsIn = (language: 'en' | 'zh-CN') => ({
  translate: createWords(chooseLanguage(language, [])).translate,
  language,
});

const token = `eyJ0eXAiOiJKV1Qi.${'a'.repeat(80)}.sig`;
const run: DoctorRun = {
  accountId: 'a',
  address: 'ada.lovelace@example.org',
  server: 'outlook.office365.com:993',
  startedAt: Date.UTC(2026, 10, 23, 12),
  state: 'failed',
  steps: [
    {
      name: 'dns',
      kind: 'passed',
      ms: 12,
      facts: { step: 'dns', host: 'outlook.office365.com', addresses: ['192.0.2.7'], proxy: null },
      remarks: [],
    },
    {
      name: 'sign-in',
      kind: 'failed',
      ms: 340,
      facts: null,
      finding: {
        cause: { kind: 'wrong-user', owner: 'bo@example.org', user: 'ada.lovelace@example.org' },
        alsoPossible: ['connection-limit'],
        said: `no for ada.lovelace@example.org with ${token}`,
      },
    },
  ],
};
const options = { appVersion: '1.2.3', showAddresses: false };

describe('the result to copy', () => {
  it('says each step with its time, the cause and the fix', () => {
    const text = reportText([run], wordsIn('en'), options);
    expect(text).toContain('ok  Find the server’s name (12 ms)');
    expect(text).toContain('FAILED  Sign in to the mail server (340 ms)');
    expect(text).toContain('The token is b***@example.org’s, the mailbox a***@example.org’s');
    expect(text).toContain('too many connections to this mailbox');
    expect(text).toContain('Something is wrong.');
    expect(reportText([run], wordsIn('zh-CN'), options)).toContain('FAILED  登录邮件服务器 (340 毫秒)');
  });

  it.each([false, true])('has no token in it, and addresses only on wish: %s', (showAddresses) => {
    const all = { ...options, showAddresses };
    for (const text of [reportText([run], wordsIn('en'), all), reportJson([run], all)]) {
      expect(text).not.toContain('aaaaaaaa');
      expect(text.includes('ada.lovelace@example.org')).toBe(showAddresses);
      expect(text.includes('bo@example.org')).toBe(showAddresses);
    }
  });

  it('is an object for a program', () => {
    expect(JSON.parse(reportJson([run], options))).toMatchObject({
      tidings: '1.2.3',
      ok: false,
      accounts: [{ address: 'a***@example.org', steps: [{ name: 'dns', ms: 12 }, { finding: { cause: {} } }] }],
    });
    expect(JSON.parse(reportJson([{ ...run, state: 'fine' }], options))).toMatchObject({ ok: true });
    expect(JSON.parse(reportJson([], options))).toMatchObject({ ok: false });
  });

  it.each([
    ['user=ada@example.org', 'user=a***@example.org'],
    ['for <ada@example.org>.', 'for <a***@example.org>.'],
    ['árpád@mail.example', 'á***@mail.example'],
    ['jose\u0301@mail.example', 'j***@mail.example'],
    ['e\u0301mile@mail.example', 'e\u0301***@mail.example'],
    ['हिन्दी@example.org', 'हि***@example.org'],
    ["o’neil@example.org, o'neil@example.org", 'o***@example.org, o***@example.org'],
    ['‘ada@example.org’', '‘a***@example.org’'],
    ['"ada lovelace"@example.org', '"a***@example.org'],
    ['_@example.org', '_***@example.org'],
    ['ada@intranet', 'a***@intranet'],
    ['no address @ all', 'no address @ all'],
  ])('hides the address in %s', (text, hidden) => {
    expect(hideAddresses(text)).toBe(hidden);
  });
});

describe('a command for an administrator', () => {
  const off: DoctorRun = {
    ...run,
    address: 'o’neil$(x)@example.org',
    steps: [
      {
        name: 'sign-in',
        kind: 'failed',
        ms: 1,
        facts: null,
        finding: { cause: { kind: 'imap-switched-off' }, alsoPossible: [], said: '' },
      },
    ],
  };

  it('can’t be broken out of by an address', () => {
    expect(reportText([off], wordsIn('en'), { ...options, showAddresses: true })).toContain(
      "Set-CASMailbox -Identity 'o’’neil$(x)@example.org' -ImapEnabled $true",
    );
  });

  it('names no mailbox where addresses aren’t told, not even half of one', () => {
    expect(reportText([off], wordsIn('en'), options)).toContain(
      "Set-CASMailbox -Identity '<mailbox address>' -ImapEnabled $true",
    );
  });
});

describe('the words of a cause', () => {
  const at = Date.UTC(2026, 10, 23);
  const causes: readonly DoctorCause[] = [
    ...plainCauses.map((kind) => ({ kind })),
    { kind: 'captive-portal', host: 'portal.example' },
    { kind: 'intercepted', issuer: 'Contoso' },
    { kind: 'certificate-wrong-name', name: 'other.example' },
    { kind: 'certificate-expired', at },
    { kind: 'certificate-not-yet-valid', at },
    { kind: 'clock-wrong', aheadMs: -7_200_000 },
    { kind: 'wrong-user', owner: 'bo@example.org', user: 'ada@example.org' },
    { kind: 'throttled', waitMs: 92_415 },
    { kind: 'mailbox-missing', mailbox: 'INBOX' },
    ...appErrorCodes.map((code) => ({ kind: 'known-error', error: { code, at } }) as const),
  ];

  it.each(['en', 'zh-CN'] as const)('are all there in %s, with every value filled in', (language) => {
    for (const cause of causes) {
      const words = findingWords({ cause, alsoPossible: [], said: '' }, 'ada@example.org', wordsIn(language));
      for (const text of [words.title, words.action, ...words.more]) {
        expect([cause.kind, text]).toEqual([cause.kind, expect.not.stringMatching(/\{\{|^(?:doctor|errors)\.|^$/u)]);
      }
    }
  });

  it.each([
    [
      'en',
      {
        title: 'The password was changed, or you were signed out everywhere',
        more: ['Who can mend it: You', 'AADSTS50173', 'Correlation id: c-1', 'Trace id: t-1', /^Time: Nov 23, 2026/u],
      },
    ],
    [
      'zh-CN',
      { title: /密码/u, more: [/^谁能解决/u, 'AADSTS50173', '关联 ID：c-1', '跟踪 ID：t-1', /^时间：2026年/u] },
    ],
  ] as const)(
    'are those of the explanation where there is one, with whose matter it is, in %s',
    (language, expected) => {
      const error = {
        code: 'sign-in-expired',
        explanation: 'password-changed',
        who: 'you',
        ...{ aadsts: '50173', at, correlationId: 'c-1', traceId: 't-1' },
      } as const;
      const finding = { cause: { kind: 'known-error', error }, alsoPossible: [], said: '' } as const;
      const { title, more } = findingWords(finding, 'ada@example.org', wordsIn(language));
      expect([title, ...more]).toEqual(
        [expected.title, ...expected.more].map((each) =>
          typeof each === 'string' ? each : expect.stringMatching(each),
        ),
      );
    },
  );

  it('say the day along with the time at which a token ends', () => {
    const facts = { step: 'token', expiresAt: at, owner: null, audience: null, scopes: [], clockAheadMs: 0 } as const;
    expect(factsWords(facts, wordsIn('en')).join()).toContain('Nov 2');
  });

  it.each([
    [61_000, '61 seconds'],
    [-3_600_000, '60 minutes'],
    [86_400_000, '24 hours'],
    [-5 * 86_400_000, '5 days'],
  ])('say %i ms as %s', (ms, text) => {
    expect(spanWords(ms, 'en')).toBe(text);
  });
});
