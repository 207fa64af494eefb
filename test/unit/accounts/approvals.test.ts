import { beforeEach, describe, expect, it } from 'vitest';

import { approvalLink, approvalTenant, graphEnvironmentOf } from '../../../electron/main/accounts/approval-link.ts';
import { Approvals } from '../../../electron/main/accounts/approvals.ts';
import type { AwaitedSignIn } from '../../../electron/main/accounts/sign-in-controller.ts';
import { builtInProfile } from '../../../electron/main/profile/deployment-profile.ts';
import type { DeploymentProfile } from '../../../electron/shared/profile.ts';
import type { AccountRecord, AwaitedApproval } from '../../../electron/shared/settings.ts';
import { ada, CONSUMERS_TENANT } from '../../standin/people.ts';

const clientId = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';
const profile = { ...builtInProfile, clientId };

function recordOf(changes: Partial<AccountRecord> = {}): AccountRecord {
  const homeAccountId = `${ada.oid}.${ada.tid}`;
  return {
    id: 'a1',
    homeAccountId,
    address: ada.address,
    displayName: 'Ada',
    profile,
    addedAt: 1,
    sharedMailboxes: [],
    ...changes,
  };
}

describe('the approval link', () => {
  it('asks for what a sign-in asks for, at the registered address, on the cloud of the profile', () => {
    const url = new URL(approvalLink(profile, 'contoso.example', 'a-state'));
    expect(url.origin + url.pathname).toBe('https://login.microsoftonline.com/contoso.example/v2.0/adminconsent');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: clientId,
      scope: 'https://outlook.office.com/IMAP.AccessAsUser.All offline_access openid profile email',
      redirect_uri: 'http://localhost',
      state: 'a-state',
    });
    const government = { ...profile, authority: 'https://login.microsoftonline.us/common' };
    const resource = 'https://outlook.office365.us';
    const there = new URL(approvalLink({ ...government, resource }, 'organizations', 's'));
    expect(there.host).toBe('login.microsoftonline.us');
    expect(there.searchParams.get('scope')).toMatch(/^https:\/\/outlook\.office365\.us\/IMAP\.AccessAsUser\.All /u);
  });

  it.each([
    ['common', ada.tid, ada.tid],
    ['common', null, 'organizations'],
    ['consumers', null, 'organizations'],
    ['organizations', 'contoso.example', 'contoso.example'],
    // An app of one tenant is known in no other.
    ['fabrikam.example', 'contoso.example', 'fabrikam.example'],
  ])('is at %s for an account of %s: %s', (own, tenant, expected) => {
    expect(approvalTenant({ authority: `https://login.microsoftonline.com/${own}` }, tenant)).toBe(expected);
  });

  it.each([
    ['login.microsoftonline.com', 'outlook.office.com', null],
    ['login.microsoftonline.us', 'outlook.office365.us', 'USGov'],
    ['login.microsoftonline.us', 'outlook-dod.office365.us', 'USGovDoD'],
    ['login.partner.microsoftonline.cn', 'partner.outlook.cn', 'China'],
    ['login.chinacloudapi.cn', 'partner.outlook.cn', 'China'],
  ])('at %s for %s is for the cloud that PowerShell calls %s', (host, mail, expected) => {
    const resource = `https://${mail}`;
    expect(graphEnvironmentOf({ authority: `https://${host}/common`, resource })).toBe(expected);
  });
});

