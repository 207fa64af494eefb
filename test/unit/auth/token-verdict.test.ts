import { describe, expect, it } from 'vitest';

import { inspectToken } from '../../../electron/main/auth/inspect-token.ts';
import { clockSkewMs } from '../../../electron/main/auth/token-verdict.ts';
import type { TokenReport } from '../../../electron/shared/token-report.ts';
import { appClaims, personClaims, tokenOf, writtenAt } from '../../support/written-token.ts';

const ada = { address: 'ada@contoso.example', homeAccountId: `${personClaims.oid}.${personClaims.tid}` };
const lin = { address: 'lin@fabrikam.example', homeAccountId: 'a84d2c66-0f3b-4b7e-b1c5-92f7e3d85c02.c61b9e48' };
const without = (claims: object, ...names: string[]): object =>
  Object.fromEntries(Object.entries(claims).filter(([name]) => !names.includes(name)));

function inspect(claims: object, options: { account?: typeof ada; resource?: string; now?: number } = {}): TokenReport {
  const { account = null, resource = null, now = writtenAt } = options;
  return inspectToken(tokenOf(claims), { now, resource, account });
}

function problems(report: TokenReport): readonly object[] {
  const { verdict } = report;
  return verdict.kind === 'unfit' ? [verdict.problem, ...verdict.others] : [];
}

describe('a token that opens a person’s mailbox', () => {
  it.each([
    ['Outlook', 'https://outlook.office.com'],
    ['Outlook with a slash', 'https://outlook.office.com/'],
    ['Exchange Online', 'https://outlook.office365.com'],
    ['US Government', 'https://outlook.office365.us'],
    ['US Government (DoD)', 'https://webmail.apps.mil'],
    ['China', 'https://partner.outlook.cn'],
    ['Exchange by its id', '00000002-0000-0ff1-ce00-000000000000'],
  ])('fits when it is for %s', (_, aud) => {
    expect(inspect({ ...personClaims, aud }, { account: ada }).verdict).toEqual({ kind: 'fits' });
  });

  it('fits when it is for the profile’s own resource, and no other', () => {
    const claims = { ...personClaims, aud: 'https://mail.example' };
    expect(inspect(claims, { resource: 'https://mail.example' }).verdict).toEqual({ kind: 'fits' });
    expect(problems(inspect(claims))).toEqual([{ kind: 'wrong-resource', resource: 'other' }]);
  });

  it('fits with more scopes than that, whatever their case, and as version 2', () => {
    const claims = { ...without(personClaims, 'appid', 'upn', 'idtyp'), azp: personClaims.appid, ver: '2.0' };
    const report = inspect({
      ...claims,
      preferred_username: 'Ada@Contoso.example',
      scp: 'SMTP.Send imap.accessasuser.all',
    });
    expect(report.verdict).toEqual({ kind: 'fits' });
    expect(report.facts).toMatchObject({
      kind: 'access-token',
      subject: 'person',
      appId: personClaims.appid,
      user: 'Ada@Contoso.example',
      scopes: ['SMTP.Send', 'imap.accessasuser.all'],
    });
  });

  it('tells all it says', () => {
    expect(inspect(personClaims).facts).toEqual({
      kind: 'access-token',
      subject: 'person',
      audience: personClaims.aud,
      scopes: ['IMAP.AccessAsUser.All'],
      roles: [],
      idtyp: 'user',
      appId: personClaims.appid,
      tenantId: personClaims.tid,
      objectId: personClaims.oid,
      user: 'ada@contoso.example',
      issuer: personClaims.iss,
      version: '1.0',
      cloud: 'public',
      issuedAt: writtenAt,
      notBefore: writtenAt,
      expiresAt: writtenAt + 3_600_000,
    });
  });

  it.each([
    ['us-government', { aud: 'https://outlook.office365.us' }],
    ['us-government', { aud: 'x', iss: 'https://login.microsoftonline.us/t/v2.0' }],
    ['china', { aud: 'https://partner.outlook.cn' }],
    ['public', { aud: 'x', iss: 'https://sts.windows.net/t/' }],
    [null, { aud: 'https://outlook.office.com.evil.example', iss: 'https://notmicrosoftonline.com/' }],
  ])('is of the cloud %s', (cloud, claims) => {
    expect(inspect({ ...personClaims, ...claims }).facts?.cloud).toBe(cloud);
  });
});

