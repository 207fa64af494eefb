import { expect, it } from 'vitest';

import { isTenant } from '../../../electron/main/profile/profile-fields.ts';
import { readWorkAddress } from '../../../electron/shared/work-address.ts';

it.each([
  ['ada@contoso.example', 'contoso.example'],
  ['  Ada.B@Research.Contoso.Example ', 'research.contoso.example'],
  ["o'neil+x@xn--mnchen-3ya.example", 'xn--mnchen-3ya.example'],
  ['ada@outlook-partners.example', 'outlook-partners.example'],
])('%s belongs to the tenant %s', (text, domain) => {
  expect(readWorkAddress(text)).toEqual({ kind: 'ok', address: text.trim(), domain });
  expect(isTenant(domain)).toBe(true);
});

it('an address whose domain isn’t in ASCII belongs to a tenant that nobody can name', () => {
  expect(readWorkAddress('ada@münchen.example')).toEqual({ kind: 'ok', address: 'ada@münchen.example', domain: null });
});

it.each([
  ['', 'empty'],
  ['   ', 'empty'],
  ...['ada', 'ada@', '@contoso.example', 'ada@contoso', 'a b@contoso.example', 'ada@contoso..example'].map((text) => [
    text,
    'not-an-address',
  ]),
  ...['ada@contoso.example/x', 'ada@contoso.example?x=y', 'ada@-contoso.example', 'ada@con\u202etoso.example'].map(
    (text) => [text, 'not-an-address'],
  ),
  ['ada@contoso.example, eve@evil.example', 'not-an-address'],
  ['ada@contoso.example:443', 'not-an-address'],
  ...['sam@outlook.com', 'sam@Hotmail.co.uk', 'sam@live.de', 'sam@msn.com', 'sam@gmail.com'].map((text) => [
    text,
    'personal',
  ]),
])('%j is none: %s', (text, problem) => {
  expect(readWorkAddress(text ?? '')).toEqual({ kind: 'problem', problem });
});
