/** Why an address can't be added as a shared mailbox. */
export type SharedAddressProblem = 'empty' | 'not-an-address' | 'own' | 'known';

export type SharedAddressCheck =
  | { readonly ok: true; readonly address: string }
  | { readonly ok: false; readonly problem: SharedAddressProblem };

/** An account as far as the check needs it: of settings and of snapshots alike. */
interface KnownAddresses {
  readonly id: string;
  readonly address: string;
  readonly sharedMailboxes: readonly { readonly address: string }[];
}

/** An address has at most 64 + 1 + 255 characters (RFC 5321 section 4.5.3.1). */
export const maxAddressLength = 320;

/**
 * A dot-atom in front (RFC 5322 section 3.2.3), with letters of any language (RFC 6531), and a name with a dot behind:
 * nothing that could be hidden, quoted or broken out of where the address is shown or put into a command.
 */
const addressPattern =
  /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@[\p{L}\p{M}\p{N}-]+(?:\.[\p{L}\p{M}\p{N}-]+)+$/u;

/** Whether a text is a mail address that a mailbox can have. */
export function isMailAddress(text: string): boolean {
  return text.length <= maxAddressLength && addressPattern.test(text);
}

/** Whether `text` can be added under the account: an address, and nobody's that is watched already. */
export function checkSharedAddress(
  text: string,
  accountId: string,
  accounts: readonly KnownAddresses[],
): SharedAddressCheck {
  const address = text.trim();
  if (address === '') return { ok: false, problem: 'empty' };
  if (!isMailAddress(address)) return { ok: false, problem: 'not-an-address' };
  const isSame = (other: string): boolean => other.toLowerCase() === address.toLowerCase();
  if (accounts.some(({ id, address: own }) => id === accountId && isSame(own))) return { ok: false, problem: 'own' };
  const watched = accounts.flatMap((account) => [
    account.address,
    ...account.sharedMailboxes.map((mailbox) => mailbox.address),
  ]);
  return watched.some(isSame) ? { ok: false, problem: 'known' } : { ok: true, address };
}
