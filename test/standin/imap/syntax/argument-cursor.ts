import { badSyntax } from './command-error.ts';

// RFC 3501 section 9: atom-specials are ( ) { SP CTL list-wildcards quoted-specials resp-specials.
const atomPattern = /[^\x00-\x20\x7f-\xff(){%*"\\\]]+/y;
const astringPattern = /[^\x00-\x20\x7f-\xff(){%*"\\]+/y;
const listMailboxPattern = /[^\x00-\x20\x7f-\xff(){"\\]+/y;
const flagPattern = /\\?[^\x00-\x20\x7f-\xff(){%*"\\\]]+/y;
const numberPattern = /\d{1,10}/y;
const literalPattern = /\{(\d{1,10})\+?\}\r?\n/y;

const maxDepth = 50;

/**
 * Walks along one command, byte by byte (text is in `latin1`, literals in place behind their `{n}` line).
 * Every reading method takes what it names and moves on, or throws a BAD {@link CommandError}.
 */
export class ArgumentCursor {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether nothing is left. */
  get atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** The next byte as a character, without taking it; empty at the end. */
  get next(): string {
    return this.#text.charAt(this.#at);
  }

  /** Takes what a sticky pattern matches here, or null. */
  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match === null) {
      return null;
    }
    this.#at = pattern.lastIndex;
    return match;
  }

  /** Takes `text` if it is next. */
  takeIf(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) {
      return false;
    }
    this.#at += text.length;
    return true;
  }

  expect(text: string): void {
    if (!this.takeIf(text)) {
      throw badSyntax(`Expected ${JSON.stringify(text)} at byte ${this.#at}.`);
    }
  }

  space(): void {
    this.expect(' ');
  }

  end(): void {
    if (!this.atEnd) {
      throw badSyntax(`Unexpected text at byte ${this.#at}.`);
    }
  }

  atom(): string {
    return this.#required(atomPattern, 'an atom');
  }

  /** A keyword, in upper case. */
  keyword(): string {
    return this.atom().toUpperCase();
  }

  /** A flag or keyword, as written. */
  flag(): string {
    return this.#required(flagPattern, 'a flag');
  }

  number(): number {
    const value = Number(this.#required(numberPattern, 'a number'));
    if (value > 0xffff_ffff) {
      throw badSyntax('A number is too big.');
    }
    return value;
  }

  /** An atom (with `]`), a quoted string or a literal. */
  astring(): string {
    return this.#isString() ? this.string() : this.#required(astringPattern, 'a string');
  }

  /** As {@link astring}, but `%` and `*` need no quotes. */
  listMailbox(): string {
    return this.#isString() ? this.string() : this.#required(listMailboxPattern, 'a mailbox pattern');
  }

  /** A quoted string or a literal. */
  string(): string {
    return this.next === '{' ? this.literal() : this.#quoted();
  }

  /** A string, or NIL as null. */
  nstring(): string | null {
    if (this.#isString()) {
      return this.string();
    }
    if (this.keyword() !== 'NIL') {
      throw badSyntax('Expected a string or NIL.');
    }
    return null;
  }

  literal(): string {
    const head = this.take(literalPattern);
    if (head === null) {
      throw badSyntax('Expected a literal.');
    }
    const end = this.#at + Number(head[1]);
    if (end > this.#text.length) {
      throw badSyntax('A literal is cut short.');
    }
    const content = this.#text.slice(this.#at, end);
    this.#at = end;
    return content;
  }

  /** A parenthesised list, possibly empty, of items one space apart. Nests at most 50 deep. */
  list<T>(item: () => T): T[] {
    this.expect('(');
    this.#depth += 1;
    if (this.#depth > maxDepth) {
      throw badSyntax('Too many parentheses.');
    }
    const items: T[] = [];
    while (!this.takeIf(')')) {
      if (items.length > 0) {
        this.space();
      }
      items.push(item());
    }
    this.#depth -= 1;
    return items;
  }

  #isString(): boolean {
    return this.next === '"' || this.next === '{';
  }

  #quoted(): string {
    this.expect('"');
    let content = '';
    for (;;) {
      const plain = this.take(/[^\x00\r\n"\\]*/y);
      content += plain?.[0] ?? '';
      if (this.takeIf('"')) {
        return content;
      }
      const escaped = this.take(/\\(["\\])/y);
      if (escaped === null) {
        throw badSyntax('A quoted string is malformed.');
      }
      content += escaped[1] ?? '';
    }
  }

  #required(pattern: RegExp, what: string): string {
    const match = this.take(pattern);
    if (match === null) {
      throw badSyntax(`Expected ${what} at byte ${this.#at}.`);
    }
    return match[0];
  }
}
