/** Flags of one message; never changed in place, so that many messages can share one set. */
export type Flags = ReadonlySet<string>;

/** The system flags that can be stored (RFC 3501 section 2.3.2), in the order in which SELECT names them. */
export const systemFlags: readonly string[] = ['\\Seen', '\\Answered', '\\Flagged', '\\Deleted', '\\Draft'];

export const noFlags: Flags = new Set();

/** What STORE does with the flags it is given. */
export type FlagAction = 'add' | 'remove' | 'replace';

/** The spelling under which a flag is kept: system flags in any case are the same, keywords stay as written. */
export function canonicalFlag(flag: string): string {
  return systemFlags.find((name) => name.toLowerCase() === flag.toLowerCase()) ?? flag;
}

/** The flags after an action; the same set where nothing changes. */
export function changeFlags(flags: Flags, action: FlagAction, given: readonly string[]): Flags {
  const changes = given.map(canonicalFlag);
  const result = new Set(action === 'replace' ? [] : flags);
  for (const flag of changes) {
    if (action === 'remove') {
      result.delete(flag);
    } else {
      result.add(flag);
    }
  }
  return result.size === flags.size && [...result].every((flag) => flags.has(flag)) ? flags : result;
}

/** Flags in parentheses, as answers have them. */
export function formatFlags(flags: Iterable<string>): string {
  return `(${[...flags].join(' ')})`;
}
