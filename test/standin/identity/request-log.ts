/** Which part of the stand-in a request was for. */
export type StandinEndpoint = 'discovery' | 'keys' | 'token' | 'authorize' | 'sign-in' | 'other';

/** How a request ended. */
export type RequestOutcome =
  | { readonly kind: 'answered'; readonly status: number; readonly aadsts: number | null }
  /** An ordered hang: no answer until the order is cleared. */
  | { readonly kind: 'hanging' }
  /** An ordered reset. */
  | { readonly kind: 'reset' }
  /** The stand-in itself failed. */
  | { readonly kind: 'crashed'; readonly message: string };

/** One request as a test may see it. Never a code, token, verifier or secret. */
export interface LoggedRequest {
  /** Counts from 1 in the order of arrival. */
  readonly id: number;
  /** ms since the epoch. */
  readonly at: number;
  readonly endpoint: StandinEndpoint;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** `grant_type` of a token request. */
  readonly grant: string | null;
  readonly clientId: string | null;
  /** Whose grant or choice it was, once known. */
  readonly address: string | null;
  readonly scope: string | null;
  readonly prompt: string | null;
  readonly loginHint: string | null;
  /** null while it is being served. */
  readonly outcome: RequestOutcome | null;
}

/** What becomes known of a request while it is served. */
export type RequestFacts = Partial<
  Pick<LoggedRequest, 'grant' | 'clientId' | 'address' | 'scope' | 'prompt' | 'loginHint' | 'outcome'>
>;

interface Waiter {
  readonly look: () => boolean;
  readonly fail: (reason: Error) => void;
}

/** Every request the stand-in got, and the way to wait for one. */
export class RequestLog {
  readonly #now: () => number;
  readonly #waiters = new Set<Waiter>();
  #requests: readonly LoggedRequest[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  get requests(): readonly LoggedRequest[] {
    return this.#requests;
  }

  /** The number of token requests so far, of one grant type or of all. */
  tokenRequestCount(grant?: string): number {
    return this.#requests.filter(
      (request) => request.endpoint === 'token' && (grant === undefined || request.grant === grant),
    ).length;
  }

  /**
   * The first request that fits, past or future; looked at again at each change of a request. `after` leaves out
   * requests up to that id. Rejects when the stand-in closes first, or with the signal's reason.
   */
  waitFor(
    fits: (request: LoggedRequest) => boolean,
    options: { readonly after?: number; readonly signal?: AbortSignal } = {},
  ): Promise<LoggedRequest> {
    const after = options.after ?? 0;
    return new Promise((resolve, reject) => {
      const look = (): boolean => {
        const found = this.#requests.find((request) => request.id > after && fits(request));
        if (found !== undefined) resolve(found);
        return found !== undefined;
      };
      if (look()) return;
      if (options.signal?.aborted === true) {
        reject(options.signal.reason);
        return;
      }
      const waiter: Waiter = { look, fail: reject };
      this.#waiters.add(waiter);
      options.signal?.addEventListener(
        'abort',
        () => {
          this.#waiters.delete(waiter);
          reject(options.signal?.reason);
        },
        { once: true },
      );
    });
  }

  /** Notes a request's arrival. */
  begin(arrival: Pick<LoggedRequest, 'endpoint' | 'method' | 'path'>): number {
    const id = this.#requests.length + 1;
    const unknown = { grant: null, clientId: null, address: null, scope: null, prompt: null, loginHint: null };
    this.#requests = [...this.#requests, { id, at: this.#now(), ...arrival, ...unknown, outcome: null }];
    this.#tell();
    return id;
  }

  /** Adds what became known. */
  note(id: number, facts: RequestFacts): void {
    this.#requests = this.#requests.map((request) => (request.id === id ? { ...request, ...facts } : request));
    this.#tell();
  }

  dispose(): void {
    for (const waiter of this.#waiters) waiter.fail(new Error('The identity stand-in was closed.'));
    this.#waiters.clear();
  }

  #tell(): void {
    for (const waiter of this.#waiters) {
      if (waiter.look()) this.#waiters.delete(waiter);
    }
  }
}
