/** OAuth 2.0 error words as Microsoft's endpoints use them (RFC 6749 sections 4.1.2.1 and 5.2, OpenID Connect Core 3.1.2.6). */
export type OAuthError =
  | 'access_denied'
  | 'consent_required'
  | 'interaction_required'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_request'
  | 'invalid_resource'
  | 'invalid_scope'
  | 'invalid_tenant'
  | 'login_required'
  | 'server_error'
  | 'temporarily_unavailable'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type';

/**
 * The codes that the stand-in gives by itself, and those worth ordering: word and text. The words in our own
 * phrasing after Microsoft's list (https://learn.microsoft.com/entra/identity-platform/reference-error-codes).
 */
const catalogue: Readonly<Record<number, readonly [OAuthError, string]>> = {
  16000: ['interaction_required', 'More than one account is signed in; choose one interactively.'],
  50011: ['invalid_request', 'The redirect URI of the request is not one that is registered for the application.'],
  50020: ['invalid_request', 'The account does not exist in this tenant and has no access to the application in it.'],
  50034: ['invalid_grant', 'The account does not exist in this directory.'],
  50053: ['invalid_grant', 'The account is locked.'],
  50057: ['invalid_grant', 'The account is disabled.'],
  50058: ['login_required', 'A silent sign-in was asked for, but nobody is signed in.'],
  50059: ['invalid_request', 'Nothing in the request says which tenant it is for.'],
  50072: ['interaction_required', 'The person must enrol in multi-factor authentication.'],
  50076: ['interaction_required', 'Multi-factor authentication is required.'],
  50079: ['interaction_required', 'The person must enrol in multi-factor authentication.'],
  50089: ['invalid_request', 'The sign-in took too long or was already finished; start again from the app.'],
  50105: ['invalid_grant', 'The administrator has not assigned the person to the application.'],
  50147: ['invalid_request', 'The code challenge is missing, of the wrong size or of an unsupported method.'],
  50173: ['invalid_grant', 'The grant is expired or revoked; a fresh sign-in is needed.'],
  50194: ['unauthorized_client', 'The application is not multi-tenant; use the endpoint of its own tenant.'],
  50196: ['invalid_grant', 'The client is looping; the request is not served.'],
  53003: ['interaction_required', 'Access is blocked by Conditional Access policies.'],
  54005: ['invalid_grant', 'The authorization code was already redeemed.'],
  65001: ['invalid_grant', 'Neither the person nor an administrator has consented to the application.'],
  65004: ['access_denied', 'The person declined to consent to the application.'],
  70000: ['invalid_grant', 'The refresh token or code is not valid.'],
  70003: ['unsupported_grant_type', 'The grant type is not supported.'],
  70005: ['unsupported_response_type', 'The response type is not supported.'],
  70008: ['invalid_grant', 'The authorization code or refresh token is expired.'],
  70011: ['invalid_scope', "The value of 'scope' is not valid."],
  70043: ['invalid_grant', 'The refresh token is expired by a sign-in frequency policy.'],
  90002: ['invalid_tenant', 'The tenant was not found.'],
  90014: ['invalid_request', 'A required field is missing.'],
  90024: ['temporarily_unavailable', 'The service is busy; the request was not processed.'],
  90033: ['temporarily_unavailable', 'A service is temporarily unavailable; try again later.'],
  90094: ['consent_required', 'An administrator must grant the permissions that the application asks for.'],
  90095: ['consent_required', 'An administrator must grant the permissions; a request can be sent.'],
  500011: ['invalid_resource', 'The resource principal was not found in the tenant.'],
  500112: ['invalid_grant', 'The redirect URI is not the one that the code was issued for.'],
  500208: ['invalid_request', 'The domain is not a valid one for this kind of account.'],
  501481: ['invalid_grant', 'The code verifier does not match the code challenge of the authorization request.'],
  650053: ['invalid_scope', 'The application asked for a scope that does not exist on the resource.'],
  700016: ['unauthorized_client', 'The application was not found in the directory.'],
  700022: ['invalid_scope', "The value of 'scope' contains more than one resource."],
  700025: ['invalid_client', "The client is public: neither 'client_assertion' nor 'client_secret' may be sent."],
  700054: ['unsupported_response_type', "The response type 'id_token' is not enabled for the application."],
  700082: ['invalid_grant', 'The refresh token is expired by inactivity.'],
  700084: ['invalid_grant', 'The refresh token was issued to a single-page app and is expired.'],
  900144: ['invalid_request', 'The request must contain a parameter that is missing.'],
  900971: ['invalid_request', 'No reply address was provided.'],
  1002012: ['invalid_scope', "The client credentials flow needs a scope with the suffix '/.default'."],
  7000215: ['invalid_client', 'The client secret is not valid.'],
  7000218: ['invalid_client', "The request must contain 'client_assertion' or 'client_secret'."],
  9002313: ['invalid_request', 'The request is malformed or invalid.'],
  9002325: ['invalid_request', 'Proof Key for Code Exchange is required for the redemption of a code.'],
  9002332: ['invalid_request', "The application is configured for other kinds of account than this endpoint's."],
};

/** A refusal: what a Microsoft endpoint would say, without the ids of the one answer that says it. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly aadsts: number;
  readonly error: OAuthError;
  readonly text: string;
  readonly suberror: string | null;
}

/** Parts of a {@link Refusal} that may differ from the catalogue's. */
export interface RefusalDetails {
  readonly error?: OAuthError;
  readonly text?: string;
  readonly suberror?: string;
}

/** A refusal with the code `aadsts`. A code that isn't in the catalogue is an `invalid_request`. */
export function refuse(aadsts: number, details: RefusalDetails = {}): Refusal {
  const [error, text] = catalogue[aadsts] ?? ['invalid_request', 'The request was refused.'];
  return {
    kind: 'refusal',
    aadsts,
    error: details.error ?? error,
    text: details.text ?? text,
    suberror: details.suberror ?? null,
  };
}

/** The ids and the time of one answer. */
export interface AnswerStamp {
  readonly traceId: string;
  readonly correlationId: string;
  /** As Microsoft writes it: `2026-11-22 20:30:00Z`. */
  readonly timestamp: string;
}

/** `at` in ms since the epoch. */
export function stampAnswer(ids: { traceId: string; correlationId: string }, at: number): AnswerStamp {
  const timestamp = `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  return { ...ids, timestamp };
}

/** The description of a refusal, in one line, as it goes into bodies and form posts. */
export function describeRefusal(refusal: Refusal, stamp: AnswerStamp): string {
  const facts = `Trace ID: ${stamp.traceId} Correlation ID: ${stamp.correlationId} Timestamp: ${stamp.timestamp}`;
  return `AADSTS${refusal.aadsts}: ${refusal.text} ${facts}`;
}

/** The JSON body of a refusal at the token endpoint. */
export function refusalBody(refusal: Refusal, stamp: AnswerStamp, origin: string): Record<string, unknown> {
  return {
    error: refusal.error,
    error_description: describeRefusal(refusal, stamp),
    error_codes: [refusal.aadsts],
    timestamp: stamp.timestamp,
    trace_id: stamp.traceId,
    correlation_id: stamp.correlationId,
    error_uri: `${origin}/error?code=${refusal.aadsts}`,
    ...(refusal.suberror === null ? {} : { suberror: refusal.suberror }),
  };
}

/** The HTTP status that goes with a refusal at the token endpoint. */
export function refusalStatus(refusal: Refusal): number {
  if (refusal.error === 'invalid_client') return 401;
  return refusal.error === 'temporarily_unavailable' || refusal.error === 'server_error' ? 503 : 400;
}
