import type { ExternalLink } from '../../shared/commands.ts';
import type { DeploymentProfile } from '../../shared/profile.ts';
import { type Cloud, cloudOf } from '../profile/cloud.ts';

const links: Readonly<Record<ExternalLink, string>> = {
  'entra-app-registrations': 'https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade',
  'azure-cli-install': 'https://learn.microsoft.com/cli/azure/install-azure-cli',
  'client-id-guide': 'https://learn.microsoft.com/entra/identity-platform/quickstart-register-app',
  // Each page has the accounts of its own kind only (Microsoft support, "Edit or revoke application permissions in the
  // My Apps portal").
  'revoke-consent-personal': 'https://account.microsoft.com/privacy/app-access',
  'revoke-consent-work': 'https://myapps.microsoft.com/',
  'outlook-web': 'https://outlook.office.com/mail/',
};

/** Microsoft's page about its numbers (https://learn.microsoft.com/entra/identity-platform/reference-error-codes). */
const errorPage = 'https://login.microsoftonline.com/error';

/** The address of Microsoft's page about an AADSTS number (digits). */
export function errorPageUrl(aadsts: string): string {
  return `${errorPage}?code=${encodeURIComponent(aadsts)}`;
}

const registrations = '#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade';

/**
 * What a national cloud has of its own. Sources: for the portals Microsoft's documentation of national clouds, for the
 * rest what Microsoft's own pages lead to; nobody has tried them with Tidings. Personal accounts are in the public one.
 */
const national: Readonly<Record<Exclude<Cloud, 'public'>, Partial<Record<ExternalLink, string>>>> = {
  'us-government': {
    'entra-app-registrations': `https://portal.azure.us/${registrations}`,
    'revoke-consent-work': 'https://myapps.microsoft.us/',
    'outlook-web': 'https://outlook.office365.us/mail/',
  },
  china: {
    'entra-app-registrations': `https://portal.azure.cn/${registrations}`,
    'revoke-consent-work': 'https://account.activedirectory.windowsazure.cn/r#/applications',
    'outlook-web': 'https://partner.outlook.cn/owa/',
  },
};

const all = [links, ...Object.values(national)].flatMap((each) => Object.values(each));
const hosts: ReadonlySet<string> = new Set([...all, errorPage].map((url) => new URL(url).hostname));

/** The address of a page that a window may ask for by name, in the cloud of `profile`. */
export function externalUrl(link: ExternalLink, profile: Pick<DeploymentProfile, 'authority'>): string {
  const cloud = cloudOf(profile);
  return (cloud === 'public' ? undefined : national[cloud][link]) ?? links[link];
}

/** Whether an address is https on one of the exact hosts above, without userinfo or port. */
export function isExternalUrlAllowed(url: string): boolean {
  const parsed = parsePlain(url);
  return parsed !== null && parsed.protocol === 'https:' && parsed.port === '' && hosts.has(parsed.hostname);
}

const loopbackHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether the sign-in page that MSAL asks for may be handed to the browser. The profile's authority names it over a
 * checked TLS connection and may have it on another host, so any https address will do. Plain http only where both
 * the page and the authority are on this computer: an identity provider for development.
 */
export function isSignInUrlAllowed(url: string, profile: Pick<DeploymentProfile, 'authority'>): boolean {
  const parsed = parsePlain(url);
  if (parsed === null) return false;
  if (parsed.protocol === 'https:') return true;
  if (parsed.protocol !== 'http:' || !loopbackHosts.has(parsed.hostname)) return false;
  return URL.canParse(profile.authority) && loopbackHosts.has(new URL(profile.authority).hostname);
}

/** Electron's `shell.openExternal` takes no longer address on Windows (its documentation). */
const windowsLimit = 2081;
/** A mail program in a browser has it as a query, which servers limit to 8 KiB. */
const usualLimit = 8000;

/** The longest address that may be opened on this system. */
export function longestUrl(platform: NodeJS.Platform): number {
  return platform === 'win32' ? windowsLimit : usualLimit;
}

/** Whether an address opens a new mail and nothing else: no recipient, attachment or header but the subject. */
export function isLetterUrlAllowed(url: string, platform: NodeJS.Platform): boolean {
  if (notPlain.test(url) || url.length > longestUrl(platform)) return false;
  return /^mailto:\?subject=[^&#?]+&body=[^&#?]+$/u.test(url);
}

/** White space, control characters, backslashes and what isn't ASCII: parsers differ over them, and MSAL writes none. */
const notPlain = /[^!-[\]-~]/;

/** Null for what is no address, has userinfo, or could be read in two ways. */
function parsePlain(url: string): URL | null {
  if (notPlain.test(url) || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  return parsed.username === '' && parsed.password === '' ? parsed : null;
}
