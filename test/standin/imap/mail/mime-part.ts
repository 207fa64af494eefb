import { decodeCharset, decodeQuotedPrintable } from './encoded-word.ts';
import { headerValue, parseHeaderFields, parseParameters } from './mail-headers.ts';
import type { HeaderField, ParameterisedValue } from './mail-headers.ts';

/** A message or a part of one. All text in `latin1`. */
export interface MimePart {
  /** The header with the empty line that ends it. */
  readonly header: string;
  readonly body: string;
  readonly fields: readonly HeaderField[];
  readonly contentType: ParameterisedValue;
  /** What is inside: the parts of a multipart, one message in a message/rfc822, else nothing. */
  readonly children: readonly MimePart[];
}

const maxDepth = 20;
const defaultType: ParameterisedValue = { value: 'text/plain', parameters: new Map([['charset', 'us-ascii']]) };
const parsed = new WeakMap<Buffer, MimePart>();

/** A message's structure; worked out once for a buffer. */
export function parseMessage(raw: Buffer): MimePart {
  const known = parsed.get(raw);
  if (known !== undefined) {
    return known;
  }
  const part = parsePart(raw.toString('latin1'), 0);
  parsed.set(raw, part);
  return part;
}

/** Whether it is a multipart with parts. */
export function isMultipart(part: MimePart): boolean {
  return part.contentType.value.startsWith('multipart/') && part.children.length > 0;
}

/** A text part's content without its transfer encoding, as UTF-8 in `latin1`. */
export function decodedBody(part: MimePart): string {
  const encoding = (headerValue(part.fields, 'Content-Transfer-Encoding') ?? '').toLowerCase();
  const bytes =
    encoding === 'base64'
      ? Buffer.from(part.body, 'base64')
      : encoding === 'quoted-printable'
        ? decodeQuotedPrintable(part.body)
        : Buffer.from(part.body, 'latin1');
  return decodeCharset(bytes, part.contentType.parameters.get('charset') ?? 'utf-8') ?? bytes.toString('latin1');
}

function parsePart(text: string, depth: number): MimePart {
  const headerEnd = /^\r?\n|\n\r?\n/.exec(text);
  const split = headerEnd === null ? text.length : headerEnd.index + headerEnd[0].length;
  const header = text.slice(0, split);
  const body = text.slice(split);
  const fields = parseHeaderFields(header);
  const declared = headerValue(fields, 'Content-Type');
  const contentType = declared?.includes('/') === true ? parseParameters(declared) : defaultType;
  return { header, body, fields, contentType, children: depth < maxDepth ? childrenOf(contentType, body, depth) : [] };
}

function childrenOf(contentType: ParameterisedValue, body: string, depth: number): MimePart[] {
  if (contentType.value === 'message/rfc822') {
    return [parsePart(body, depth + 1)];
  }
  const boundary = contentType.parameters.get('boundary');
  if (!contentType.value.startsWith('multipart/') || boundary === undefined || boundary === '') {
    return [];
  }
  const parts: MimePart[] = [];
  let partStart = -1;
  for (const { start, end, last } of boundaryLines(body, `--${boundary}`)) {
    if (partStart >= 0) {
      // The line end before a boundary belongs to the boundary (RFC 2046 section 5.1.1).
      parts.push(parsePart(body.slice(partStart, Math.max(partStart, start)).replace(/\r?\n$/, ''), depth + 1));
    }
    partStart = end;
    if (last) {
      return parts;
    }
  }
  if (partStart >= 0) {
    parts.push(parsePart(body.slice(partStart), depth + 1));
  }
  return parts;
}

function* boundaryLines(body: string, mark: string): Generator<{ start: number; end: number; last: boolean }> {
  let at = 0;
  while (at < body.length) {
    const newline = body.indexOf('\n', at);
    const end = newline < 0 ? body.length : newline + 1;
    const line = body.slice(at, end).trimEnd();
    if (line === mark || line === `${mark}--`) {
      yield { start: at, end, last: line !== mark };
    }
    at = end;
  }
}
