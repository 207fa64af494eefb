import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  errorPageUrl,
  externalUrl,
  isExternalUrlAllowed,
  isSignInUrlAllowed,
} from '../../../electron/main/shell/external-links.ts';
import { createExternalOpener, OpenExternalFailure } from '../../../electron/main/shell/open-external.ts';
import type { ExternalLink } from '../../../electron/shared/commands.ts';
import { enRemoval } from '../../../electron/shared/locales/en/removal.ts';
import { zhCNRemoval } from '../../../electron/shared/locales/zh-CN/removal.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';

const microsoft = { authority: 'https://login.microsoftonline.com/common' };
const usGovernment = { authority: 'https://login.microsoftonline.us/organizations' };
const china = { authority: 'https://login.partner.microsoftonline.cn/organizations' };
const local = { authority: 'https://localhost:8443/common' };
const links: ExternalLink[] = [
  'entra-app-registrations',
  'azure-cli-install',
  'client-id-guide',
  'revoke-consent-personal',
  'revoke-consent-work',
  'outlook-web',
];

function opener(openExternal: (url: string) => Promise<void>) {
  const log = recordingLog();
  return { ...createExternalOpener({ openExternal, log, clock: new FakeClock(5) }), log };
}

const refusedEverywhere = [
  'file:///etc/passwd',
  'smb://server/share',
  'ms-settings:privacy',
  'ms-msdt:/id',
  'javascript:alert(1)',
  'data:text/html,x',
  'mailto:a@example.org',
  'tidings://app/',
  'ftp://learn.microsoft.com/',
  'https://user@learn.microsoft.com/',
  'https://user:password@learn.microsoft.com/',
  'https://learn.microsoft.com@evil.example/',
  'https:\\\\learn.microsoft.com\\',
  'https://learn.microsoft.com/\n',
  ' https://learn.microsoft.com/',
  'https://lеarn.microsoft.com/',
  '-https://learn.microsoft.com/',
  '//learn.microsoft.com/',
  'https://',
  '',
];

describe('links by name', () => {
  it.each(links)('%s leads to an address that passes the check, in every cloud', (link) => {
    for (const profile of [microsoft, usGovernment, china]) {
      expect(isExternalUrlAllowed(externalUrl(link, profile))).toBe(true);
    }
  });

  it.each([
    ['entra-app-registrations', 'entra.microsoft.com', 'portal.azure.us', 'portal.azure.cn'],
    ['revoke-consent-work', 'myapps.microsoft.com', 'myapps.microsoft.us', 'account.activedirectory.windowsazure.cn'],
    ['outlook-web', 'outlook.office.com', 'outlook.office365.us', 'partner.outlook.cn'],
    ['client-id-guide', 'learn.microsoft.com', 'learn.microsoft.com', 'learn.microsoft.com'],
  ] as const)('%s is the page of the account’s own cloud', (link, ...expected) => {
    const profiles = [microsoft, usGovernment, china];
    expect(profiles.map((profile) => new URL(externalUrl(link, profile)).host)).toEqual(expected);
    // An identity provider of one's own has none.
    expect(externalUrl(link, local)).toBe(externalUrl(link, microsoft));
  });

  it.each([
    ...refusedEverywhere,
    'http://learn.microsoft.com/',
    'https://learn.microsoft.com:8443/',
    'https://learn.microsoft.com./',
    'https://learn.microsoft.com.evil.example/',
    'https://evil-learn.microsoft.com/',
    'https://microsoft.com/',
    'https://xn--larn-4ve.microsoft.com/',
    'https://example.com/?https://learn.microsoft.com/',
  ])('%j is no link of ours', (url) => {
    expect(isExternalUrlAllowed(url)).toBe(false);
  });

  it('withdraw a permission where the README and the words after a removal say that one does', () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
    for (const link of ['revoke-consent-personal', 'revoke-consent-work'] as const) {
      const address = externalUrl(link, microsoft).replace(/\/$/u, '');
      for (const { consent } of [enRemoval, zhCNRemoval]) expect(consent).toContain(address);
    }
    expect(readme).toContain(`(${externalUrl('revoke-consent-personal', microsoft)}) (personal)`);
    expect(readme).toContain(`(${externalUrl('revoke-consent-work', microsoft)}) (work or school)`);
  });

  it('are opened by their address', async () => {
    const opened: string[] = [];
    const external = opener(async (url) => void opened.push(url));
    for (const link of links) await external.openLink(link, microsoft);
    await external.openErrorPage('65001');
    expect(opened).toEqual([...links.map((link) => externalUrl(link, microsoft)), errorPageUrl('65001')]);
    expect(errorPageUrl('65001')).toBe('https://login.microsoftonline.com/error?code=65001');
  });
});

describe('the sign-in page', () => {
  it.each([
    ["https://login.microsoftonline.com/common/oauth2/v2.0/authorize?login_hint=o'brien%40example.org", microsoft],
    ['https://login.partner.example/authorize?x=1', microsoft],
    ['https://localhost:8443/common/authorize', local],
    ['http://localhost:8080/common/authorize?x=1', local],
    ['http://127.0.0.1:8080/authorize', { authority: 'https://127.0.0.1:8443/common' }],
  ])('%s is opened', (url, profile) => {
    expect(isSignInUrlAllowed(url, profile)).toBe(true);
  });

  it.each<[string, { authority: string }]>([
    ...refusedEverywhere.map((url): [string, { authority: string }] => [url, local]),
    ['http://login.microsoftonline.com/common', microsoft],
    ['http://localhost:8080/authorize', microsoft],
    ['http://localhost.evil.example/authorize', local],
    ['http://evil.example/authorize', local],
    ['http://user@localhost:8080/authorize', local],
    ['http://localhost:8080/authorize', { authority: 'https://localhost.evil.example/common' }],
    ['http://localhost:8080/authorize', { authority: 'nonsense' }],
  ])('%j is not opened with %j', (url, profile) => {
    expect(isSignInUrlAllowed(url, profile)).toBe(false);
  });

  it('gets nowhere when it is refused, with words for the person', async () => {
    const opened: string[] = [];
    const external = opener(async (url) => void opened.push(url));
    const failure = await external.openSignInPage('file:///etc/passwd', local).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(OpenExternalFailure);
    expect(failure).toMatchObject({ info: { code: 'identity-misconfigured', at: 5 } });
    expect(opened).toEqual([]);
  });

  it('says that no browser opened, without its address in the log', async () => {
    const external = opener(async () => Promise.reject(new Error('no handler')));
    const url = 'https://login.microsoftonline.com/common/authorize?state=private';
    await expect(external.openSignInPage(url, microsoft)).rejects.toMatchObject({ info: { code: 'browser-failed' } });
    expect(external.log.lines).toHaveLength(1);
    expect(JSON.stringify(external.log.lines)).not.toContain('private');
  });
});