describe('an app’s token (client_credentials)', () => {
  it('is told from a person’s, without a role', () => {
    const report = inspect(appClaims, { account: ada });
    expect(report.verdict).toEqual({ kind: 'unfit', problem: { kind: 'app-only', hasImapRole: false }, others: [] });
    expect(report.facts).toMatchObject({ subject: 'app', scopes: [], roles: [], user: null, objectId: appClaims.sub });
  });

  it('is told from one with the role of servers', () => {
    expect(problems(inspect({ ...appClaims, roles: ['Mail.Read', 'IMAP.AccessAsApp'] }))).toEqual([
      { kind: 'app-only', hasImapRole: true },
    ]);
  });

  it('is known without idtyp, which is optional, by being its own subject', () => {
    expect(problems(inspect(without(appClaims, 'idtyp')))).toEqual([{ kind: 'app-only', hasImapRole: false }]);
    expect(problems(inspect({ ...without(appClaims, 'idtyp', 'sub'), roles: ['full_access_as_app'] }))).toEqual([
      { kind: 'app-only', hasImapRole: false },
    ]);
  });

  it('may be wrong in more than one way', () => {
    const claims = {
      ...appClaims,
      aud: 'https://graph.microsoft.com',
      roles: ['Mail.Read'],
      exp: writtenAt / 1000 - 60,
    };
    expect(problems(inspect(claims))).toEqual([
      { kind: 'app-only', hasImapRole: false },
      { kind: 'wrong-resource', resource: 'graph' },
      { kind: 'expired', at: writtenAt - 60_000 },
    ]);
  });
});

describe('a person’s token doesn’t fit', () => {
  it.each([
    ['graph', 'https://graph.microsoft.com'],
    ['graph', 'https://graph.microsoft.com/'],
    ['graph', '00000003-0000-0000-c000-000000000000'],
    ['graph', 'https://microsoftgraph.chinacloudapi.cn'],
    ['other', 'https://management.azure.com/'],
    ['other', 'https://outlook.office.com.evil.example'],
    ['other', 'api://something'],
  ])('when it is for another service (%s): %s', (resource, aud) => {
    const claims = { ...personClaims, aud, scp: 'Mail.Read IMAP.AccessAsUser.All' };
    expect(problems(inspect(claims))).toEqual([{ kind: 'wrong-resource', resource }]);
  });

  it('without the scope', () => {
    expect(problems(inspect({ ...personClaims, scp: 'SMTP.Send EWS.AccessAsUser.All' }))).toEqual([
      { kind: 'scope-missing' },
    ]);
  });

  it('when it is of another person of the tenant, whatever its name says', () => {
    const claims = { ...personClaims, oid: 'a84d2c66-0f3b-4b7e-b1c5-92f7e3d85c02' };
    expect(problems(inspect(claims, { account: ada }))).toEqual([{ kind: 'other-user', expected: ada.address }]);
  });

  it('when it is of another tenant', () => {
    const claims = { ...personClaims, tid: 'c61b9e48-5f07-4f86-9d21-7be04a3f8e02' };
    expect(problems(inspect(claims, { account: ada }))).toEqual([{ kind: 'other-tenant', expected: ada.address }]);
    expect(problems(inspect(personClaims, { account: lin }))).toEqual([
      { kind: 'other-tenant', expected: lin.address },
    ]);
  });

  it('when it has another name, where it has no ids', () => {
    const bare = without(personClaims, 'oid');
    expect(problems(inspect(bare, { account: lin }))).toEqual([{ kind: 'other-user', expected: lin.address }]);
    expect(problems(inspect({ ...bare, upn: 'ADA@contoso.example' }, { account: ada }))).toEqual([]);
  });

  it('but does when the same person goes by another name, as after a change of it', () => {
    expect(inspect({ ...personClaims, upn: 'ada.new@contoso.example' }, { account: ada }).verdict.kind).toBe('fits');
  });

  describe('to the mailbox that its XOAUTH2 answer asks for', () => {
    const info = { ...ada, sharedMailboxes: [{ address: 'info@contoso.example' }] };
    const asked = (user: string, account: typeof ada | null, accounts: readonly (typeof ada)[] = []): TokenReport => {
      const answer = `user=${user}\u0001auth=Bearer ${tokenOf(personClaims)}\u0001\u0001`;
      const wish = { now: writtenAt, resource: null, account, accounts };
      return inspectToken(Buffer.from(answer).toString('base64'), wish);
    };
    const other = (mailbox: string) => [{ kind: 'other-mailbox', mailbox, owner: ada.address }];

    it('where that is another’s, whether an account was chosen or not', () => {
      expect(asked(lin.address, null).mailbox).toBe(lin.address);
      for (const account of [null, ada]) expect(problems(asked(lin.address, account))).toEqual(other(lin.address));
      // The token's person is looked at first.
      expect(problems(asked(lin.address, lin))).toEqual([{ kind: 'other-tenant', expected: lin.address }]);
    });

    it('but does where it is the person’s own, by whichever of their names', () => {
      const renamed = { ...ada, address: 'ada.new@contoso.example' };
      for (const account of [null, ada]) expect(problems(asked('ADA@contoso.example', account))).toEqual([]);
      expect(problems(asked(ada.address, renamed))).toEqual([]);
      expect(problems(asked(renamed.address, renamed))).toEqual([]);
    });

    it('but does where it is a shared one that was added to the person’s account', () => {
      expect(problems(asked('Info@contoso.example', info))).toEqual([]);
      expect(problems(asked('info@contoso.example', null, [lin, info]))).toEqual([]);
      expect(problems(asked('info@contoso.example', null, [lin]))).toEqual(other('info@contoso.example'));
    });
  });

  it('from the ms on in which it ends', () => {
    const end = writtenAt + 3_600_000;
    expect(problems(inspect(personClaims, { now: end }))).toEqual([{ kind: 'expired', at: end }]);
    expect(problems(inspect(personClaims, { now: end - 1 }))).toEqual([]);
  });

  it('before it begins, but for the difference of two clocks', () => {
    expect(problems(inspect(personClaims, { now: writtenAt - clockSkewMs }))).toEqual([]);
    expect(problems(inspect(personClaims, { now: writtenAt - clockSkewMs - 1 }))).toEqual([
      { kind: 'not-yet-valid', at: writtenAt },
    ]);
  });
});

