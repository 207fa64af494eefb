import { describe, expect, it } from 'vitest';

import { accountKindOf } from '../../../electron/main/accounts/account-kind.ts';
import { ada, sam } from '../../standin/people.ts';

describe('the kind of an account', () => {
  it.each([
    ['of a person at Microsoft', `${sam.oid}.${sam.tid}`, 'personal'],
    ['in capitals', `${sam.oid}.${sam.tid}`.toUpperCase(), 'personal'],
    ['of an organization', `${ada.oid}.${ada.tid}`, 'work'],
    ['whose user has the id of Microsoft’s tenant for people', `${sam.tid}.${ada.tid}`, 'work'],
    ['named by `sub` alone', 'lin@fabrikam.example', 'unknown'],
    ['named by a GUID alone', sam.tid, 'unknown'],
    ['of something that isn’t a tenant', `${ada.oid}.contoso`, 'unknown'],
    ['of nothing', '', 'unknown'],
  ])('%s: %s', (_, homeAccountId, kind) => {
    expect(accountKindOf(homeAccountId)).toBe(kind);
  });
});
