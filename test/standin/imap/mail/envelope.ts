import { wireNString } from '../syntax/wire-text.ts';
import { parseAddressList } from './address-list.ts';
import { headerValue } from './mail-headers.ts';
import type { HeaderField } from './mail-headers.ts';

/** The ENVELOPE of a header (RFC 3501 section 7.4.2): values as they stand in the message, not decoded. */
export function formatEnvelope(fields: readonly HeaderField[]): string {
  const text = (name: string): string => wireNString(headerValue(fields, name));
  const from = addresses(headerValue(fields, 'From'));
  const or = (name: string): string => {
    const own = addresses(headerValue(fields, name));
    return own === 'NIL' ? from : own;
  };
  const list = (name: string): string => addresses(headerValue(fields, name));
  const people = [from, or('Sender'), or('Reply-To'), list('To'), list('Cc'), list('Bcc')];
  return `(${text('Date')} ${text('Subject')} ${people.join(' ')} ${text('In-Reply-To')} ${text('Message-ID')})`;
}

function addresses(value: string | null): string {
  const entries = value === null ? [] : parseAddressList(value);
  if (entries.length === 0) {
    return 'NIL';
  }
  const formatted = entries.map(
    ({ name, mailbox, host }) => `(${wireNString(name)} NIL ${wireNString(mailbox)} ${wireNString(host)})`,
  );
  return `(${formatted.join('')})`;
}
