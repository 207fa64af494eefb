import { describe, expect, test } from 'vitest';

import { inspectToken } from '../../../electron/main/auth/inspect-token.ts';
import { createI18n } from '../../../renderer/i18n.ts';
import { serverCommands } from '../../../renderer/server-way.ts';
import { tokenFactList } from '../../../renderer/token-fact-list.ts';
import { createWords } from '../../../renderer/words.ts';
import { appClaims, personClaims, tokenOf, writtenAt } from '../../support/written-token.ts';

const words = createWords(createI18n(), 'en');

function shown(text: string): Record<string, string> {
  const report = inspectToken(text, { now: writtenAt, resource: null, account: null });
  return Object.fromEntries(tokenFactList(report, words).map(({ label, values }) => [label, values.join(', ')]));
}

describe('the claims on screen', () => {
  test('say of an app’s token what it lacks', () => {
    expect(shown(tokenOf(appClaims))).toMatchObject({
      'Stands for': 'an app',
      'Delegated scopes (scp)': 'none',
      'App roles (roles)': 'none',
      'Kind (idtyp)': 'app',
    });
  });

  test('leave out what a person’s token needn’t have', () => {
    const list = shown(tokenOf(personClaims));
    expect(list).toMatchObject({
      'Delegated scopes (scp)': 'IMAP.AccessAsUser.All',
      Cloud: 'Microsoft’s public cloud',
    });
    expect(Object.keys(list)).not.toContain('App roles (roles)');
    expect(Object.keys(list)).not.toContain('Valid from (nbf)');
  });

  test('are none where nothing can be read', () => {
    expect(shown('hello')).toEqual({});
  });
});

describe('the administrator’s commands', () => {
  test('name the app and the mailbox', () => {
    expect(
      serverCommands({ appId: appClaims.appid, objectId: appClaims.oid }, 'ada@contoso.example').split('\n'),
    ).toEqual([
      'Connect-ExchangeOnline',
      `New-ServicePrincipal -AppId ${appClaims.appid} -ObjectId ${appClaims.oid}`,
      `Add-MailboxPermission -Identity ada@contoso.example -User ${appClaims.oid} -AccessRights FullAccess`,
    ]);
  });

  test('take nothing of a forged token that a shell could carry out', () => {
    const commands = serverCommands({ appId: 'x; rm -r /', objectId: '$(calc)' }, 'a@b.example;calc');
    expect(commands).not.toMatch(/rm -r|calc/);
    expect(commands).toContain('<mailbox address>');
  });
});
