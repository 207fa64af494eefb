import type { Random } from './random.ts';

/** A response and what becomes of it: another, several, or none. */
type Mutation = (response: Buffer, random: Random) => Buffer;

const numbers = ['-1', '0', '2147483648', '4294967295', '4294967296', '9007199254740993', '-9007199254740993'].concat([
  '1e9',
  '0x10',
  '00000000001',
  '3.5',
  '1'.repeat(40),
  '9'.repeat(400),
  'NaN',
  'NIL',
  '',
  '*',
  '1:*',
]);

const badLiterals = [
  '{5}\r\n',
  '{99999999999}',
  '{-1}\r\n',
  '{3000000}\r\n',
  '{0}\r\n',
  '{}\r\n',
  '{1',
  '~{4}\r\n',
  '{4+}\r\nabcd',
].concat(['{4294967297}\r\n', '{2}\r\n{2}\r\n', '{000000000000000000002}\r\nab']);

const unasked = [
  ...['* 0 EXISTS', '* 4294967295 EXISTS', '* -5 EXISTS', '* 3 EXISTS', '* 1 EXPUNGE', '* 4294967296 EXPUNGE'],
  ...['* EXISTS', '* 1', '*', '+', '+ ', '+ idling', '', ' ', '* 1 RECENT', '* SEARCH', '* SEARCH 1 x NIL (2) 3'],
  ...[
    '* SEARCH 99999999999999999999',
    '* ESEARCH (TAG "x") UID COUNT 5',
    '* ESEARCH (TAG "x") UID ALL 1:16777216',
    '* STATUS INBOX (UNSEEN -1)',
  ],
  ...['* STATUS INBOX (UNSEEN 99999999999999999999)', '* STATUS', '* LIST () NIL NIL', '* LIST (\\Noselect) "/" ""'],
  ...[
    '* FLAGS',
    '* FLAGS NIL',
    '* FLAGS (((',
    '* OK [UIDVALIDITY 0] x',
    '* OK [UIDNEXT -1] x',
    '* OK [ALERT] \u001b[2J',
  ],
  ...[
    '* OK [UIDVALIDITY 99999999999999999999999999] x',
    '* OK [__proto__ (x y)] x',
    '* OK [CONSTRUCTOR 1] x',
    '* OK [',
  ],
  ...['* NO', '* BAD', '* BAD [PARSE', '* PREAUTH welcome', '* CAPABILITY', '* CAPABILITY STARTTLS LOGINDISABLED'],
  ...['* CAPABILITY IMAP4rev2 QRESYNC CONDSTORE OBJECTID COMPRESS=DEFLATE ENABLE UTF8=ACCEPT NOTIFY'],
  ...['* ENABLED QRESYNC CONDSTORE UTF8=ACCEPT', '* VANISHED 1:4294967295', '* VANISHED (EARLIER) 1:*,5', '* ID NIL'],
  ...[
    '* NAMESPACE NIL NIL NIL',
    '* NAMESPACE ((',
    '* 1 FETCH',
    '* 1 FETCH (',
    '* 1 FETCH NIL',
    '* FETCH 1',
    '* 0 FETCH (UID 0)',
  ],
  ...['* 2 FETCH (FLAGS NIL)', '* 2 FETCH (FLAGS)', '* 1 FETCH (MODSEQ (1))', '* 1 FETCH (UID 4294967296 FLAGS ())'],
  ...['* 1 FETCH (UID 5 UID 6 UID 7)', '* 1 FETCH (BODY[] {3}', '* 1 FETCH (BODY[TEXT]<0> "x" ENVELOPE "x")'],
];

const statuses = ['NO', 'BAD', 'NO [ALERT]', 'NO [UNAVAILABLE] Server Unavailable. 15', 'BAD [THROTTLED]', 'OK [']
  .concat(['BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds', 'NO [AUTHENTICATIONFAILED]'])
  .concat(['BAD Request is throttled. Suggested Backoff Time: 99999999999999999999999 milliseconds', 'PREAUTH', 'BYE'])
  .concat(['BAD User is authenticated but not connected.', 'NO [INUSE]', 'NO [LIMIT]', 'NO [CANNOT', 'XYZZY', '']);

const envelopes = ['NIL', 'atom', '"text"', '()', '(NIL)', `(${'NIL '.repeat(40).trim()})`, '(1 2 3 4 5 6 7 8 9 10)']
  .concat(['(x =?utf-8?q?=00=0D=0A=1B?= ((a b c d)) atom (((())))) NIL NIL NIL NIL)', '({1}\r\nx {2}\r\nyz NIL)'])
  .concat([
    `(NIL "=?utf-8?b?${'4oCu'.repeat(30)}?= =?x?q??= =?utf-8?q?=E2=80=AE=C0=80?=" (("=?iso-2022-jp?b?GyRC?=" NIL NIL NIL)))`,
  ])
  .concat([`(NIL "${'=?utf-8?q?a?= '.repeat(300)}" (("${'=?koi8-r?b?8A==?='.repeat(99)}" NIL "a@b" "c@d")) NIL)`])
  .concat(['(NIL "s" ((NIL NIL "group" NIL)(NIL NIL NIL NIL)(NIL NIL "x" "xn--80ak6aa92e.com")) ("a" "b") 5)'])
  .concat(['("Sat, 99 Foo 99999999999" "s" ("n" "a" "m" "h") (("\u202e" NIL "\u0000" "\u0007")))']);

