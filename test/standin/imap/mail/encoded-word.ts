import { toWire } from '../syntax/wire-text.ts';

/** Text as a header value: itself where it is plain ASCII, else RFC 2047 words in UTF-8, folded. */
export function encodeHeaderText(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text) && !text.includes('=?')) {
    return text;
  }
  const words: string[] = [];
  let chunk = '';
  for (const character of text) {
    // RFC 2047 section 2: a line with a word has at most 76 characters, and no word ends within a character.
    if (Buffer.byteLength(chunk + character, 'utf8') > 39) {
      words.push(chunk);
      chunk = '';
    }
    chunk += character;
  }
  words.push(chunk);
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word, 'utf8').toString('base64')}?=`).join('\r\n ');
}

/** A raw header value (`latin1`, unfolded) as the text that a person would read; also in `latin1` of its UTF-8. */
export function decodeHeaderText(raw: string): string {
  return raw
    .replace(/(=\?[^?\s]+\?[bq]\?[^?\s]*\?=)\s+(?==\?[^?\s]+\?[bq]\?)/gi, '$1')
    .replace(
      /=\?([^?\s*]+)(?:\*[^?\s]*)?\?([bq])\?([^?\s]*)\?=/gi,
      (word, charset: string, kind: string, data: string) => {
        const bytes =
          kind.toUpperCase() === 'B' ? Buffer.from(data, 'base64') : decodeQuotedPrintable(data.replaceAll('_', ' '));
        return decodeCharset(bytes, charset) ?? word;
      },
    );
}

/** Quoted-printable to bytes (RFC 2045 section 6.7). */
export function decodeQuotedPrintable(text: string): Buffer {
  const bytes = text
    .replace(/[ \t]*=\r?\n/g, '')
    .replace(/=([0-9a-f]{2})/gi, (_code, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1');
}

/** Bytes of a charset as UTF-8 in `latin1`, or null where the charset is unknown. */
export function decodeCharset(bytes: Buffer, charset: string): string | null {
  try {
    return toWire(new TextDecoder(charset).decode(bytes));
  } catch (error) {
    if (error instanceof RangeError) {
      return null;
    }
    throw error;
  }
}
