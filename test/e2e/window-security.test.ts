import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { DrivenApp } from '../desktop/app.ts';
import { ownerOf, seccompMode } from '../desktop/processes.ts';
import { setStage, type Stage } from './stage.ts';

/** What hostile content in the window could try, and the directive that stops it. Each runs in the page. */
const forbidden: readonly {
  readonly directive: string;
  readonly what: string;
  readonly attempt: (canary: string) => void;
}[] = [
  {
    directive: 'require-trusted-types-for',
    what: 'the text of a script',
    attempt: () => {
      try {
        document.createElement('script').textContent = '1';
      } catch {
        // Refused, as it must be.
      }
    },
  },
  {
    directive: 'script-src-elem',
    what: 'a remote script',
    attempt: (canary) => {
      const link = document.createElement('link');
      link.rel = 'preload';
      link.as = 'script';
      link.href = `${canary}/script.js`;
      document.head.append(link);
    },
  },
  {
    directive: 'img-src',
    what: 'a remote picture',
    attempt: (canary) => {
      new Image().src = `${canary}/picture`;
    },
  },
  {
    directive: 'frame-src',
    what: 'a frame',
    attempt: (canary) => {
      const frame = document.createElement('iframe');
      frame.src = `${canary}/frame`;
      document.body.append(frame);
      frame.remove();
    },
  },
  {
    directive: 'style-src-elem',
    what: 'a style sheet without the nonce',
    attempt: () => {
      const style = document.createElement('style');
      style.append('body { display: none }');
      document.head.append(style);
    },
  },
  {
    directive: 'connect-src',
    what: 'a request',
    attempt: (canary) => {
      fetch(`${canary}/request`).catch(() => undefined);
    },
  },
  {
    directive: 'base-uri',
    what: 'another base address',
    attempt: (canary) => {
      const base = document.createElement('base');
      base.href = canary;
      document.head.append(base);
    },
  },
];

describe('the window against whatever gets into it', () => {
  let stage: Stage;
  let app: DrivenApp;
  let page: Page;
  let canary: Server;
  let hits = 0;
  let canaryUrl = '';

  beforeAll(async () => {
    canary = createServer((_request, response) => {
      hits += 1;
      response.end();
    }).listen(0, '127.0.0.1');
    await once(canary, 'listening');
    canaryUrl = `http://127.0.0.1:${(canary.address() as AddressInfo).port}`;
    stage = await setStage();
    app = await stage.launch();
    page = await app.firstWindow();
    await page.getByRole('button', { name: 'Add Outlook account' }).waitFor();
  });

  afterAll(async () => {
    canary.close();
    await stage.dispose();
  });

  it('gives the page nothing but three functions', async () => {
    const seen = await page.evaluate(() => {
      const api: unknown = Reflect.get(globalThis, 'tidings');
      const node = ['require', 'process', 'Buffer', 'module', 'global', 'electron', '__dirname'];
      return {
        keys: Object.keys(api as object),
        frozen: Object.isFrozen(api),
        node: node.filter((name) => Reflect.get(globalThis, name) !== undefined),
      };
    });
    expect(seen).toEqual({ keys: ['getSnapshot', 'onSnapshot', 'invoke'], frozen: true, node: [] });
  });

  it('runs every process as an ordinary user, and the renderer in Chromium’s sandbox', () => {
    const processes = app.processes();
    for (const { pid } of processes) expect(ownerOf(pid)).not.toBe(0);
    const renderers = processes.filter(({ command }) => command.includes('--type=renderer'));
    expect(renderers.length).toBeGreaterThan(0);
    for (const { pid, command } of renderers) {
      expect(seccompMode(pid)).toBe(2);
      expect(command).not.toContain('--no-sandbox');
    }
  });

  it.each(forbidden)('stops by $directive $what', async ({ directive, attempt }) => {
    await page.evaluate(() => {
      const heard: string[] = [];
      Reflect.set(globalThis, 'violations', heard);
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => heard.push(effectiveDirective));
    });
    await page.evaluate(attempt, canaryUrl);
    await expect
      .poll(() => page.evaluate((): unknown => Reflect.get(globalThis, 'violations')))
      .toEqual(expect.arrayContaining([directive]));
  });

  it('goes nowhere and opens no other window', async () => {
    const here = page.url();
    await page.evaluate((url) => {
      globalThis.open(`${url}/window`);
      const link = document.createElement('a');
      link.href = `${url}/link`;
      link.target = '_blank';
      document.body.append(link);
      link.click();
      link.remove();
      globalThis.location.href = `${url}/navigation`;
    }, canaryUrl);
    const log = (): string => readFileSync(join(stage.dataFolder, 'logs', 'main.log'), 'utf8');
    await expect.poll(log).toContain('window.open');
    await expect.poll(log).toContain('navigation');
    expect(page.url()).toBe(here);
    expect(app.electron.windows()).toHaveLength(1);
    // By the page itself: Playwright would wait for the navigation that never comes.
    const isThere = (): Promise<boolean> =>
      page.evaluate(() => document.body.textContent.includes('Add Outlook account'));
    expect(await isThere()).toBe(true);
  });

  it.each(['camera', 'clipboard-read', 'geolocation', 'microphone', 'notifications', 'persistent-storage'])(
    'has no permission for %s',
    async (name) => {
      const answer = await page.evaluate(async (wanted) => {
        const { state } = await navigator.permissions.query({ name: wanted as PermissionName });
        return state;
      }, name);
      expect(answer).toBe('denied');
    },
  );

  it('listens to no command that it doesn’t know, and to no arguments of another shape', async () => {
    const answers = await page.evaluate(async () => {
      const api = Reflect.get(globalThis, 'tidings') as { invoke(name: unknown, args: unknown): Promise<unknown> };
      const calls: [unknown, unknown][] = [
        ['no.such', {}],
        ['__proto__', {}],
        ['constructor', {}],
        [null, {}],
        ['account.remove', {}],
        ['account.remove', { accountId: { $ne: '' } }],
        ['account.signIn', { extra: 1 }],
        ['link.open', { link: 'file:///etc/passwd' }],
        ['clipboard.write', { text: 'x'.repeat(5_000) }],
      ];
      return await Promise.all(calls.map(([name, args]) => api.invoke(name, args)));
    });
    for (const answer of answers) expect(answer).toMatchObject({ ok: false });
    expect(stage.desktop.links.urls).toEqual([]);
  });

  it('has reached nobody by any of this', () => {
    expect(hits).toBe(0);
  });
});
