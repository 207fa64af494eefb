import { describe, expect, it } from 'vitest';
import { classifyImapError } from '../../../electron/main/imap/imap-error.ts';
import { isUid, readSelected } from '../../../electron/main/imap/server-values.ts';

describe('what a server says of a mailbox', () => {
  it('is taken where it can be', () => {
    expect(readSelected({ uidValidity: 7n, uidNext: 5 })).toEqual({ uidValidity: '7', uidNext: 5 });
    const wide = 10n ** 20n - 1n;
    expect(readSelected({ uidValidity: wide, uidNext: 0xffff_ffff }).uidValidity).toBe(wide.toString());
  });

  it.each([
    [{}],
    [{ uidValidity: 7n }],
    [{ uidNext: 5 }],
    [{ uidValidity: 0n, uidNext: 5 }],
    [{ uidValidity: 10n ** 20n, uidNext: 5 }],
    [{ uidValidity: 7, uidNext: 5 }],
    [{ uidValidity: 7n, uidNext: 0 }],
    [{ uidValidity: 7n, uidNext: 2 ** 32 }],
    [{ uidValidity: 7n, uidNext: 1.5 }],
    [{ uidValidity: 7n, uidNext: Number.NaN }],
  ])('is refused as a fault of the server where it is %o', (opened) => {
    let thrown: unknown;
    try {
      readSelected(opened);
    } catch (error) {
      thrown = error;
    }
    expect(classifyImapError(thrown, 0)).toMatchObject({ kind: 'passing', error: { code: 'imap-protocol' } });
  });

  it('is a UID from 1 to 2^32 - 1', () => {
    expect([1, 0xffff_ffff].every(isUid)).toBe(true);
    expect([0, -1, 1.5, 2 ** 32, Number.NaN, Infinity, '5', 5n, null, undefined].some(isUid)).toBe(false);
  });
});
