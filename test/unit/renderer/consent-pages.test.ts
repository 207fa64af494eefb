import { describe, expect, it } from 'vitest';

import type { AccountKind } from '../../../electron/shared/snapshot.ts';
import { consentPagesOf } from '../../../renderer/consent-pages.ts';

const both = ['personal', 'work'];

describe('where permissions are withdrawn', () => {
  it.each<[readonly AccountKind[], readonly string[]]>([
    [['personal'], ['personal']],
    [['work', 'work'], ['work']],
    [['work', 'personal'], both],
    [['unknown'], both],
    [['unknown', 'unknown'], both],
    [['personal', 'unknown'], both],
    // Accounts that were removed before may have left a permission.
    [[], both],
  ])('%j: %j', (kinds, pages) => {
    expect(consentPagesOf(kinds.map((kind) => ({ kind })))).toEqual(pages);
  });
});
