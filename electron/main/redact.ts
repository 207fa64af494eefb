import { appErrorCodes } from '../shared/app-error.ts';

/** Stands where something secret was. */
export const mask = '[masked]';

/** Limits of one log line: UTF-16 units of a text, entries of a list or object, levels of nesting. */
const maxText = 2_000;
const maxEntries = 50;
const maxDepth = 4;

const secretKey = /token|code|secret|passw|passphrase|authorization|assertion|cookie|credential|verifier|challenge/i;
const plainCodes: ReadonlySet<string> = new Set(appErrorCodes);
/** Node's and Chromium's error codes, e.g. ENOSPC, ERR_TLS_CERT_ALTNAME_INVALID. */
const systemCode = /^E[A-Z0-9_]{2,60}$/;

/** In this order: what is plainly a secret, then whatever is long and dense enough to be one. */
const secretTexts: readonly RegExp[] = [
  // A JWT, whole or cut off: base64url of `{"` begins with eyJ.
  /eyJ[\w-]{8,}(?:\.[\w-]*)*/g,
  // An XOAUTH2 response: base64 of `user=`.
  /dXNlcj[\w+/=]{8,}/g,
  /(?<=\b(?:bearer|basic)\s+)[\w.~+/=-]{8,}/gi,
  /(?<=\b(?:code|state|nonce|id_token|access_token|refresh_token|client_secret|code_verifier|password)=)[^&\s"']+/gi,
  // Microsoft's refresh tokens and authorization codes (0.AX…, 1.AX…, M.C5…) and other runs without a space or slash.
  /[\w.~+=!*$-]{60,}/g,
];

/** A text without what looks like a token, code or password, in one line of limited length. */
export function redactText(text: string): string {
  let clean = text.length > maxText ? `${text.slice(0, maxText)}…` : text;
  for (const secret of secretTexts) clean = clean.replace(secret, mask);
  return clean;
}

/**
 * Facts fit for a log file: values under keys that name a secret are masked unless they are plainly an error code,
 * texts pass {@link redactText}, errors become name, message, code and stack, and size and depth are limited.
 * Never throws.
 */
export function redactFacts(facts: unknown): unknown {
  return redact(facts, 0);
}

function redact(value: unknown, depth: number): unknown {
  switch (typeof value) {
    case 'string':
      return redactText(value);
    case 'number':
    case 'boolean':
    case 'undefined':
      return value;
    case 'bigint':
      return value.toString();
    case 'object':
      if (value === null) return null;
      if (depth >= maxDepth) return '[deeper]';
      return redactObject(value, depth);
    default:
      return `[${typeof value}]`;
  }
}

function redactObject(value: object, depth: number): unknown {
  if (value instanceof Error) return redactError(value, depth);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return '[bytes]';
  if (value instanceof Map || value instanceof Set) return redact([...value.values()], depth);
  if (Array.isArray(value)) return value.slice(0, maxEntries).map((entry) => redact(entry, depth + 1));
  const entries: [string, unknown][] = [];
  for (const key of Object.keys(value).slice(0, maxEntries)) {
    entries.push([redactText(key), redactField(key, readField(value, key), depth + 1)]);
  }
  return Object.fromEntries(entries);
}

/** A getter that throws is no reason for a log line to be lost. */
function readField(value: object, key: string): unknown {
  try {
    return Reflect.get(value, key);
  } catch {
    return '[unreadable]';
  }
}

function redactField(key: string, value: unknown, depth: number): unknown {
  if (!secretKey.test(key) || value === null || value === undefined) return redact(value, depth);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'string' && (plainCodes.has(value) || systemCode.test(value))) return value;
  return mask;
}

function redactError(error: Error, depth: number): unknown {
  const code: unknown = readField(error, 'code');
  const cause: unknown = readField(error, 'cause');
  return {
    name: redactText(error.name),
    message: redactText(error.message),
    ...(code === undefined ? {} : { code: redactField('code', code, depth + 1) }),
    ...(error.stack === undefined ? {} : { stack: redactStack(error.stack) }),
    ...(cause === undefined ? {} : { cause: redact(cause, depth + 1) }),
  };
}

/** The places only: a stack's head repeats the message. */
function redactStack(stack: string): readonly string[] {
  const places = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return places.slice(0, 12).map((line) => redactText(line.trim()));
}
