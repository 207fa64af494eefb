import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveAppPath } from '../../../electron/main/shell/app-paths.ts';
import { createAppRequestHandler, installAppProtocol } from '../../../electron/main/shell/app-protocol.ts';
import { recordingLog } from '../../support/recording-log.ts';

let folder = '';
let root = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tidings-protocol-'));
  root = path.join(folder, 'renderer');
  await mkdir(path.join(root, 'assets'), { recursive: true });
  await Promise.all([
    writeFile(path.join(root, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">'),
    writeFile(path.join(root, 'assets', 'index-AbC_1-x.js'), 'export {}; // __CSP_NONCE__'),
    writeFile(path.join(root, 'assets', 'index.js.map'), '{}'),
    writeFile(path.join(root, '.hidden.js'), ''),
    writeFile(path.join(folder, 'package.json'), '{}'),
    writeFile(path.join(folder, 'outside.js'), ''),
    symlink(path.join(folder, 'outside.js'), path.join(root, 'link.js')),
  ]);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

const ask = (url: string, method = 'GET') => createAppRequestHandler({ root, log: recordingLog() })({ url, method });

describe('the scheme', () => {
  it.each([
    ['tidings://app/', 'text/html; charset=utf-8'],
    ['tidings://app/index.html', 'text/html; charset=utf-8'],
    ['tidings://app/assets/index-AbC_1-x.js', 'text/javascript; charset=utf-8'],
  ])('serves %s', async (url, type) => {
    const response = await ask(url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    'tidings://app/../package.json',
    'tidings://app/%2e%2e/package.json',
    'tidings://app/%2E%2E%2Fpackage.json',
    'tidings://app/..%2fpackage.json',
    'tidings://app/..%5cpackage.json',
    'tidings://app/..\\package.json',
    'tidings://app/assets/../../package.json',
    'tidings://app/./index.html',
    'tidings://app//index.html',
    'tidings://app/index.html/',
    'tidings://app/index.html%00.js',
    'tidings://app/index.html\0',
    'tidings://app/index.html?x=1',
    'tidings://app/index.html#x',
    'tidings://app/INDEX.html',
    'tidings://app/assets',
    'tidings://app/assets/index.js.map',
    'tidings://app/.hidden.js',
    'tidings://app/link.js',
    'tidings://app/none.js',
    'tidings://app:80/index.html',
    'tidings://user@app/index.html',
    'tidings://app.evil/index.html',
    'tidings://other/index.html',
    'https://app/index.html',
    'file:///etc/passwd',
    '',
  ])('has nothing at %s', async (url) => {
    const response = await ask(url);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('Not found');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('takes no method but GET', async () => {
    expect((await ask('tidings://app/', 'POST')).status).toBe(405);
  });

  it('answers, logs and later recovers when its folder cannot be read', async () => {
    const log = recordingLog();
    const late = path.join(folder, 'late');
    const handler = createAppRequestHandler({ root: late, log });
    const request = { url: 'tidings://app/index.html', method: 'GET' };
    expect((await handler(request)).status).toBe(500);
    expect(log.lines).toHaveLength(1);
    await mkdir(late);
    await writeFile(path.join(late, 'index.html'), 'late');
    expect(await (await handler(request)).text()).toBe('late');
  });

  it('is taken away again', () => {
    const schemes = new Map<string, unknown>();
    const protocol = {
      handle: (scheme: string, handler: unknown) => void schemes.set(scheme, handler),
      unhandle: (scheme: string) => void schemes.delete(scheme),
    };
    const installed = installAppProtocol({ protocol, root, log: recordingLog() });
    expect([...schemes.keys()]).toEqual(['tidings']);
    installed.dispose();
    expect(schemes.size).toBe(0);
  });
});

describe('the policy', () => {
  const nonceOf = (policy: string | null) => /'nonce-([^']+)'/.exec(policy ?? '')?.[1];

  it('allows the page its own files and styles with the nonce, and nothing else', async () => {
    const response = await ask('tidings://app/index.html');
    const policy = response.headers.get('content-security-policy');
    expect(policy).toBe(
      "default-src 'none'; script-src 'self'; " +
        `style-src 'self' 'nonce-${nonceOf(policy)}'; img-src 'self' data:; font-src 'self'; connect-src 'none'; ` +
        "base-uri 'none'; form-action 'none'; frame-src 'none'; frame-ancestors 'none'; object-src 'none'; " +
        "worker-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    );
  });

  it('carries the nonce that stands in the page, another in each answer', async () => {
    const seen = new Set<string | undefined>();
    for (let count = 0; count < 20; count += 1) {
      const response = await ask('tidings://app/index.html');
      const nonce = nonceOf(response.headers.get('content-security-policy'));
      expect(await response.text()).toBe(`<meta name="csp-nonce" content="${nonce}">`);
      expect(Buffer.from(nonce ?? '', 'base64')).toHaveLength(16);
      seen.add(nonce);
    }
    expect(seen.size).toBe(20);
  });

  it('leaves scripts as they are', async () => {
    expect(await (await ask('tidings://app/assets/index-AbC_1-x.js')).text()).toContain('__CSP_NONCE__');
  });
});

describe('the path of an address', () => {
  it('never leads out of the folder, whatever is asked for', () => {
    const pieces = ['..', '.', '%2e', '%2f', '%5c', '/', '\\', '\0', 'a', 'index.html', '~', ' ', ':', '?', '#', '@'];
    const outside: string[] = [];
    for (const a of pieces) {
      for (const b of pieces) {
        for (const c of pieces) {
          const name = resolveAppPath(`tidings://app/${a}${b}${c}`);
          const place = name === null ? root : path.resolve(root, name);
          if (place !== root && !place.startsWith(root + path.sep)) outside.push(`${a}${b}${c}`);
        }
      }
    }
    expect(outside).toEqual([]);
  });
});
