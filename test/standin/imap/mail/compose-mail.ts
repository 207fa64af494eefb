import { randomUUID } from 'node:crypto';

import { formatMailDate } from '../syntax/date-time.ts';
import { encodeHeaderText } from './encoded-word.ts';

/** A sender or recipient. */
export interface MailPerson {
  readonly name?: string;
  readonly address: string;
}

/** A mail to be composed. */
export interface MailDraft {
  readonly from: MailPerson;
  readonly to: MailPerson;
  readonly subject: string;
  readonly text?: string;
  readonly html?: string;
  /** ms since the epoch. */
  readonly date: number;
}

/** A mail as a server would have received it: 7-bit, CRLF, RFC 2047 words where needed. */
export function composeMail(draft: MailDraft): Buffer {
  const host = draft.from.address.split('@').at(-1) ?? 'localhost';
  const header = [
    `From: ${formatPerson(draft.from)}`,
    `To: ${formatPerson(draft.to)}`,
    `Subject: ${encodeHeaderText(draft.subject)}`,
    `Date: ${formatMailDate(draft.date)}`,
    `Message-ID: <${randomUUID()}@${host}>`,
    'MIME-Version: 1.0',
  ];
  return Buffer.from(`${header.join('\r\n')}\r\n${content(draft)}`, 'latin1');
}

function content({ text, html }: MailDraft): string {
  if (html === undefined) {
    return textPart('plain', text ?? '');
  }
  if (text === undefined) {
    return textPart('html', html);
  }
  const boundary = `=_${randomUUID()}`;
  const parts = [textPart('plain', text), textPart('html', html)].map((part) => `--${boundary}\r\n${part}\r\n`);
  return `Content-Type: multipart/alternative;\r\n boundary="${boundary}"\r\n\r\n${parts.join('')}--${boundary}--\r\n`;
}

function textPart(subtype: 'plain' | 'html', text: string): string {
  const base64 = Buffer.from(text, 'utf8')
    .toString('base64')
    .replace(/.{76}(?=.)/g, '$&\r\n');
  return `Content-Type: text/${subtype}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64}\r\n`;
}

function formatPerson({ name, address }: MailPerson): string {
  if (name === undefined || name === '') {
    return address;
  }
  const encoded = encodeHeaderText(name);
  const phrase =
    encoded === name && /[^\w !#$%&'*+/=?^`{|}~-]/.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : encoded;
  return `${phrase} <${address}>`;
}
