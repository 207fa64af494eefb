import { z } from 'zod';
import { proxySettingText, readProxySetting } from '../network/proxy-routes.ts';

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;
const hostLabel = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const hostName = new RegExp(`^${hostLabel}(?:\\.${hostLabel})*$`, 'iu');
const ipv6 = /^[0-9a-f:]*:[0-9a-f:.]*$/iu;
const tenantName = new RegExp(`^(?:common|organizations|consumers|${hostLabel}(?:\\.${hostLabel})+)$`, 'iu');

/** Whether `text` is an application (client) id or a tenant id. */
export function isGuid(text: string): boolean {
  return guid.test(text);
}

/** Whether `text` can stand for the tenant in an authority: a GUID, a domain, `common`, `organizations`, `consumers`. */
export function isTenant(text: string): boolean {
  return isGuid(text) || tenantName.test(text);
}

/** `URL.parse`, which Electron 33's Node lacks. */
function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

const portWords = 'must be between 1 and 65535';
const hostWords = 'must be a host name such as outlook.office365.com, without https:// and without a port';
const authorityWords =
  'must look like https://login.microsoftonline.com/common: https, a host, and one tenant (an id, a domain, common, ' +
  'organizations or consumers)';
const resourceWords = 'must look like https://outlook.office.com: https and a host';

export const clientIdField = z
  .string('must be text')
  .trim()
  .regex(guid, 'must be an application (client) id, such as 1b4e28ba-2fa1-41d2-883f-0016d3cca427')
  .toLowerCase()
  .nullable();

export const authorityField = z
  .string('must be text')
  .trim()
  .transform((text, context) => {
    const url = parseUrl(text);
    const tenant = url === null ? null : /^\/([^/]+)\/?$/u.exec(url.pathname)?.[1];
    const isPlain = url !== null && url.search === '' && url.hash === '' && url.username === '' && url.password === '';
    if (!isPlain || url.protocol !== 'https:' || tenant === undefined || tenant === null || !isTenant(tenant)) {
      context.addIssue({ code: 'custom', message: authorityWords });
      return z.NEVER;
    }
    return `https://${url.host}/${tenant.toLowerCase()}`;
  });

const hostField = z
  .string('must be text')
  .trim()
  .refine((text) => text.length <= 253 && (hostName.test(text) || ipv6.test(text)), hostWords)
  .toLowerCase();

const portField = z.int(portWords).min(1, portWords).max(65_535, portWords);

export const knownAuthorityField = z
  .string('must be text')
  .trim()
  .toLowerCase()
  .refine((text) => {
    const url = parseUrl(`https://${text}/`);
    // 443 is https' own port, which URL leaves out.
    return url !== null && url.pathname === '/' && url.username === '' && [url.host, `${url.host}:443`].includes(text);
  }, 'must be a host, or host:port, without https:// and without a path')
  .transform((text) => text.replace(/:443$/u, ''));

export const resourceField = z
  .string('must be text')
  .trim()
  .transform((text, context) => {
    const url = parseUrl(text);
    if (
      url === null ||
      url.protocol !== 'https:' ||
      url.pathname !== '/' ||
      url.search + url.hash + url.username !== ''
    ) {
      context.addIssue({ code: 'custom', message: resourceWords });
      return z.NEVER;
    }
    return url.origin;
  });

/** Without a port, the one of IMAP over TLS. */
export const imapField = z.strictObject({ host: hostField, port: portField.default(993) }, 'must have host and port');

export const caFileField = z.string('must be text').min(1, 'must name a file, or be null').nullable();

const proxyWords = 'must be "system", "none", or an address such as http://proxy.example:8080, without a password';

export const proxyField = z
  .string('must be text')
  .max(1_000, proxyWords)
  .transform((text, context) => {
    const setting = readProxySetting(text);
    if (setting !== null) return proxySettingText(setting);
    context.addIssue({ code: 'custom', message: proxyWords });
    return z.NEVER;
  });
