import { describe, expect, it } from 'vitest';
import { doubtOfDomain } from '../../electron/main/domain-doubt.ts';
import { shownAddress, shownName } from '../../electron/main/sender.ts';

describe('a domain', () => {
  it.each([
    ['paypal.com', null],
    ['PAYPAL.com', null],
    ['a_b.example', null],
    ['[127.0.0.1]', null],
    ['münchen.de', null],
    ['xn--mnchen-3ya.de', null],
    ['пример.рф', null],
    ['пример.com', null],
    ['παράδειγμα.gr', null],
    ['日本ひらカナーabc.jp', null],
    ['中文ㄅㄆ.tw', null],
    ['한국漢字.kr', null],
    ['ไทย.th', null],
    ['שלום.co.il', null],
    // Where the top level is Cyrillic, too, nobody expects Latin letters.
    ['аррӏе.рф', null],
    ['аррӏе.com', 'lookalike'],
    ['xn--80ak6aa92e.com', 'lookalike'],
    ['www.аррӏе.com', 'lookalike'],
    ['ραγραι.com', 'lookalike'],
    ['раypal.com', 'mixed-scripts'],
    ['xn--ypal-43d9g.com', 'mixed-scripts'],
    ['gοοgle.com', 'mixed-scripts'],
    ['ひらがなпривет.jp', 'mixed-scripts'],
    ['한국ひら.kr', 'mixed-scripts'],
    ['ⲁⲃⲅ.com', 'rare-script'],
    ['ｐａｙｐａｌ.com', 'malformed'],
    ['paypal。com', 'malformed'],
    ['⒜paypal.com', 'malformed'],
  ] as const)('%s: %s', (domain, doubt) => {
    expect(doubtOfDomain(domain)).toBe(doubt);
  });
});

describe('an address', () => {
  it.each([
    ['ada@contoso.example', 'ada@contoso.example'],
    ['Ada.L+x@CONTOSO.example', 'Ada.L+x@contoso.example'],
    ['ада@пример.рф', 'ада@пример.рф'],
    ['service@аррӏе.com', 'service@xn--80ak6aa92e.com'],
    ['service@раypal.com', 'service@xn--ypal-43d9g.com'],
    // A capital I isn't a small L.
    ['service@PayPaI.com', 'service@paypai.com'],
    ['service@ｐａｙｐａｌ.com', 'service@\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd.com'],
    ['service@paypal.com@evil.example', '"service@paypal.com"@evil.example'],
    ['service＠paypal.com@evil.example', '"service＠paypal.com"@evil.example'],
    ['"service@paypal.com"@evil.example', '"service@paypal.com"@evil.example'],
    ['"a\\"b"@evil.example', '"a\\\\\\"b"@evil.example'],
    ['a@evil.example paypal.com', 'a@evil.example\ufffdpaypal.com'],
    ['a\r\n\u0000b@evil\u202e.example', '"a b"@evil.example'],
    ['@evil.example', '@evil.example'],
    ['nobody', 'nobody'],
    ['', ''],
  ])('%j is shown as %j', (raw, shown) => {
    expect(shownAddress(raw)).toBe(shown);
  });

  it('keeps the end of its domain, however long it is', () => {
    expect(shownAddress(`${'paypal.com/'.repeat(50)}@evil.example`)).toMatch(/^paypal\.com\/.*…@evil\.example$/u);
    const shown = shownAddress(`service@${'paypal.com.'.repeat(20_000)}evil.example`);
    expect(shown).toMatch(/^service@….*paypal\.com\.evil\.example$/u);
    expect(shown.length).toBeLessThanOrEqual(120);
  });
});

describe('a name', () => {
  it.each([
    ['Grace Hopper', 'Grace Hopper'],
    ['Grace\u202e\r\nHopper', 'Grace Hopper'],
    ['service@paypal.com', ''],
    ['PayPal <service＠paypal.com>', ''],
    ['PayPal (service﹫paypal.com)', ''],
    ['service\u200b@\u200bpaypal.com', ''],
  ])('%j is shown as %j', (raw, shown) => {
    expect(shownName(raw)).toBe(shown);
  });
});
