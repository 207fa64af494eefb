/** One header field; `raw` is its text in the message with its line end. All in `latin1`. */
export interface HeaderField {
  readonly name: string;
  /** Unfolded, without the space around it. */
  readonly value: string;
  readonly raw: string;
}

/** A header value with its parameters, e.g. of Content-Type (RFC 2045 section 5.1). */
export interface ParameterisedValue {
  /** Lower case. */
  readonly value: string;
  /** Names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** The fields of a header block, in order. Lines that are no field are left out. */
export function parseHeaderFields(block: string): HeaderField[] {
  const fields: HeaderField[] = [];
  for (const raw of block.split(/(?<=\n)(?![ \t])/)) {
    const colon = raw.indexOf(':');
    const name = raw.slice(0, Math.max(colon, 0)).trimEnd();
    if (/^[\x21-\x7e]+$/.test(name)) {
      const value = raw
        .slice(colon + 1)
        .replace(/\r?\n(?=[ \t])/g, '')
        .trim();
      fields.push({ name, value, raw });
    }
  }
  return fields;
}

/** The first field of that name, or null. */
export function headerValue(fields: readonly HeaderField[], name: string): string | null {
  const wanted = name.toLowerCase();
  return fields.find((field) => field.name.toLowerCase() === wanted)?.value ?? null;
}

/** Splits `text/plain; charset="utf-8"`. */
export function parseParameters(header: string): ParameterisedValue {
  const value = /^[^;]*/.exec(header)?.[0] ?? '';
  const parameters = new Map<string, string>();
  const pattern = /;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/g;
  for (const match of header.slice(value.length).matchAll(pattern)) {
    parameters.set((match[1] ?? '').toLowerCase(), match[2]?.replace(/\\(.)/g, '$1') ?? match[3] ?? '');
  }
  return { value: value.trim().toLowerCase(), parameters };
}
