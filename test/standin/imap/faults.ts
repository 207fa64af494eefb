/** How a connection is cut: an orderly end, or a reset. */
export type CutKind = 'fin' | 'rst';

/** Something that the stand-in does wrong on order. `command` is upper case, e.g. `UID FETCH`. */
export type ImapFault =
  /** TCP is accepted and acknowledged, nothing is ever answered. `all`: also on the connections there are. */
  | { readonly kind: 'freeze'; readonly connections: 'new' | 'all' }
  /** BYE in the greeting's place and the end, or, with null, no greeting at all. */
  | { readonly kind: 'greeting'; readonly bye: string | null }
  /** A good token is refused: by a bare NO as at Exchange, or by a JSON challenge first. */
  | { readonly kind: 'refuse-login'; readonly style: RefusalStyle }
  | { readonly kind: 'close-after-login'; readonly how: CutKind }
  /** A tagged answer in place of doing it. `*` is every command after the login but LOGOUT. */
  | { readonly kind: 'answer'; readonly command: string; readonly status: 'NO' | 'BAD'; readonly text: string }
  /** The command is answered by BYE and the end. */
  | { readonly kind: 'bye'; readonly command: string; readonly text: string }
  /** The command is never answered; the session goes on. */
  | { readonly kind: 'silence'; readonly command: string }
  /** Nothing is pushed to idling clients; they hear it with their next command, or when this is cleared. */
  | { readonly kind: 'hold-pushes' }
  /** Sessions end when their token does, as at Exchange. */
  | { readonly kind: 'end-at-expiry' };

/** How a refused token is answered. */
export type RefusalStyle = 'bare' | 'json';

/** For whom and how often. */
export interface FaultScope {
  /** How many times it happens; default: until cleared. `freeze`, `hold-pushes` and `end-at-expiry` don't count. */
  readonly times?: number;
  /** Only for this person; default: everybody. Greeting and freezing of new connections know no person. */
  readonly address?: string;
}

type FaultOf<Kind extends ImapFault['kind']> = Extract<ImapFault, { kind: Kind }>;

interface Order {
  readonly fault: ImapFault;
  readonly address: string | null;
  left: number;
}

/** The faults in force, in the order in which they were given. */
export class FaultBook {
  #orders: Order[] = [];
  readonly #changed: () => void;

  /** `changed` is called after each order and each clearing. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Puts a fault in force; the returned function clears it. */
  order(fault: ImapFault, { times = Number.POSITIVE_INFINITY, address }: FaultScope = {}): () => void {
    const order: Order = { fault, address: address?.toLowerCase() ?? null, left: times };
    this.#orders.push(order);
    this.#changed();
    return () => {
      this.#orders = this.#orders.filter((other) => other !== order);
      this.#changed();
    };
  }

  clear(): void {
    this.#orders = [];
    this.#changed();
  }

  /** The first fault of a kind that is in force for this person; counts as one time. */
  take<Kind extends ImapFault['kind']>(
    kind: Kind,
    address: string | null,
    fits: (fault: FaultOf<Kind>) => boolean = () => true,
  ): FaultOf<Kind> | null {
    for (const order of this.#orders) {
      const { fault } = order;
      if (isOfKind(fault, kind) && meets(order, address) && fits(fault)) {
        order.left -= 1;
        this.#orders = this.#orders.filter(({ left }) => left > 0);
        return fault;
      }
    }
    return null;
  }

  /** Whether a fault of a kind is in force for this person; counts as nothing. */
  holds<Kind extends ImapFault['kind']>(
    kind: Kind,
    address: string | null,
    fits: (fault: FaultOf<Kind>) => boolean = () => true,
  ): boolean {
    return this.#orders.some((order) => {
      const { fault } = order;
      return isOfKind(fault, kind) && meets(order, address) && fits(fault);
    });
  }
}

function meets(order: Order, address: string | null): boolean {
  return order.address === null || order.address === address?.toLowerCase();
}

function isOfKind<Kind extends ImapFault['kind']>(fault: ImapFault, kind: Kind): fault is FaultOf<Kind> {
  return fault.kind === kind;
}

/** What Microsoft's servers were seen to answer, in their own words. */
export const exchangeFaults = {
  throttled: (milliseconds: number, command = '*'): ImapFault => ({
    kind: 'answer',
    command,
    status: 'BAD',
    text: `Request is throttled. Suggested Backoff Time: ${milliseconds} milliseconds`,
  }),
  notConnected: (command = '*'): ImapFault => ({
    kind: 'answer',
    command,
    status: 'BAD',
    text: 'User is authenticated but not connected.',
  }),
  unavailable: (command = 'AUTHENTICATE'): ImapFault => ({
    kind: 'answer',
    command,
    status: 'NO',
    text: '[UNAVAILABLE] Server Unavailable. 15',
  }),
  connectionClosed: (command = 'IDLE'): ImapFault => ({ kind: 'bye', command, text: 'Connection is closed. 13' }),
  selectRefused: (command: 'SELECT' | 'EXAMINE' = 'SELECT'): ImapFault => ({
    kind: 'answer',
    command,
    status: 'NO',
    text: `${command} failed.`,
  }),
  idleUnanswered: { kind: 'silence', command: 'IDLE' },
} as const satisfies Record<string, ImapFault | ((...args: never[]) => ImapFault)>;
