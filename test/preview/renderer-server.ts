import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

import react from '@vitejs/plugin-react';
import { build } from 'vite';

import { contentSecurityPolicy, noncePlaceholder } from '../../electron/main/shell/app-headers.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Builds the renderer into `outDir` as electron-vite does: React's release, the same target, nothing inlined. */
export async function buildRenderer(root: string, outDir: string): Promise<void> {
  const { ['NODE_ENV']: before } = process.env;
  // Vitest's `test` would make it React's slower development version, which nobody is given.
  process.env['NODE_ENV'] = 'production';
  try {
    await build({
      configFile: false,
      root,
      base: './',
      logLevel: 'error',
      plugins: [react()],
      build: {
        outDir,
        emptyOutDir: true,
        target: 'chrome130',
        modulePreload: { polyfill: false },
        assetsInlineLimit: 0,
      },
    });
  } finally {
    if (before === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = before;
  }
}

/** A running server of the built renderer. */
export interface RendererServer {
  readonly url: string;
  readonly dispose: () => Promise<void>;
}

/** Serves `folder` on loopback under the app's own content security policy. */
export async function serveRenderer(folder: string): Promise<RendererServer> {
  const server = createServer((request, response) => {
    const nonce = randomBytes(16).toString('base64');
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = join(folder, path === '/' ? 'index.html' : path);
    readFile(file).then(
      (body) => {
        const type = contentTypes[extname(file)] ?? 'application/octet-stream';
        response.writeHead(200, { 'content-type': type, 'content-security-policy': contentSecurityPolicy(nonce) });
        response.end(type.startsWith('text/html') ? body.toString().replace(noncePlaceholder, nonce) : body);
      },
      () => {
        response.writeHead(404).end();
      },
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    dispose: async () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
