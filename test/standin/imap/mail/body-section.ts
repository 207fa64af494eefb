import type { ArgumentCursor } from '../syntax/argument-cursor.ts';
import { badSyntax } from '../syntax/command-error.ts';
import { wireString } from '../syntax/wire-text.ts';
import { isMultipart } from './mime-part.ts';
import type { MimePart } from './mime-part.ts';

/** Which text of a part is meant. */
type SectionText =
  | { readonly kind: 'all' | 'header' | 'text' | 'mime' }
  | { readonly kind: 'fields'; readonly names: readonly string[]; readonly not: boolean };

/** What stands between the brackets of `BODY[…]` (RFC 3501 section 6.4.5). */
export interface BodySection {
  /** Part numbers from the outermost; empty for the message itself. */
  readonly path: readonly number[];
  readonly text: SectionText;
}

/** Reads a section with its brackets. */
export function readBodySection(cursor: ArgumentCursor): BodySection {
  cursor.expect('[');
  const path: number[] = [];
  let dot = true;
  for (;;) {
    const number = dot ? cursor.take(/[1-9]\d{0,5}/y) : null;
    if (number === null) {
      break;
    }
    path.push(Number(number[0]));
    dot = cursor.takeIf('.');
  }
  const text = readSectionText(cursor, path.length > 0, dot);
  cursor.expect(']');
  return { path, text };
}

function readSectionText(cursor: ArgumentCursor, inPart: boolean, dot: boolean): SectionText {
  const word = cursor.take(/[A-Z.]+/iy)?.[0]?.toUpperCase() ?? '';
  if (word === '' && dot !== inPart) {
    return { kind: 'all' };
  }
  if (dot && word !== '') {
    switch (word) {
      case 'HEADER':
        return { kind: 'header' };
      case 'TEXT':
        return { kind: 'text' };
      case 'MIME':
        if (inPart) {
          return { kind: 'mime' };
        }
        break;
      case 'HEADER.FIELDS':
      case 'HEADER.FIELDS.NOT': {
        cursor.space();
        const names = cursor.list(() => cursor.astring());
        return { kind: 'fields', names, not: word.endsWith('NOT') };
      }
    }
  }
  throw badSyntax('Invalid body section.');
}

/** The section as it is named in an answer. */
export function formatBodySection({ path, text }: BodySection): string {
  const words =
    text.kind === 'all'
      ? ''
      : text.kind === 'fields'
        ? `HEADER.FIELDS${text.not ? '.NOT' : ''} (${text.names.map(formatFieldName).join(' ')})`
        : text.kind.toUpperCase();
  return `[${[...path, ...(words === '' ? [] : [words])].join('.')}]`;
}

function formatFieldName(name: string): string {
  return /^[\w-]+$/.test(name) ? name.toUpperCase() : wireString(name);
}

/** The bytes that a section names (`latin1`), or null where the message has no such part. */
export function extractSection(message: MimePart, { path, text }: BodySection): string | null {
  const part = path.length === 0 ? message : findPart(message, path);
  if (part === null) {
    return null;
  }
  if (text.kind === 'mime') {
    return part.header;
  }
  if (path.length > 0 && text.kind === 'all') {
    return part.body;
  }
  // HEADER and TEXT of a part are those of the message inside it.
  const owner =
    path.length === 0 ? message : part.contentType.value === 'message/rfc822' ? part.children[0] : undefined;
  if (owner === undefined) {
    return null;
  }
  switch (text.kind) {
    case 'all':
      return owner.header + owner.body;
    case 'header':
      return owner.header;
    case 'text':
      return owner.body;
    case 'fields':
      return pickFields(owner, text.names, text.not);
  }
}

function pickFields(part: MimePart, names: readonly string[], not: boolean): string {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  const picked = part.fields.filter((field) => wanted.has(field.name.toLowerCase()) !== not);
  return `${picked.map((field) => field.raw).join('')}\r\n`;
}

function findPart(message: MimePart, path: readonly number[]): MimePart | null {
  let part = message;
  for (const [depth, number] of path.entries()) {
    const inside = depth > 0 && part.contentType.value === 'message/rfc822' ? part.children[0] : part;
    const next = inside !== undefined && isMultipart(inside) ? inside.children[number - 1] : undefined;
    if (next !== undefined) {
      part = next;
    } else if (inside !== undefined && !isMultipart(inside) && number === 1 && (inside !== part || depth === 0)) {
      // A message that is no multipart has exactly one part: its body.
      part = inside;
    } else {
      return null;
    }
  }
  return part;
}
