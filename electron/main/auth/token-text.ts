import { cleanText } from '../clean-text.ts';
import { maxTokenTextLength, type NoAccessToken } from '../../shared/token-report.ts';

/** What a text turned out to be. `mailbox` is the user of an XOAUTH2 answer, cleaned. */
export type TokenText = { readonly mailbox: string | null } & (
  | { readonly kind: 'jwt'; readonly claims: Readonly<Record<string, unknown>> }
  | { readonly kind: 'opaque' }
  | { readonly kind: 'no-access-token'; readonly what: Exclude<NoAccessToken, 'id-token'> }
);

/** An address has at most 64 + 1 + 255 characters (RFC 5321 section 4.5.3.1). */
const maxAddressLength = 320;

/**
 * How Microsoft's unreadable secrets begin (observed; none of it is documented, so it only chooses the words):
 * personal access tokens `EwA…` to `EwD…`, personal refresh tokens and codes `M.C5_BAY…`, work ones `0.A…`, `1.A…`
 * and, of old, `AQAB…` or `OAQAB…`.
 */
const opaqueAccessToken = /^Ew[A-D][\w+/=-]{100,}$/u;
const refreshToken = /^(?:M\.[A-Z]\d+_|[01]\.A[\w-]{20,}|O?AQAB[\w-]{60,})/u;
/** Entra's client secrets: 40 characters with `Q~` in the fourth place or so (observed). */
const clientSecret = /^[\w.-]{3}\dQ~[\w.~-]{31,34}$/u;

const base64url = /^[\w-]+$/u;
const anyBase64 = /^[\w+/-]{16,}={0,2}$/u;

/**
 * Finds out what a pasted text is: a token alone, quoted, wrapped over lines, after `Authorization: Bearer`, in a token
 * endpoint's JSON, or in the base64 of an XOAUTH2 or OAUTHBEARER answer. Looks at the claims of a JWT without checking
 * its signature, which is the mail server's to do. Never throws; the text goes nowhere.
 */
export function readTokenText(text: string): TokenText {
  if (text.length > maxTokenTextLength) return { kind: 'no-access-token', what: 'too-long', mailbox: null };
  const bare = unwrap(text);
  const answer = readSaslAnswer(bare);
  const mailbox = answer?.mailbox ?? null;
  return { ...readToken(answer?.token ?? bare), mailbox };
}

function readToken(token: string) {
  if (token === '') return { kind: 'no-access-token', what: 'nothing' } as const;
  const parts = token.split('.');
  const header = parts.length === 3 || parts.length === 5 ? readObject(parts[0]) : null;
  if (header !== null && parts.length === 5) return { kind: 'no-access-token', what: 'encrypted' } as const;
  const claims = header === null ? null : readObject(parts[1]);
  if (claims !== null) return { kind: 'jwt', claims } as const;
  if (opaqueAccessToken.test(token)) return { kind: 'opaque' } as const;
  if (refreshToken.test(token)) return { kind: 'no-access-token', what: 'refresh-token' } as const;
  const what = clientSecret.test(token) ? 'client-secret' : 'not-a-token';
  return { kind: 'no-access-token', what } as const;
}

/** The token without what people copy along with it. */
function unwrap(text: string): string {
  const fromJson = readTokenAnswer(text);
  // Terminals and mails break long lines.
  const line = (fromJson ?? text).replace(/[\s\u200b\ufeff]+/gu, ' ').trim();
  const bare = unquote(line)
    .replace(/^-H\s*["']/u, '')
    .replace(/^(?:\S+ )?AUTHENTICATE (?:XOAUTH2|OAUTHBEARER) /iu, '')
    .replace(/^Authorization:\s*/iu, '')
    .replace(/^Bearer\s+/iu, '');
  return unquote(bare).replaceAll(' ', '');
}

/** Not by one pattern: its end would be looked for anew from each of many quotes. */
function unquote(text: string): string {
  let [begin, end] = [0, text.length];
  while (begin < end && `"'\`<`.includes(text.charAt(begin))) begin += 1;
  while (end > begin && `"'\`>,;`.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(begin, end);
}

/** The `access_token` of a token endpoint's answer (RFC 6749 section 5.1); what else is in there isn't looked at. */
function readTokenAnswer(text: string): string | null {
  const object = text.trimStart().startsWith('{') ? parseObject(text) : null;
  const token = object?.['access_token'];
  return typeof token === 'string' ? token : null;
}

/** XOAUTH2 (Google's and Microsoft's protocol page) and OAUTHBEARER (RFC 7628 section 3.1), parted by 0x01. */
function readSaslAnswer(text: string): { readonly mailbox: string | null; readonly token: string } | null {
  if (!anyBase64.test(text)) return null;
  const decoded = Buffer.from(text, 'base64').toString('utf8');
  const fields = decoded.split('\u0001');
  const auth = fields.find((field) => /^auth=Bearer /iu.test(field));
  if (fields.length < 2 || auth === undefined) return null;
  const user = fields.map((field) => /(?:^user=|^n,a=)([^,]+)/u.exec(field)?.[1]).find((name) => name !== undefined);
  return {
    mailbox: user === undefined ? null : cleanText(user, maxAddressLength),
    token: auth.slice('auth=Bearer '.length).trim(),
  };
}

function readObject(part: string | undefined): Readonly<Record<string, unknown>> | null {
  if (part === undefined || !base64url.test(part)) return null;
  return parseObject(Buffer.from(part, 'base64url').toString('utf8'));
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    // Whatever it is, it is no JSON: the caller says what that means.
    return null;
  }
}
