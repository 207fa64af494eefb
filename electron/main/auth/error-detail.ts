import { cleanText } from '../clean-text.ts';

/** `AppErrorInfo.detail` is at most this long. */
const maxDetailLength = 300;

// A JWT, or a run of base64url too long for an id: tokens, codes and secrets look like this, GUIDs don't.
const secretLike = /eyJ[\w-]{8,}(?:\.[\w-]*)*|[\w-]{40,}/gu;

/** The digits of the first `AADSTS` number in a text, or null. */
export function aadstsOf(text: string | null | undefined): string | null {
  return /AADSTS(\d{4,8})\b/u.exec(text ?? '')?.[1] ?? null;
}

const guid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const wholeGuid = new RegExp(`^${guid}$`, 'iu');
const traceId = new RegExp(`Trace ID:\\s*(${guid})`, 'iu');

/** An id as Microsoft gives it, in lower case; null for anything else, which no log of theirs would be searched for. */
export function guidOf(text: string | null | undefined): string | null {
  return wholeGuid.test(text ?? '') ? (text ?? '').toLowerCase() : null;
}

/** Microsoft's id of the one request, out of an error's description; null where it says none. */
export function traceIdOf(text: string): string | null {
  return traceId.exec(text)?.[1]?.toLowerCase() ?? null;
}

/** One clean line of at most 300 characters that holds nothing like a token. */
export function safeDetail(text: string): string {
  return cleanText(descriptionOf(text).replace(secretLike, '[removed]'), maxDetailLength).slice(0, maxDetailLength);
}

/** MSAL wraps Microsoft's sentence: `Error(s): … - Description: AADSTS…: sentence. Trace ID: … - Correlation ID: …`. */
function descriptionOf(text: string): string {
  const wrapped = / - Description: (.*?)(?: - Correlation ID: | - Trace ID: |$)/su.exec(text)?.[1] ?? text;
  return wrapped.split(/\s*Trace ID:/u, 1)[0] ?? wrapped;
}
