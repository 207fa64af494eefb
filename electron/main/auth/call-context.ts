import { AsyncLocalStorage } from 'node:async_hooks';
import type { AnswerIds, TransportFailure } from './transport-failure.ts';

/** Why an authority isn't usable, where MSAL reports no cause: a 4xx answer to discovery, or a host nobody named. */
export interface DiscoveryRefusal extends AnswerIds {
  /** HTTP; null where nobody was asked. */
  readonly status: number | null;
  readonly aadsts: string | null;
  readonly detail: string;
}

/**
 * What one call of MSAL met on the network. MSAL takes no AbortSignal and swallows causes: the network client reads
 * and writes this beside it. One context for each call, so that calls running at once don't mix up their causes.
 */
export interface CallContext {
  readonly signal: AbortSignal;
  transport: TransportFailure | null;
  discovery: DiscoveryRefusal | null;
  /** Told when a form is about to be sent: in a sign-in, the code has come. */
  readonly onPost?: () => void;
}

const storage = new AsyncLocalStorage<CallContext>();

/** Runs `call` with `context` in reach of the network client. */
export function runWithContext<T>(context: CallContext, call: () => Promise<T>): Promise<T> {
  return storage.run(context, call);
}

export function currentContext(): CallContext | undefined {
  return storage.getStore();
}
