import { domainToASCII } from 'node:url';
import { cleanText, maxNameLength } from './clean-text.ts';
import { doubtOfDomain } from './domain-doubt.ts';

/** Graphemes kept of what stands before the @; RFC 5321 allows 64 bytes. */
const maxLocalLength = 64;
/** Characters kept of a domain, from its end, which says whose it is; DNS allows 253. */
const maxDomainLength = 100;

/** What the eye takes for an @: U+FF20 and U+FE6B besides. */
const atLike = /[@\uff20\ufe6b]/u;
/** What may stand before the @ without quotes (RFC 5322 3.4.1, RFC 6531). */
const unquoted = /^[^\s"(),:;<>@[\]\\\uff20\ufe6b]*$/u;
const notInDomain = /[^\p{L}\p{M}\p{N}._:[\]-]/gu;
const notAscii = /[^\u0020-\u007e]/gu;

/**
 * A sender's address as it can be shown without deceiving: cleaned; the domain in small letters (`I` isn't `l`), in
 * punycode where its characters could be taken for others ({@link doubtOfDomain}), and whole or cut at its
 * beginning; what stands before the @ in quotes where it could be taken for an address itself.
 */
export function shownAddress(raw: string): string {
  const at = raw.lastIndexOf('@');
  if (at === -1) {
    return cleanText(raw, maxLocalLength);
  }
  // Some servers leave the quotes on.
  const local = cleanText(raw.slice(0, at).replace(/^"(.*)"$/su, '$1'), maxLocalLength);
  const shownLocal = unquoted.test(local) ? local : `"${local.replaceAll(/["\\]/gu, String.raw`\$&`)}"`;
  return `${shownLocal}@${shownDomain(raw.slice(at + 1))}`;
}

/** A sender's name as it can be shown: none where it looks like an address, which would hide the real one. */
export function shownName(raw: string): string {
  const name = cleanText(raw, maxNameLength);
  return atLike.test(name) ? '' : name;
}

function shownDomain(raw: string): string {
  const domain = cleanText(raw.slice(-4 * maxDomainLength), 4 * maxDomainLength).toLowerCase();
  const doubt = doubtOfDomain(domain);
  const ascii = doubt === null ? '' : domainToASCII(domain);
  const spelled = ascii === '' ? domain : ascii;
  const safe = doubt === 'malformed' ? domain.replaceAll(notAscii, '\ufffd') : spelled;
  const characters = Array.from(safe.replaceAll(notInDomain, '\ufffd'));
  return characters.length > maxDomainLength ? `…${characters.slice(-maxDomainLength).join('')}` : characters.join('');
}
