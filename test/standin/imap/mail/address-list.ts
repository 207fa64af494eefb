/** One entry of an ENVELOPE's address list (RFC 3501 section 7.4.2); null is NIL. In `latin1`. */
export interface MailAddress {
  readonly name: string | null;
  readonly mailbox: string | null;
  readonly host: string | null;
}

type Token =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'quoted'; readonly text: string }
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'sign'; readonly text: string };

type Piece = { readonly kind: 'text'; readonly text: string } | Extract<Token, { kind: 'comment' }>;

const tokenPattern = /"((?:[^"\\]|\\[^])*)"|([<>,;:])|([^\s"<>,;:]+)/g;

/** Reads a From, To … header value: addresses and groups. What can't be read becomes a name without an address. */
export function parseAddressList(value: string): MailAddress[] {
  const addresses: MailAddress[] = [];
  let words: string[] = [];
  let angle: string[] | null = null;
  let comment: string | null = null;
  const finish = (): void => {
    const entry = toAddress(words, angle, comment);
    if (entry !== null) {
      addresses.push(entry);
    }
    words = [];
    angle = null;
    comment = null;
  };
  for (const token of tokens(value)) {
    if (token.kind === 'comment') {
      comment = token.text;
    } else if (token.kind !== 'sign') {
      (angle ?? words).push(token.text);
    } else if (token.text === '<') {
      angle = [];
    } else if (token.text === ',') {
      finish();
    } else if (token.text === ':' && angle === null) {
      addresses.push({ name: null, mailbox: words.join(' '), host: null });
      words = [];
    } else if (token.text === ';') {
      finish();
      addresses.push({ name: null, mailbox: null, host: null });
    }
  }
  finish();
  return addresses;
}

function toAddress(
  words: readonly string[],
  angle: readonly string[] | null,
  comment: string | null,
): MailAddress | null {
  if (angle === null && words.length === 0) {
    return null;
  }
  const address = angle === null ? words.join('') : angle.join('');
  // Of old the name stood in a comment behind the bare address (RFC 5322 section 3.4, note).
  const name = angle === null || words.length === 0 ? comment : words.join(' ');
  const at = address.lastIndexOf('@');
  if (at < 0) {
    return angle === null
      ? { name: words.join(' '), mailbox: null, host: null }
      : { name, mailbox: address, host: null };
  }
  return { name, mailbox: address.slice(0, at), host: address.slice(at + 1) };
}

function* tokens(value: string): Generator<Token> {
  for (const piece of pieces(value)) {
    if (piece.kind === 'comment') {
      yield piece;
      continue;
    }
    for (const match of piece.text.matchAll(tokenPattern)) {
      if (match[1] !== undefined) {
        yield { kind: 'quoted', text: match[1].replace(/\\([^])/g, '$1') };
      } else if (match[2] !== undefined) {
        yield { kind: 'sign', text: match[2] };
      } else {
        yield { kind: 'word', text: match[3] ?? '' };
      }
    }
  }
}

/** Comments apart from what stands between them; comments within a comment belong to it. */
function* pieces(value: string): Generator<Piece> {
  let depth = 0;
  let text = '';
  for (const [piece] of value.matchAll(/"(?:[^"\\]|\\[^])*"|\\[^]|[^]/g)) {
    if (piece === '(' && depth === 0) {
      yield { kind: 'text', text };
      text = '';
    }
    depth += piece === '(' ? 1 : 0;
    depth -= piece === ')' && depth > 0 ? 1 : 0;
    if (piece === ')' && depth === 0 && text.startsWith('(')) {
      yield { kind: 'comment', text: text.slice(1).replace(/\\([^])/g, '$1') };
      text = '';
    } else {
      text += piece;
    }
  }
  if (depth === 0) {
    yield { kind: 'text', text };
  }
}
