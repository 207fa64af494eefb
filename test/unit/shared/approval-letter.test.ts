import { describe, expect, it } from 'vitest';

import { isLetterUrlAllowed, longestUrl } from '../../../electron/main/shell/external-links.ts';
import { maxClipboardLength } from '../../../electron/main/ipc/command-schemas.ts';
import { createWords } from '../../../electron/main/i18n.ts';
import {
  approvalCommands,
  approvalLetter,
  approvalNote,
  type LetterFacts,
  mailtoOf,
} from '../../../electron/shared/approval-letter.ts';

const tenant = '3d5c7f0e-2b64-4d0a-8c39-6a9de0b4c501';
const clientId = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';
const link =
  `https://login.partner.microsoftonline.cn/${tenant}/v2.0/adminconsent?client_id=${clientId}` +
  '&scope=https%3A%2F%2Fpartner.outlook.cn%2FIMAP.AccessAsUser.All%20offline_access%20openid%20profile%20email' +
  '&redirect_uri=http%3A%2F%2Flocalhost&state=a5d2ab64-1a1c-4b63-8d5e-0a61d2d0a1d5';
const facts: LetterFacts = {
  address: 'ada.of-the-very-long-address+mail@research.contoso.example',
  link,
  clientId,
  tenant,
  graphEnvironment: 'China',
};

/** Subject and body of a new mail, as a mail program reads them (RFC 6068). */
function readMailto(url: string): { subject: string; body: string } {
  const fields = url.slice('mailto:?'.length).split('&');
  const [subject = '', body = ''] = fields.map((field) => decodeURIComponent(field.slice(field.indexOf('=') + 1)));
  expect(fields.map((field) => field.split('=')[0])).toEqual(['subject', 'body']);
  return { subject, body };
}

