import { request } from 'node:https';

import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';

/** What a server answered; `body` is parsed where it is JSON, else the text itself. */
export interface HttpsAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

/** Makes one HTTPS request on a connection of its own, trusting `ca` (PEM) and nothing else. */
export function requestHttps(
  url: string,
  options: {
    readonly ca: string;
    readonly method?: string;
    readonly headers?: Record<string, string>;
    readonly body?: string;
  },
): Promise<HttpsAnswer> {
  const { ca, method = 'GET', headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const sending = request(url, { method, headers, ca, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const flat = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const);
        const isJson = (response.headers['content-type'] ?? '').startsWith('application/json');
        const parsed: unknown = isJson ? JSON.parse(text) : text;
        resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(flat), body: parsed });
      });
    });
    sending.on('error', reject);
    sending.end(body);
  });
}

/** Posts a form, as to a token endpoint. */
export function postForm(url: string, ca: string, fields: Readonly<Record<string, string>>): Promise<HttpsAnswer> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return requestHttps(url, { ca, method: 'POST', headers, body: new URLSearchParams(fields).toString() });
}

/** MSAL's network client for tests in plain Node, where nothing else would trust the throw-away CA. */
export function trustingNetworkModule(ca: string): INetworkModule {
  const send = async <T>(url: string, method: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> => {
    const answer = await requestHttps(url, {
      ca,
      method,
      headers: options?.headers ?? {},
      ...(options?.body === undefined ? {} : { body: options.body }),
    });
    // MSAL's own client fails on a body that isn't JSON; here it meets the text in place of the fields.
    return { status: answer.status, headers: answer.headers, body: answer.body as T };
  };
  return {
    sendGetRequestAsync: (url, options) => send(url, 'GET', options),
    sendPostRequestAsync: (url, options) => send(url, 'POST', options),
  };
}
