import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { stampAnswer } from './aadsts.ts';
import type { AnswerStamp } from './aadsts.ts';
import type { RequestFacts } from './request-log.ts';

/** No form of the protocol comes near this. */
const MAX_FORM_BYTES = 65_536;

const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** What an exchange is made of. */
export interface HttpExchangeParts {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** Ends the connection with a RST. */
  readonly reset: () => void;
  /** Adds to the request's place in the log. */
  readonly note: (facts: RequestFacts) => void;
}

/** One request being served, its place in the log and the one answer it gets. */
export class HttpExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly #reset: () => void;
  readonly #note: (facts: RequestFacts) => void;

  constructor(parts: HttpExchangeParts) {
    this.request = parts.request;
    this.response = parts.response;
    this.url = parts.url;
    this.#reset = parts.reset;
    this.#note = parts.note;
  }

  note(facts: RequestFacts): void {
    this.#note(facts);
  }

  /** The body of a form post; null for another content type or one that is too long. */
  async readForm(): Promise<URLSearchParams | null> {
    const type = this.request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    if (type !== 'application/x-www-form-urlencoded') return null;
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of this.request) {
      const piece = Buffer.from(chunk);
      length += piece.length;
      if (length > MAX_FORM_BYTES) return null;
      chunks.push(piece);
    }
    return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
  }

  /** Ids and time for an answer; the client's own correlation id where it sent one. */
  stamp(parameters: URLSearchParams, at: number): AnswerStamp {
    const sent = parameters.get('client-request-id') ?? this.request.headers['client-request-id'];
    const correlationId = typeof sent === 'string' && GUID.test(sent) ? sent : randomUUID();
    return stampAnswer({ traceId: randomUUID(), correlationId }, at);
  }

  sendJson(status: number, body: unknown, aadsts: number | null = null, headers: Record<string, string> = {}): void {
    this.#send(status, 'application/json; charset=utf-8', JSON.stringify(body), headers, aadsts);
  }

  /** `policy` is the page's whole Content-Security-Policy. */
  sendPage(status: number, html: string, policy: string, aadsts: number | null = null): void {
    const headers = { 'Content-Security-Policy': policy, 'Referrer-Policy': 'no-referrer' };
    this.#send(status, 'text/html; charset=utf-8', html, headers, aadsts);
  }

  redirect(location: string, aadsts: number | null = null): void {
    this.#send(302, 'text/plain; charset=utf-8', '', { Location: location }, aadsts);
  }

  /** Resets the connection (RST) without an answer. */
  reset(): void {
    this.note({ outcome: { kind: 'reset' } });
    this.#reset();
  }

  /** Gives no answer; the returned function cuts the connection. */
  hang(): () => void {
    this.note({ outcome: { kind: 'hanging' } });
    return () => this.request.socket.destroy();
  }

  /** Says that the stand-in itself failed. */
  crash(reason: unknown): void {
    const message = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
    this.note({ outcome: { kind: 'crashed', message } });
    if (!this.response.headersSent) this.response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' });
    this.response.end('The stand-in failed.');
  }

  #send(status: number, type: string, body: string, headers: Record<string, string>, aadsts: number | null): void {
    this.response.writeHead(status, {
      'Content-Type': type,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      ...headers,
    });
    this.response.end(body);
    this.note({ outcome: { kind: 'answered', status, aadsts } });
  }
}
