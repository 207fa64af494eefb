import { assertNever } from './app-error.ts';

/** The longest text that is looked at for a token, in UTF-16 units (64 Ki). Microsoft's own tokens have 1 to 8 Ki. */
export const maxTokenTextLength = 65_536;

/** A national cloud of Microsoft's, as a token names it by its audience or issuer. */
export type TokenCloud = 'public' | 'us-government' | 'china';

/** What a readable token says of itself. Claims only, cleaned and capped: never the token, nor its signature. */
export interface TokenFacts {
  readonly kind: 'access-token' | 'id-token';
  /** Whom it stands for. */
  readonly subject: 'person' | 'app' | 'unknown';
  /** `aud`: the service that it is for. */
  readonly audience: string | null;
  /** `scp`: what a person allowed the app to do as them. */
  readonly scopes: readonly string[];
  /** `roles`: what an administrator allowed the app to do as itself. */
  readonly roles: readonly string[];
  /** `idtyp`, as written. */
  readonly idtyp: string | null;
  /** `appid` (version 1) or `azp` (version 2): the client id that asked for it. */
  readonly appId: string | null;
  /** `tid`. */
  readonly tenantId: string | null;
  /** `oid`: the person, or the app's service principal. */
  readonly objectId: string | null;
  /** `upn`, `preferred_username`, `unique_name` or `email`, the first there is. */
  readonly user: string | null;
  /** `iss`. */
  readonly issuer: string | null;
  /** `ver`. */
  readonly version: string | null;
  /** Where audience or issuer are Microsoft's; null for others'. */
  readonly cloud: TokenCloud | null;
  /** `iat`, `nbf` and `exp`, ms since the epoch. */
  readonly issuedAt: number | null;
  readonly notBefore: number | null;
  readonly expiresAt: number | null;
}

/** Why a token can't open a person's mailbox over IMAP. */
export type TokenProblem =
  /** It stands for an app (`client_credentials`). With the role, a mailbox of which an administrator made it a reader. */
  | { readonly kind: 'app-only'; readonly hasImapRole: boolean }
  /** It is for another service. Microsoft Graph's is what people have most often. */
  | { readonly kind: 'wrong-resource'; readonly resource: 'graph' | 'other' }
  | { readonly kind: 'scope-missing' }
  | { readonly kind: 'other-tenant'; readonly expected: string }
  | { readonly kind: 'other-user'; readonly expected: string }
  /** The XOAUTH2 answer asks for a mailbox that isn't `owner`'s: it opens only with access to it. */
  | { readonly kind: 'other-mailbox'; readonly mailbox: string; readonly owner: string }
  /** `at`: its end, ms since the epoch. */
  | { readonly kind: 'expired'; readonly at: number }
  /** `at`: its beginning, ms since the epoch. */
  | { readonly kind: 'not-yet-valid'; readonly at: number };

/** What a text is in place of an access token that can be read. */
export type NoAccessToken =
  | 'nothing'
  | 'too-long'
  | 'not-a-token'
  /** An encrypted token (JWE): for its service's eyes only. */
  | 'encrypted'
  /** A refresh token or an authorization code: a key to the account. */
  | 'refresh-token'
  | 'client-secret'
  | 'id-token';

/** Whether a token opens a person's mailbox over IMAP, as far as it can be said without asking the server. */
export type TokenVerdict =
  | { readonly kind: 'fits' }
  /** A personal account's access token: only Microsoft can read it, and that is as it should be. */
  | { readonly kind: 'opaque' }
  | { readonly kind: 'no-access-token'; readonly what: NoAccessToken }
  /** The gravest problem, and what else would have to change. */
  | { readonly kind: 'unfit'; readonly problem: TokenProblem; readonly others: readonly TokenProblem[] };

/** All that is told of an inspected token. */
export interface TokenReport {
  readonly verdict: TokenVerdict;
  /** Null where nothing can be read. */
  readonly facts: TokenFacts | null;
  /** The mailbox that a pasted XOAUTH2 or OAUTHBEARER answer asks for; null for a bare token. */
  readonly mailbox: string | null;
}

/** The words of a verdict are `inspector.verdict.<key>`, those of a problem `inspector.problem.<key>`. */
export type ProblemKey =
  | Exclude<TokenProblem['kind'], 'wrong-resource' | 'app-only'>
  | 'app-only'
  | 'app-only-with-role'
  | 'graph-resource'
  | 'other-resource';

/** Which words tell of a problem. */
export function problemKey(problem: TokenProblem): ProblemKey {
  switch (problem.kind) {
    case 'app-only':
      return problem.hasImapRole ? 'app-only-with-role' : 'app-only';
    case 'wrong-resource':
      return problem.resource === 'graph' ? 'graph-resource' : 'other-resource';
    case 'scope-missing':
    case 'other-tenant':
    case 'other-user':
    case 'other-mailbox':
    case 'expired':
    case 'not-yet-valid':
      return problem.kind;
    default:
      return assertNever(problem);
  }
}
