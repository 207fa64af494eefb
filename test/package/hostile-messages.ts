/** What {@link sendHostileMessages} sends: the same for the same seed. */
export interface HostileMessages {
  readonly seed: number;
  readonly count: number;
  /** Names that are commands; half of the messages use one. */
  readonly commands: readonly string[];
  /** Names of fields that commands take. */
  readonly fields: readonly string[];
  /** The longest text that any field takes, in UTF-16 units. */
  readonly longestText: number;
  /** Values that mean something to the app, such as an account's id: put where they don't belong. */
  readonly meaningful: readonly string[];
  /** How long an answer may take before it counts as odd, and nothing more is sent (ms). */
  readonly answerLimitMs: number;
}

/** How the messages were answered. */
export interface HostileOutcome {
  /** Answered with `ok: false`. */
  readonly refused: number;
  /** The commands and the fields that were sent at least once: none that is left out was tried. */
  readonly used: { readonly commands: readonly string[]; readonly fields: readonly string[] };
  /** Never left the page: what can't be copied out of it, such as a function. The distinct errors. */
  readonly unsent: readonly string[];
  /** The first that was anything else, with what was sent: nothing is sent after it. */
  readonly odd: readonly string[];
}

/**
 * Runs in the page, so it holds all that it needs. Sends random names with random arguments, one after the other (many
 * at once would be refused for their number), none of which is right: an object has a field too many or one of a wrong
 * kind.
 */
export async function sendHostileMessages(messages: HostileMessages): Promise<HostileOutcome> {
  const { seed, count, commands, fields, longestText, meaningful, answerLimitMs } = messages;
  let state = seed >>> 0;
  // Mulberry32.
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(random() * limit);
  const one = <T>(choices: readonly (() => T)[]): T => {
    const choice = choices[below(choices.length)];
    if (choice === undefined) throw new Error('Nothing to choose from');
    return choice();
  };
  const of = <T>(values: readonly T[]): T => one(values.map((value) => () => value));
  const text = (): string => String.fromCharCode(...Array.from({ length: below(20) }, () => below(0x1_00_00)));
  const right = (): unknown => of([...meaningful, true, false, null, 'a text']);
  /** No field takes any of these, and none does for arguments. */
  const wrong = (): unknown =>
    one<unknown>([
      () => below(2 ** 31) - 2 ** 30,
      () => of([Number.NaN, Infinity, -0, 2n ** 70n]),
      () => undefined,
      () => [right(), right()],
      () => ({ $ne: right(), toString: right(), length: 1 }),
      () => 'x'.repeat(longestText + 1 + below(50_000)),
      () => new Date(below(2 ** 31)),
      () => new Map([[of(fields), right()]]),
      () => new Uint8Array(below(3)),
      () => /x/u,
      () => new Error(text()),
    ]);
  const uncopied = (): unknown =>
    one<unknown>([() => (): void => undefined, () => Symbol('x'), () => ({ text: () => right() })]);
  const nested = (): unknown => {
    let value: unknown = right();
    for (let depth = below(200); depth > 0; depth -= 1) value = random() < 0.5 ? [value] : { [of(fields)]: value };
    return [value];
  };
  const circular = (): unknown => {
    const value: Record<string, unknown> = { accountId: right() };
    value['self'] = value;
    return value;
  };
  /** Whatever a command takes, in vain for one field that none has. */
  const tooMuch = (): unknown => ({
    ...Object.fromEntries(fields.filter(() => random() < 0.3).map((field) => [field, right()])),
    [of(['extra', 'constructor', 'then', 'toJSON', text() || 'x'])]: right(),
  });
  const ownPrototype = (): unknown => JSON.parse(`{"__proto__":{"accountId":${JSON.stringify(right())}},"extra":1}`);
  const wrongKind = (): unknown => ({ [of(fields)]: wrong(), ...(random() < 0.5 && { [of(fields)]: wrong() }) });
  const args = (): unknown =>
    one<unknown>([right, wrong, uncopied, nested, circular, tooMuch, tooMuch, ownPrototype, wrongKind, wrongKind]);
  const noCommand = (): unknown =>
    one<unknown>([
      text,
      wrong,
      () => of(['constructor', '__proto__', 'toString', 'hasOwnProperty', '', 'account', 'snapshot.get']),
      () => of(commands).toUpperCase(),
      () => `${of(commands)}\0`,
      () => [of(commands)],
      () => ({ toString: of(commands) }),
    ]);

  const api = Reflect.get(globalThis, 'tidings') as { invoke(name: unknown, args: unknown): Promise<unknown> };
  const answerTo = (name: unknown, sentArgs: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => resolve('no answer'), answerLimitMs);
      api
        .invoke(name, sentArgs)
        .finally(() => clearTimeout(timer))
        .then(resolve, reject);
    });
  const shown = (value: unknown): string =>
    `${Object.prototype.toString.call(value)} of ${Object.keys(Object(value) as object)
      .slice(0, 9)
      .join(', ')}`;
  const odd: string[] = [];
  const unsent = new Set<string>();
  const usedCommands = new Set<string>();
  const usedFields = new Set<string>();
  let refused = 0;
  for (let sent = 0; sent < count && odd.length === 0; sent += 1) {
    const [name, sentArgs] = random() < 0.5 ? [of(commands), args()] : [noCommand(), args()];
    try {
      const answer = await answerTo(name, sentArgs);
      const isRefusal = typeof answer === 'object' && answer !== null && Reflect.get(answer, 'ok') === false;
      if (typeof name === 'string' && commands.includes(name)) {
        usedCommands.add(name);
        for (const field of Object.keys(Object(sentArgs) as object)) if (fields.includes(field)) usedFields.add(field);
      }
      if (isRefusal) refused += 1;
      else odd.push(`message ${sent}: ${String(name)} with ${shown(sentArgs)}: ${JSON.stringify(answer)}`);
    } catch (error) {
      unsent.add(error instanceof Error ? error.message : String(error));
    }
  }
  return { refused, used: { commands: [...usedCommands], fields: [...usedFields] }, unsent: [...unsent], odd };
}
