/** Any of the things that somebody may send to an HTTP port, as they go over the wire; none is an answer to anything. */
export function strangeRequest(random: () => number): string {
  const method = pick(random, methods);
  const target = targetOf(random);
  const [type, body] = pick(random, bodies)(random);
  const headers = [
    `Host: ${pick(random, hosts)}`,
    'Connection: close',
    ...(random() < 0.8 ? [`Content-Type: ${type}`] : []),
    ...(method === 'GET' && random() < 0.5 ? [] : [lengthOf(body, random)]),
  ];
  return `${method} ${target} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n${body}`;
}

const methods = ['GET', 'GET', 'POST', 'POST', 'POST', 'PUT', 'HEAD', 'OPTIONS', 'DELETE', 'PATCH', 'TRACE'] as const;
const hosts = ['localhost', '127.0.0.1', 'login.example:443', '[::1]', ''] as const;
const targets = [
  '/',
  '/',
  '/',
  '//',
  '//?code=x',
  '//?code=x&state=y',
  '///',
  '/favicon.ico',
  '/?',
  '/?code',
  '*',
] as const;
const pieces = [
  '/',
  '\\',
  '?',
  '&',
  '=',
  '%',
  '%zz',
  '%00',
  ':',
  '@',
  '[',
  ']',
  '..',
  ';',
  '"',
  'code=',
  'state=',
  'a',
];
const words = [
  'code',
  'state',
  'error',
  'error_description',
  'client_info',
  'id_token',
  'x',
  '%',
  '__proto__',
] as const;
const values = [
  '',
  'made-up',
  'user_cancelled',
  'access_denied',
  '%',
  '%zz',
  '\u0000',
  '😀',
  'a'.repeat(3_000),
] as const;

function targetOf(random: () => number): string {
  const kind = random();
  if (kind < 0.3) return pick(random, targets);
  if (kind < 0.5) return `/?${formOf(random)}`;
  if (kind < 0.6)
    return `http://${pick(random, ['', '[', 'localhost:99999', 'a b', 'example.org'])}/?code=x`.replace(' ', '');
  return `/${some(random, 12, () => pick(random, pieces)).join('')}`;
}

const bodies: readonly ((random: () => number) => readonly [string, string])[] = [
  (random) => ['application/x-www-form-urlencoded', formOf(random)],
  (random) => ['application/x-www-form-urlencoded; charset=utf-8', formOf(random)],
  (random) => ['application/json', JSON.stringify({ [pick(random, words)]: pick(random, values) })],
  () => ['application/json', '{"code":'],
  (random) => ['application/x-www-form-urlencoded', some(random, 40, () => pick(random, pieces)).join('')],
  () => ['text/plain', ''],
];

function formOf(random: () => number): string {
  return some(random, 5, () => `${pick(random, words)}=${encodeURIComponent(pick(random, values))}`).join('&');
}

/** Told rightly, wrongly, or in pieces that are none. */
function lengthOf(body: string, random: () => number): string {
  const size = Buffer.byteLength(body);
  const kind = random();
  if (kind < 0.8) return `Content-Length: ${size}`;
  return kind < 0.9 ? `Content-Length: ${size + 1 + Math.floor(random() * 5)}` : 'Transfer-Encoding: chunked';
}

function some<T>(random: () => number, most: number, make: () => T): T[] {
  return Array.from({ length: Math.floor(random() * (most + 1)) }, make);
}

function pick<T>(random: () => number, list: readonly T[]): T {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}
