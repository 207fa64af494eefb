import { describe, expect, it } from 'vitest';
import { checkSharedAddress, isMailAddress } from '../../electron/shared/shared-mailbox.ts';

const accounts = [
  { id: 'a', address: 'ada@contoso.example', sharedMailboxes: [{ address: 'info@contoso.example' }] },
  { id: 'b', address: 'bo@contoso.example', sharedMailboxes: [] },
];

describe('the address of a shared mailbox', () => {
  it('is taken without the spaces around it', () => {
    const check = checkSharedAddress('  Sales+eu@Contoso.example\n', 'a', accounts);
    expect(check).toEqual({ ok: true, address: 'Sales+eu@Contoso.example' });
    expect(checkSharedAddress('büro@bücher.example', 'a', accounts)).toMatchObject({ ok: true });
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['info', 'not-an-address'],
    ['info@contoso', 'not-an-address'],
    ['Info <info@contoso.example>', 'not-an-address'],
    ['ADA@contoso.example', 'own'],
    ['Info@Contoso.example', 'known'],
    ['bo@contoso.example', 'known'],
  ] as const)('%j is refused: %s', (text, problem) => {
    expect(checkSharedAddress(text, 'a', accounts)).toEqual({ ok: false, problem });
  });

  it('is known under whichever account it is watched', () => {
    expect(checkSharedAddress('info@contoso.example', 'b', accounts)).toEqual({ ok: false, problem: 'known' });
  });

  it.each([
    'a"b@x.example',
    'a b@x.example',
    'a\u202eb@x.example',
    'a\u0000@x.example',
    'a..b@x.example',
    '@x.example',
  ])('holds nothing to hide behind or to break out of a command with: %j', (text) => {
    expect(isMailAddress(text)).toBe(false);
  });

  it('has an end', () => {
    expect(isMailAddress(`${'a'.repeat(308)}@contoso.com`)).toBe(true);
    expect(isMailAddress(`${'a'.repeat(309)}@contoso.com`)).toBe(false);
  });
});