describe.each(['en', 'zh-CN'] as const)('the letter to an administrator in %s', (language) => {
  const { translate } = createWords(language);
  const { subject, body } = approvalLetter(translate, facts);

  it('has the link on a line of its own, the account, the app, each permission and the way by PowerShell', () => {
    expect(subject).toContain('Tidings');
    expect(body.split('\n')).toContain(link);
    expect(body).toContain(facts.address);
    for (const part of [clientId, 'IMAP.AccessAsUser.All: ', 'offline_access openid profile email: ']) {
      expect(body).toContain(part);
    }
    expect(body).toContain(approvalCommands(facts));
  });

  it('says where tokens are kept, how to take it back, and that the last page can’t be reached', () => {
    const words =
      language === 'en'
        ? ['has no server', 'only on that computer', 'delete the app']
        : ['没有服务器', '只保存在这台电脑上', '删除该应用'];
    // Microsoft's answer has the first also when the administrator declined, and then the second.
    for (const part of [...words, 'http://localhost', 'admin_consent=True', 'error=']) expect(body).toContain(part);
  });

  it('leaves nothing to fill in, and fits the clipboard', () => {
    for (const letter of [approvalLetter(translate, facts), approvalNote(translate, { ...facts, address: null })]) {
      expect(letter.subject + letter.body).not.toMatch(/\{\{|undefined|null|approval\./u);
      expect(`${letter.subject}\n\n${letter.body}`.length).toBeLessThanOrEqual(maxClipboardLength);
    }
  });

  it('names the portal of the cloud', () => {
    for (const write of [approvalLetter, approvalNote]) {
      expect(write(translate, facts).body).toContain('portal.azure.cn');
      expect(write(translate, { ...facts, graphEnvironment: 'USGovDoD' }).body).toContain('portal.azure.us');
      expect(write(translate, { ...facts, graphEnvironment: null }).body).toContain('Microsoft Entra');
    }
  });

  it('opens as a new mail that reads the same', () => {
    const url = mailtoOf({ subject, body });
    expect(readMailto(url)).toEqual({ subject, body: body.replaceAll('\n', '\r\n') });
    expect(new URL(url).href).toBe(url);
  });

  it('has a short form that every system takes, with all that the letter says but the other ways', () => {
    const note = approvalNote(translate, facts);
    expect(note.body.split('\n')).toContain(link);
    const words =
      language === 'en'
        ? ['counts my unread mail', 'reading only', 'no server', 'only on the person’s own computer', 'delete the app']
        : ['统计未读邮件', '只读', '没有服务器', '只保存在使用者的电脑上', '删除该应用'];
    const parts = [clientId, facts.address ?? '', 'IMAP.AccessAsUser.All', 'offline_access openid profile email'];
    for (const part of [...parts, ...words, 'admin_consent=True', 'error=']) expect(note.body).toContain(part);
    expect(isLetterUrlAllowed(mailtoOf(note), 'win32')).toBe(true);
    expect(isLetterUrlAllowed(mailtoOf(approvalNote(translate, { ...facts, graphEnvironment: null })), 'win32')).toBe(
      true,
    );
    expect(isLetterUrlAllowed(mailtoOf({ subject, body }), 'win32')).toBe(false);
  });
});

it.each(['en', 'zh-CN'] as const)('the letter in %s is mailed whole where addresses may be long', (language) => {
  const url = mailtoOf(approvalLetter(createWords(language).translate, facts));
  expect(isLetterUrlAllowed(url, 'linux')).toBe(true);
});

describe('an address for a new mail', () => {
  const good = mailtoOf({ subject: 'A & B?', body: 'to=x@y\ncc: z' });

  it('carries a subject and a body, whatever is in them', () => {
    expect(isLetterUrlAllowed(good, 'linux')).toBe(true);
    expect(readMailto(good)).toEqual({ subject: 'A & B?', body: 'to=x@y\r\ncc: z' });
  });

  it.each([
    `${good}&to=x@evil.example`,
    `${good}&attach=/etc/passwd`,
    `${good}#x`,
    good.replace('mailto:?', 'mailto:x@evil.example?'),
    good.replace('mailto:?', 'mailto:?cc=x@evil.example&'),
    'mailto:?subject=&body=x',
    'mailto:?subject=a b&body=x',
    'https://evil.example/?subject=a&body=b',
    `mailto:?subject=a&body=${'b'.repeat(8_000)}`,
  ])('is no other: %s', (url) => {
    expect(isLetterUrlAllowed(url, 'linux')).toBe(false);
  });

  it('is as long as the system takes it', () => {
    const limit = longestUrl('win32');
    const of = (length: number): string => 'mailto:?subject=a&body='.padEnd(length, 'b');
    expect(limit).toBe(2_081);
    expect([limit, limit + 1].map((length) => isLetterUrlAllowed(of(length), 'win32'))).toEqual([true, false]);
  });
});

describe('the commands', () => {
  it('name the cloud and the tenant, but no tenant that isn’t one', () => {
    expect(approvalCommands(facts)).toMatch(/^Connect-MgGraph -Environment China -TenantId 3d5c7f0e-\S+ -Scopes /u);
    expect(approvalCommands({ ...facts, tenant: 'organizations', graphEnvironment: null })).toMatch(
      /^Connect-MgGraph -Scopes /u,
    );
  });

  it('grant for everybody what a sign-in asks for, each at the service that has it', () => {
    const grants = approvalCommands(facts).split('\n').slice(-2);
    expect(grants[0]).toMatch(
      /AllPrincipals .*appId eq '00000002-0000-0ff1-ce00-000000000000'.* -Scope 'IMAP\.AccessAsUser\.All'$/u,
    );
    // Where somebody has granted some of it before, New- is refused.
    expect(approvalCommands(facts)).toMatch(/^# .*Update-MgOauth2PermissionGrant/mu);
    expect(grants[1]).toMatch(
      /AllPrincipals .*appId eq '00000003-0000-0000-c000-000000000000'.* -Scope 'offline_access openid profile email'$/u,
    );
  });
});
