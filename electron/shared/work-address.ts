/** What somebody typed as their work or school address. */
export type WorkAddress =
  | { readonly kind: 'ok'; readonly address: string; readonly domain: string | null }
  | { readonly kind: 'problem'; readonly problem: 'empty' | 'not-an-address' | 'personal' };

/** Domains whose accounts are personal ones at Microsoft, or none: nobody administers them for their owners. */
const personalDomain =
  /^(?:(?:outlook|hotmail|live)\.[a-z]{2,3}(?:\.[a-z]{2})?|msn\.com|passport\.com|windowslive\.com|gmail\.com|googlemail\.com|yahoo\.[a-z]{2,3}(?:\.[a-z]{2})?|icloud\.com|qq\.com|163\.com)$/u;
const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const domainName = new RegExp(String.raw`^${label}(?:\.${label})+$`, 'u');

/**
 * The address, and its domain, which is one of the tenant's names (null where it isn't in ASCII, as Microsoft's lists
 * of tenants are); or what is wrong.
 */
export function readWorkAddress(text: string): WorkAddress {
  const address = text.trim();
  if (address === '') return { kind: 'problem', problem: 'empty' };
  const domain = /^[^@\s"\\<>,;:]{1,64}@([^@\s/\\?#[\]:]{3,253})$/u.exec(address)?.[1]?.toLowerCase();
  // Letters that are drawn as nothing, or turn the line around, are in no address.
  if (domain === undefined || /[\p{C}\p{Bidi_Control}]/u.test(address)) {
    return { kind: 'problem', problem: 'not-an-address' };
  }
  const isAscii = /^[!-~]+$/u.test(domain);
  if (isAscii && !domainName.test(domain)) return { kind: 'problem', problem: 'not-an-address' };
  if (personalDomain.test(domain)) return { kind: 'problem', problem: 'personal' };
  return { kind: 'ok', address, domain: isAscii ? domain : null };
}