describe('an ID token', () => {
  const idClaims = {
    aud: personClaims.appid,
    iss: 'https://login.microsoftonline.com/t/v2.0',
    exp: personClaims.exp,
    preferred_username: 'ada@contoso.example',
    oid: personClaims.oid,
    tid: personClaims.tid,
    sub: 'pairwise',
    ver: '2.0',
  };

  it.each([
    ['of version 2', idClaims],
    ['with a nonce', { ...idClaims, aud: 'my-app', nonce: 'n' }],
    ['whose azp is the app itself', { ...idClaims, azp: idClaims.aud }],
  ])('is told %s', (_, claims) => {
    const report = inspect(claims, { account: ada });
    expect(report.verdict).toEqual({ kind: 'no-access-token', what: 'id-token' });
    expect(report.facts).toMatchObject({ kind: 'id-token', subject: 'person', user: 'ada@contoso.example' });
  });

  it('isn’t an access token for an app’s own service', () => {
    const report = inspect({ ...idClaims, azp: appClaims.oid });
    expect(report.verdict).toMatchObject({ kind: 'unfit', problem: { kind: 'wrong-resource' } });
  });
});

describe('claims', () => {
  it('of the wrong kind are left out', () => {
    const facts = inspect({ aud: 7, scp: { a: 1 }, roles: [1, 'x', null], upn: ['a'], exp: 'soon', nbf: 1e300 }).facts;
    expect(facts).toMatchObject({
      audience: null,
      scopes: [],
      roles: ['x'],
      user: null,
      expiresAt: null,
      notBefore: null,
    });
  });

  it('are cleaned and cut', () => {
    const upn = `ada\u202e\u0007${'x'.repeat(5_000)}`;
    const { facts } = inspect({
      ...personClaims,
      upn,
      scp: 'A '.repeat(500),
      aud: ['https://outlook.office.com', 'b'],
    });
    expect(facts?.user).toMatch(/^adax{300,320}…$/u);
    expect(facts?.scopes).toHaveLength(60);
    expect(facts?.audience).toBe('https://outlook.office.com');
  });

  it('that every object has are not taken for theirs', () => {
    expect(inspect(JSON.parse('{"__proto__":{"aud":"x","upn":"y"}}') as object).facts).toMatchObject({
      audience: null,
      user: null,
    });
  });
});
