import { wireNString, wireString } from '../syntax/wire-text.ts';
import { formatEnvelope } from './envelope.ts';
import { headerValue, parseParameters } from './mail-headers.ts';
import type { ParameterisedValue } from './mail-headers.ts';
import { isMultipart } from './mime-part.ts';
import type { MimePart } from './mime-part.ts';

/** BODYSTRUCTURE, or BODY when not `extended` (RFC 3501 section 7.4.2). */
export function formatBodyStructure(part: MimePart, extended: boolean): string {
  const [type = 'text', subtype = 'plain'] = part.contentType.value.split('/');
  const kind = wireString(subtype.toUpperCase());
  const parameters = formatParameters(part.contentType);
  if (isMultipart(part)) {
    const children = part.children.map((child) => formatBodyStructure(child, extended)).join('');
    return extended ? `(${children} ${kind} ${parameters} ${disposition(part)} NIL NIL)` : `(${children} ${kind})`;
  }
  const header = (name: string): string => wireNString(headerValue(part.fields, name));
  const encoding = wireString((headerValue(part.fields, 'Content-Transfer-Encoding') ?? '7BIT').toUpperCase());
  const fields = [
    wireString(type.toUpperCase()),
    kind,
    parameters,
    header('Content-ID'),
    header('Content-Description'),
    encoding,
    String(part.body.length),
  ];
  const inner = part.children[0];
  if (inner !== undefined) {
    fields.push(formatEnvelope(inner.fields), formatBodyStructure(inner, extended), lines(part.body));
  } else if (type === 'text') {
    fields.push(lines(part.body));
  }
  if (extended) {
    fields.push('NIL', disposition(part), 'NIL', 'NIL');
  }
  return `(${fields.join(' ')})`;
}

function lines(body: string): string {
  return String(body.split('\n').length - 1);
}

function disposition(part: MimePart): string {
  const header = headerValue(part.fields, 'Content-Disposition');
  if (header === null) {
    return 'NIL';
  }
  const parsed = parseParameters(header);
  return `(${wireString(parsed.value.toUpperCase())} ${formatParameters(parsed)})`;
}

function formatParameters({ parameters }: ParameterisedValue): string {
  if (parameters.size === 0) {
    return 'NIL';
  }
  const pairs = [...parameters].map(([name, value]) => `${wireString(name.toUpperCase())} ${wireString(value)}`);
  return `(${pairs.join(' ')})`;
}