describe('the accounts that wait for approval', () => {
  let saved: readonly AwaitedApproval[];
  let begun: [DeploymentProfile | string, AwaitedSignIn][];
  let records: AccountRecord[];
  let own: DeploymentProfile;
  let now: number;

  function start(awaited: readonly AwaitedApproval[] = []): Approvals {
    let ids = 0;
    return new Approvals(awaited, {
      findAccount: (accountId) => records.find(({ id }) => id === accountId) ?? null,
      profile: () => own,
      signIn: {
        beginAwaited: (...args) => void begun.push(args),
        beginAgain: (...args) => void begun.push(args),
      },
      createId: () => `p${(ids += 1)}`,
      save: (all) => {
        saved = all;
      },
      onChange: () => {},
      clock: { now: () => now },
    });
  }

  beforeEach(() => {
    saved = [];
    begun = [];
    records = [];
    own = profile;
    now = 1_000;
  });

  it('are saved with address, tenant, profile and time, and are there after a restart', () => {
    const id = start().ask(' Ada@Contoso.example ', null);
    expect(saved).toEqual([
      {
        ...{ id, accountId: null, address: 'Ada@Contoso.example', tenant: 'contoso.example', profile },
        ...{ since: 1_000, triedAt: null },
      },
    ]);
    const [again] = start(saved).snapshots();
    expect(again).toMatchObject({ id, address: 'Ada@Contoso.example', clientId, tenant: 'contoso.example' });
    expect(new URL(again?.link ?? '').searchParams.get('state')).toBe(id);
  });

  it('are listed once, however often somebody asks', () => {
    const approvals = start();
    const id = approvals.ask(ada.address, null);
    expect(approvals.ask(ada.address.toUpperCase(), null)).toBe(id);
    expect(approvals.ask(null, null)).not.toBe(id);
    expect(approvals.snapshots()).toHaveLength(2);
  });

  it('of an account that is there have its tenant’s id', () => {
    records = [recordOf()];
    const approvals = start();
    approvals.ask(null, 'a1');
    expect(approvals.snapshots()).toMatchObject([{ accountId: 'a1', address: ada.address, tenant: ada.tid }]);
  });

  it('are told apart by account where they are one, whatever address two of them share', () => {
    const elsewhere = { ...profile, authority: 'https://login.microsoftonline.us/common' };
    records = [recordOf(), recordOf({ id: 'a2', profile: elsewhere })];
    const approvals = start();
    const ids = [approvals.ask(null, 'a1'), approvals.ask(null, 'a2'), approvals.ask(null, 'a1')];
    expect(ids).toEqual(['p1', 'p2', 'p1']);
    expect(approvals.snapshots()).toMatchObject([{ accountId: 'a1' }, { accountId: 'a2' }]);
  });

  it('asked for by an address wait at the account of that address once it asks itself', () => {
    records = [recordOf()];
    const approvals = start();
    const id = approvals.ask(ada.address, null);
    expect(approvals.ask(null, 'a1')).toBe(id);
    expect(saved).toMatchObject([{ id, accountId: 'a1' }]);
  });

  it('of an account that is there sign that one in again, and leave with it', () => {
    records = [recordOf(), recordOf({ id: 'a2', address: 'lin@contoso.example' })];
    const approvals = start();
    const id = approvals.ask(null, 'a1');
    const other = approvals.ask(null, 'a2');
    approvals.checkAgain(id);
    expect(begun).toEqual([['a1', { id, address: ada.address }]]);
    approvals.forgetAccount('a1');
    expect(saved).toMatchObject([{ id: other }]);
  });

  it('of an account that was lost with the settings are for a new one', () => {
    records = [recordOf()];
    const id = start().ask(null, 'a1');
    records = [];
    const later = start(saved);
    expect(later.snapshots()).toMatchObject([{ id, accountId: null }]);
    later.checkAgain(id);
    expect(begun).toEqual([[profile, { id, address: ada.address }]]);
  });

  it('are never personal accounts, which nobody administers', () => {
    records = [recordOf({ homeAccountId: `00000000-0000-0000-7c1e-5b20d94fae03.${CONSUMERS_TENANT}` })];
    expect(() => start().ask(null, 'a1')).toThrow('approval-not-needed');
    expect(saved).toEqual([]);
  });

  it('need a client id, an address of an organization, and an end', () => {
    const approvals = start();
    for (const address of ['ada', 'sam@outlook.com', ''])
      expect(() => approvals.ask(address, null)).toThrow('unexpected');
    expect(() => approvals.ask(null, 'nobody')).toThrow('unexpected');
    own = builtInProfile;
    expect(() => approvals.ask(ada.address, null)).toThrow('client-id-missing');
    own = profile;
    for (let count = 0; count < 20; count += 1) approvals.ask(`p${count}@contoso.example`, null);
    expect(() => approvals.ask('one-more@contoso.example', null)).toThrow('approvals-too-many');
    expect(saved).toHaveLength(20);
  });

  it('are tried again as themselves, and say when', () => {
    const approvals = start();
    const id = approvals.ask(ada.address, null);
    now = 1_500;
    approvals.checkAgain(id);
    expect(begun).toEqual([[profile, { id, address: ada.address }]]);
    expect(approvals.snapshots()).toMatchObject([{ since: 1_000, triedAt: 1_500 }]);
    approvals.checkAgain('nobody');
    expect(begun).toHaveLength(1);
  });

  it('can be taken from the list', () => {
    const approvals = start();
    approvals.remove(approvals.ask(ada.address, null));
    expect(approvals.snapshots()).toEqual([]);
    expect(saved).toEqual([]);
  });

  describe('wait no longer', () => {
    const elsewhere = { ...profile, authority: 'https://login.microsoftonline.us/common' };
    const alias = 'a.bergstrom@contoso.example';
    const cases: [string, string | null, Partial<AccountRecord>, 'tried' | 'not tried', boolean][] = [
      ['the address signed in', ada.address, { address: 'ADA@contoso.example' }, 'not tried', true],
      ['the address signed in on another cloud', ada.address, { profile: elsewhere }, 'tried', false],
      ['somebody else of the organization signed in', alias, {}, 'not tried', false],
      ['the account goes by another address there', alias, {}, 'tried', true],
      ['an account of another organization was picked', 'lin@fabrikam.example', {}, 'tried', false],
      ['no address was told, and a work account signed in', null, {}, 'tried', true],
      ['no address was told, and an account was added besides', null, {}, 'not tried', false],
      [
        'no address was told, and a personal account was picked',
        null,
        { homeAccountId: `00000000-0000-0000-7c1e-5b20d94fae03.${CONSUMERS_TENANT}` },
        'tried',
        false,
      ],
    ];
    it.each(cases)('or do, when %s', (_when, address, changes, tried, isSettled) => {
      const approvals = start();
      const approvalId = approvals.ask(address, null);
      approvals.settle(recordOf(changes), tried === 'tried' ? approvalId : null);
      expect(approvals.snapshots()).toHaveLength(isSettled ? 0 : 1);
      expect(saved).toHaveLength(isSettled ? 0 : 1);
    });

    it.each([
      ['that account itself signed in', {}, true],
      ['it is known by another address now', { address: alias }, true],
      ['somebody else of the organization was picked and added', { id: 'a2', address: alias }, false],
    ] as const)('at an account that is there, or do, when %s', (_when, changes, isSettled) => {
      records = [recordOf()];
      const approvals = start();
      const approvalId = approvals.ask(null, 'a1');
      approvals.settle(recordOf(changes), approvalId);
      expect(approvals.snapshots()).toHaveLength(isSettled ? 0 : 1);
    });
  });
});
