import { wireString } from './wire-text.ts';
import { badSyntax } from './command-error.ts';

/** Between the levels of a mailbox's name. Exchange's. */
export const hierarchyDelimiter = '/';

/** A name as the wire has it: modified UTF-7 (RFC 3501 section 5.1.3), quoted where needed. */
export function wireMailboxName(name: string): string {
  const encoded = encodeMailboxName(name);
  return /^[\w/.-]+$/.test(encoded) ? encoded : wireString(encoded);
}

/** Text to modified UTF-7. */
export function encodeMailboxName(name: string): string {
  return name.replace(/&|[^\x20-\x7e]+/g, (run) => {
    if (run === '&') {
      return '&-';
    }
    const bytes = Buffer.from(run, 'utf16le').swap16();
    return `&${bytes.toString('base64').replace(/=+$/, '').replaceAll('/', ',')}-`;
  });
}

/** Modified UTF-7 to text; INBOX in any case is `INBOX`. Throws BAD where the encoding is broken. */
export function decodeMailboxName(wire: string): string {
  if (/[^\x20-\x7e]/.test(wire) || wire.length > 500) {
    throw badSyntax('Invalid mailbox name.');
  }
  const name = wire.replace(/&([^-]*)(-?)/g, (_run, base64: string, end: string) => {
    const bytes = Buffer.from(base64.replaceAll(',', '/'), 'base64');
    if (end === '' || bytes.length % 2 !== 0 || (base64 !== '' && bytes.length === 0)) {
      throw badSyntax('Invalid mailbox name.');
    }
    return base64 === '' ? '&' : bytes.swap16().toString('utf16le');
  });
  return name.toUpperCase() === 'INBOX' ? 'INBOX' : name;
}

/** Whether a name fits a LIST pattern: `*` is anything, `%` anything within one level. INBOX in any case. */
export function matchesListPattern(name: string, pattern: string): boolean {
  const [text, glob] = name === 'INBOX' ? [name, pattern.toUpperCase()] : [name, pattern];
  // All places in the name that can be reached by the pattern so far: linear where a RegExp would explode.
  let reached = new Set([0]);
  for (const sign of glob) {
    const next = new Set<number>();
    for (const from of reached) {
      if (sign !== '*' && sign !== '%') {
        if (text[from] === sign) {
          next.add(from + 1);
        }
        continue;
      }
      next.add(from);
      for (let place = from; place < text.length && !next.has(place + 1); place += 1) {
        if (sign === '%' && text[place] === hierarchyDelimiter) {
          break;
        }
        next.add(place + 1);
      }
    }
    reached = next;
  }
  return reached.has(text.length);
}