const anywhere = (response: Buffer, random: Random): number => random.below(response.length + 1);

const insert = (response: Buffer, at: number, what: Buffer | string): Buffer =>
  Buffer.concat([response.subarray(0, at), typeof what === 'string' ? Buffer.from(what) : what, response.subarray(at)]);

const replaceOne = (response: Buffer, pattern: RegExp, random: Random, by: string): Buffer => {
  const text = response.toString('latin1');
  const places = [...text.matchAll(pattern)];
  if (places.length === 0) return insert(response, anywhere(response, random), by);
  const place = random.of(places);
  return Buffer.from(text.slice(0, place.index) + by + text.slice(place.index + place[0].length), 'latin1');
};

const asLine = (text: string): Buffer => Buffer.from(`${text}\r\n`);

/** Ways to say something wrong, by name; each changes one response. */
const mutations: Readonly<Record<string, Mutation>> = {
  flippedBits: (response, random) => {
    const changed = Buffer.from(response);
    for (let left = 1 + random.below(8); left > 0; left -= 1) {
      const at = random.below(changed.length);
      changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8));
    }
    return changed;
  },
  cut: (response, random) => response.subarray(0, anywhere(response, random)),
  lineBreakInside: (response, random) => insert(response, anywhere(response, random), random.of(['\r\n', '\n', '\r'])),
  doubled: (response) => Buffer.concat([response, response]),
  oddNumber: (response, random) => replaceOne(response, /\d+/gu, random, random.of(numbers)),
  badLiteral: (response, random) =>
    random.chance(0.5)
      ? replaceOne(response, /"[^"]*"|\{\d+\}\r\n/gu, random, random.of(badLiterals))
      : insert(response, anywhere(response, random), random.of(badLiterals)),
  nested: (response, random) => {
    const depth = 1 + random.below(random.chance(0.2) ? 4_000 : 40);
    const open = random.of(['(', '[', '("', '(NIL ']).repeat(depth);
    return insert(response, anywhere(response, random), random.chance(0.5) ? open + ')'.repeat(depth) : open);
  },
  nul: (response, random) => insert(response, anywhere(response, random), '\0'.repeat(1 + random.below(4))),
  eightBit: (response, random) =>
    insert(response, anywhere(response, random), Buffer.from(Array.from({ length: 8 }, () => 128 + random.below(128)))),
  wrongTag: (response, random) =>
    replaceOne(response, /^\S+/gu, random, random.of(['*', '+', 'A', '1', '', 'zzz', '**', 'OK', '\0', '99999'])),
  unaskedBefore: (response, random) => Buffer.concat([asLine(random.of(unasked)), response]),
  unaskedInstead: (_, random) => asLine(random.of(unasked)),
  otherStatus: (response, random) => replaceOne(response, /(?<=^\S+ )(?:OK|\+).*/gu, random, random.of(statuses)),
  strangeFetch: (_, random) =>
    asLine(
      `* ${random.of(['1', '2', '0', '-1', '99'])} FETCH (UID ${random.of(['1', '50', '4294967295', ...numbers])} ` +
        `FLAGS ${random.of(['()', 'NIL', '(\\Seen)', 'x', '((a) b)'])} ` +
        `INTERNALDATE ${random.of(['NIL', '"x"', '5', '"99-Foo-2026 99:99:99 +9999"', '()'])} ` +
        `ENVELOPE ${random.of(envelopes)})`,
    ),
  bye: (response, random) =>
    Buffer.concat([
      asLine(`* BYE ${random.of(['', 'Session invalidated', '\u202egnp', 'x'.repeat(5_000)])}`),
      response,
    ]),
  longRun: (response, random) => {
    const run = random.of(['x', ' ', '1 ', '"" ', '\\', 'é', '=?utf-8?q?']).repeat(1 + random.below(16_000));
    return insert(response, anywhere(response, random), run);
  },
  withoutEnd: (response) => response.subarray(0, Math.max(0, response.length - 2)),
  nothing: () => Buffer.alloc(0),
  bareLineFeed: (response) => Buffer.from(response.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'),
};

/** The names of all mutations. */
export const mutationNames = Object.keys(mutations);

/** The response, changed in one way or, now and then, in several. `count` hears the name of each. */
export function mutate(response: Buffer, random: Random, count: (name: string) => void): Buffer {
  let changed = response;
  do {
    const name = random.of(mutationNames);
    count(name);
    // An emptied response can't be changed further.
    changed = changed.length === 0 ? response : (mutations[name]?.(changed, random) ?? changed);
  } while (random.chance(0.15));
  return changed;
}
