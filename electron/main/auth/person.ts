import type { AuthenticationResult } from '@azure/msal-node';
import { cleanText, maxNameLength } from '../clean-text.ts';
import type { SignedInPerson } from './auth-types.ts';

/** An address has at most 64 + 1 + 255 characters (RFC 5321 section 4.5.3.1). */
const maxAddressLength = 320;

/** The person an ID token speaks of; null when it names no mail address to open a mailbox with. */
export function personOf(result: Pick<AuthenticationResult, 'account' | 'idTokenClaims'>): SignedInPerson | null {
  const { account } = result;
  if (account === null || account.homeAccountId === '') return null;
  const claims: Readonly<Record<string, unknown>> = { ...result.idTokenClaims };
  const candidates = [claims['preferred_username'], claims['email'], account.username];
  const address = candidates.map(cleanAddress).find((candidate) => candidate !== null);
  if (address === undefined || address === null) return null;
  const name = claims['name'] ?? account.name;
  const displayName = typeof name === 'string' ? cleanText(name, maxNameLength) : '';
  return { homeAccountId: account.homeAccountId, address, displayName };
}

function cleanAddress(candidate: unknown): string | null {
  if (typeof candidate !== 'string' || candidate.length > maxAddressLength) return null;
  const address = cleanText(candidate, maxAddressLength);
  return /^[^@\s]+@[^@\s]+$/u.test(address) ? address : null;
}
