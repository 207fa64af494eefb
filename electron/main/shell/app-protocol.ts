import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { CustomScheme } from 'electron';
import type { Logger } from '../log.ts';
import { noncePlaceholder, responseHeaders } from './app-headers.ts';
import { appScheme, contentTypeOf, resolveAppPath } from './app-paths.ts';

/** For `protocol.registerSchemesAsPrivileged`, which only works before the app is ready. */
export const appSchemePrivileges: CustomScheme = {
  scheme: appScheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true },
};

/** What is used of a session's `protocol`. */
export interface ProtocolRegistry {
  handle(scheme: string, handler: (request: Request) => Promise<Response>): void;
  unhandle(scheme: string): void;
}

export interface AppProtocolOptions {
  readonly protocol: ProtocolRegistry;
  /** The renderer's folder, absolute; inside an asar archive too. */
  readonly root: string;
  readonly log: Logger;
  /** A fresh nonce for each answer. */
  readonly makeNonce?: () => string;
}

/** Answers one request of the app's scheme. Never rejects. */
export type AppRequestHandler = (request: Pick<Request, 'url' | 'method'>) => Promise<Response>;

/** 128 bits, as CSP Level 3 section 7.1 asks for. */
const freshNonce = (): string => randomBytes(16).toString('base64');

/**
 * Serves the files that are in `root` when the first request comes, by their exact names, and nothing else: everything
 * else is a 404 that says nothing.
 */
export function createAppRequestHandler(options: Omit<AppProtocolOptions, 'protocol'>): AppRequestHandler {
  const { root, log } = options;
  const makeNonce = options.makeNonce ?? freshNonce;
  let files: Promise<ReadonlySet<string>> | null = null;

  const refuse = (status: 404 | 405 | 500, text: string): Response =>
    new Response(text, { status, headers: responseHeaders('text/plain; charset=utf-8', makeNonce()) });

  return async (request) => {
    try {
      if (request.method !== 'GET') return refuse(405, 'Method not allowed');
      const name = resolveAppPath(request.url);
      files ??= listFiles(root);
      const contentType = name === null ? null : contentTypeOf(name);
      if (name === null || contentType === null || !(await files).has(name)) return refuse(404, 'Not found');
      const content = await readFile(path.join(root, ...name.split('/')));
      const nonce = makeNonce();
      const headers = responseHeaders(contentType, nonce);
      if (!contentType.startsWith('text/html')) return new Response(new Uint8Array(content), { headers });
      return new Response(content.toString('utf8').replaceAll(noncePlaceholder, nonce), { headers });
    } catch (error) {
      // The next request looks again: a folder that couldn't be read once isn't lost for the run.
      files = null;
      log.error('a file of the window could not be read', { error });
      return refuse(500, 'Not readable');
    }
  };
}

/** Serves the app's scheme in one session. */
export function installAppProtocol(options: AppProtocolOptions): { dispose(): void } {
  options.protocol.handle(appScheme, createAppRequestHandler(options));
  return {
    dispose() {
      options.protocol.unhandle(appScheme);
    },
  };
}

/** The names of all files under a folder, relative, `/` between parts. Links are not followed. */
async function listFiles(root: string): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(path.join(root, ...folder.split('/')), { withFileTypes: true });
    await Promise.all(
      entries.map(async (entry) => {
        const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
        if (entry.isDirectory()) await walk(name);
        else if (entry.isFile()) names.add(name);
      }),
    );
  };
  await walk('');
  return names;
}
