import { refusalBody, refusalStatus, refuse } from './aadsts.ts';
import type { AnswerStamp } from './aadsts.ts';
import { discoveryDocument } from './discovery.ts';
import type { EndpointFault } from './faults.ts';
import type { HttpExchange } from './http-exchange.ts';

const unavailablePage = `<!DOCTYPE html>
<html lang="en"><head><title>503 Service Unavailable</title></head>
<body><h1>503 Service Unavailable</h1><p>No server is available to handle this request.</p></body></html>
`;

/** Gives a request the answer, or the lack of one, that was ordered. `onClear` takes what ends a hang. */
export function applyEndpointFault(
  exchange: HttpExchange,
  { fault, onClear }: { readonly fault: EndpointFault; readonly onClear: Set<() => void> },
  stamp: AnswerStamp,
  origin: string,
): void {
  switch (fault.kind) {
    case 'hang':
      onClear.add(exchange.hang());
      return;
    case 'reset':
      exchange.reset();
      return;
    case 'html-unavailable':
      exchange.sendPage(503, unavailablePage, "default-src 'none'");
      return;
    case 'throttled': {
      const refusal = refuse(90024, { text: 'Too many requests; try again later.' });
      exchange.sendJson(429, refusalBody(refusal, stamp, origin), 90024, retryAfter(fault.retryAfterSeconds));
      return;
    }
    case 'server-error': {
      const body = refusalBody(refuse(90033), stamp, origin);
      exchange.sendJson(fault.status ?? 503, body, 90033, retryAfter(fault.retryAfterSeconds));
      return;
    }
    case 'page-elsewhere': {
      const [, tenant = ''] = exchange.url.pathname.split('/');
      const document = discoveryDocument(tenant, origin, origin);
      exchange.sendJson(200, { ...document, authorization_endpoint: fault.page });
      return;
    }
    case 'refused': {
      const refusal = refuse(fault.aadsts, fault.details);
      exchange.sendJson(refusalStatus(refusal), refusalBody(refusal, stamp, origin), fault.aadsts);
    }
  }
}

function retryAfter(seconds: number | undefined): Record<string, string> {
  return seconds === undefined ? {} : { 'Retry-After': String(seconds) };
}
