/** Text as UTF-8 bytes, one character a byte (`latin1`): the form everything on the wire has in here. */
export function toWire(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** Bytes in `latin1` read as UTF-8. */
export function fromWire(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** A quoted string where the bytes allow it, a literal elsewhere (RFC 3501 section 4.3). */
export function wireString(bytes: string): string {
  return /^[\x20-\x7e]{0,500}$/.test(bytes) ? `"${bytes.replace(/["\\]/g, '\\$&')}"` : wireLiteral(bytes);
}

/** A literal. */
export function wireLiteral(bytes: string): string {
  return `{${bytes.length}}\r\n${bytes}`;
}

/** A string, or NIL for null. */
export function wireNString(bytes: string | null): string {
  return bytes === null ? 'NIL' : wireString(bytes);
}
