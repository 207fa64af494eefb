import type { AppErrorCode, AppErrorInfo } from '../../shared/app-error.ts';
import { AuthFailure, type AuthRemedy } from './auth-types.ts';
import type { CallContext } from './call-context.ts';
import { aadstsOf, guidOf, safeDetail, traceIdOf } from './error-detail.ts';
import { explain, outcomeOf } from './error-table.ts';
import { type AnswerIds, codeOfTransport, type TransportFailure } from './transport-failure.ts';

/** The system's browser couldn't be opened at the sign-in page. */
export class BrowserFailure extends Error {
  constructor(cause: unknown) {
    super('the browser could not be opened', { cause });
    this.name = 'BrowserFailure';
  }
}

/** What a rejection of MSAL says, read by shape: its classes load lazily and exist twice in a bundle. */
interface MsalFacts extends AnswerIds {
  readonly className: string;
  /** The OAuth `error`, or MSAL's own word. */
  readonly errorCode: string;
  readonly message: string;
  readonly aadsts: string | null;
}

const final: AuthRemedy = { kind: 'final' };

/** What the network client noted beside the call. */
export type CallFindings = Pick<CallContext, 'transport' | 'discovery'>;

/**
 * Turns every rejection of a sign-in or renewal into an {@link AuthFailure}. The remedy follows from the error's class
 * and its OAuth word; AADSTS numbers choose the words only, since Microsoft changes them. `isSigningIn`: the person is
 * at it, to whom "your session is over" is no answer.
 */
export function classifyAuthError(
  error: unknown,
  findings: CallFindings,
  at: number,
  isSigningIn = false,
): AuthFailure {
  if (error instanceof AuthFailure) return error;
  if (error instanceof BrowserFailure) return failure({ code: 'browser-failed', at }, final);
  const facts = factsOf(error);
  if (facts === null) return failure({ code: 'unexpected', at, ...detailOf(error) }, final);

  // An answer of the token endpoint is newer than anything the call met on its way there.
  const isAnswer = facts.className === 'ServerError' || facts.className === 'InteractionRequiredAuthError';
  if (facts.errorCode === 'endpoints_resolution_error' && findings.discovery !== null) {
    const { aadsts, detail } = findings.discovery;
    const words = { ...explain(aadsts, 'identity-misconfigured'), code: 'identity-misconfigured' } as const;
    return failure({ ...words, at, ...toCopy(aadsts, findings.discovery), detail }, final);
  }

  if (!isAnswer && findings.transport !== null) return ofTransport(findings.transport, at);
  const [remedy, ownCode] = outcomeOf(facts.className, facts.errorCode);
  const fits = (code: AppErrorCode): AppErrorCode =>
    isSigningIn && code === 'sign-in-expired' ? 'sign-in-refused' : code;
  const words = explain(isAnswer ? facts.aadsts : null, fits(ownCode));
  return failure(
    {
      ...words,
      code: fits(words.code),
      at,
      ...toCopy(facts.aadsts, facts),
      detail: safeDetail(facts.message),
    },
    remedy,
  );
}

/**
 * Whether the answer says that the refresh token itself is dead: asked for once more, since such refusals can pass
 * (observed). Those with another suberror name what the person has to do, which a second request doesn't change.
 */
export function isRefreshTokenDead(error: unknown): boolean {
  const facts = factsOf(error);
  if (facts === null || facts.errorCode !== 'invalid_grant') return false;
  return facts.className === 'ServerError' || subErrorOf(error) === 'bad_token';
}

/**
 * Whether the answer is that this refresh token brings nothing until the person has signed in: dead, or short of what
 * only they can give. It isn't sent again.
 */
export function isRefreshTokenRefused(error: unknown): boolean {
  return isRefreshTokenDead(error) || factsOf(error)?.className === 'InteractionRequiredAuthError';
}

function ofTransport(transport: TransportFailure, at: number): AuthFailure {
  const { problem, retryAfterMs, aadsts, ids } = transport;
  return failure(
    {
      ...explain(aadsts, codeOfTransport(problem)),
      code: codeOfTransport(problem),
      at,
      ...toCopy(aadsts, ids),
      detail: safeDetail(transport.message),
    },
    problem === 'aborted' ? final : { kind: 'transient', retryAfterMs },
  );
}

/** What Microsoft's log is searched by, without what isn't known. */
function toCopy(
  aadsts: string | null,
  { correlationId, traceId }: AnswerIds,
): Pick<AppErrorInfo, 'aadsts' | 'correlationId' | 'traceId'> {
  return {
    ...(aadsts !== null && { aadsts }),
    ...(correlationId !== null && { correlationId }),
    ...(traceId !== null && { traceId }),
  };
}

function factsOf(error: unknown): MsalFacts | null {
  if (!(error instanceof Error) || !('errorCode' in error) || typeof error.errorCode !== 'string') return null;
  const message = text(error, 'errorMessage') ?? error.message;
  const errorNo = text(error, 'errorNo');
  return {
    className: error.name,
    errorCode: error.errorCode,
    message,
    aadsts: errorNo !== null && /^\d{4,8}$/u.test(errorNo) ? errorNo : aadstsOf(message),
    correlationId: guidOf(text(error, 'correlationId')),
    traceId: traceIdOf(message),
  };
}

function subErrorOf(error: unknown): string | null {
  return error instanceof Error ? text(error, 'subError') : null;
}

function text(error: Error, name: string): string | null {
  const value: unknown = Reflect.get(error, name);
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

function detailOf(error: unknown): { detail?: string } {
  if (!(error instanceof Error)) return {};
  const code = text(error, 'code');
  return { detail: safeDetail(code === null ? error.name : `${error.name} ${code}`) };
}

function failure(info: AppErrorInfo, remedy: AuthRemedy): AuthFailure {
  return new AuthFailure(info, remedy);
}
