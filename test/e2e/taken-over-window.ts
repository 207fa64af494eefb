import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { DrivenApp } from '../desktop/app.ts';
import { ownerOf, seccompMode } from '../desktop/processes.ts';
import { hostileAttempts } from './hostile-attempts.ts';
import { setStage, type Stage, type StageOptions } from './stage.ts';

/** What a page may do that was taken over, tried in the app that `options` say. */
export function describeTakenOverWindow(what: string, options: StageOptions = {}): void {
  describe(`${what}: the window against whatever gets into it`, () => {
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
      stage = await setStage(options);
      // Without a camera and a microphone nobody would be asked for them.
      app = await stage.launch({ args: ['--use-fake-device-for-media-stream'] });
      page = await app.firstWindow();
      await page.getByRole('button', { name: 'Add Outlook account' }).waitFor();
    });

    afterAll(async () => {
      canary.close();
      await stage.dispose();
    });

    const log = (): string => readFileSync(join(stage.dataFolder, 'logs', 'main.log'), 'utf8');

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

    it.each(hostileAttempts)('stops by $directive $what', async ({ directive, attempt }) => {
      await page.evaluate(() => {
        const heard: string[] = [];
        Reflect.set(globalThis, 'violations', heard);
        Reflect.deleteProperty(globalThis, 'ran');
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
          heard.push(effectiveDirective),
        );
      });
      await page.evaluate(attempt, canaryUrl);
      await expect
        .poll(() => page.evaluate((): unknown => Reflect.get(globalThis, 'violations')))
        .toEqual(expect.arrayContaining([directive]));
      expect(await page.evaluate((): unknown => Reflect.get(globalThis, 'ran') ?? null)).toBeNull();
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
      await expect.poll(log).toContain('window.open');
      await expect.poll(log).toContain('navigation');
      expect(page.url()).toBe(here);
      expect(app.electron.windows()).toHaveLength(1);
      // By the page itself: Playwright would wait for the navigation that never comes.
      const isThere = (): Promise<boolean> =>
        page.evaluate(() => document.body.textContent.includes('Add Outlook account'));
      expect(await isThere()).toBe(true);
    });

    it('stays where it is when a file or a link is dropped on it', async () => {
      const here = page.url();
      const file = join(stage.desktop.session.folder, 'world', 'dropped.html');
      writeFileSync(file, '<title>Dropped</title>');
      await page.evaluate(() => {
        const dragged: string[] = [];
        Reflect.set(globalThis, 'dragged', dragged);
        document.addEventListener('dragover', ({ dataTransfer }) => dragged.push(...(dataTransfer?.types ?? [])));
      });
      const devTools = await page.context().newCDPSession(page);
      const link = { mimeType: 'text/uri-list', data: `${canaryUrl}/dropped` };
      for (const dropped of [{ items: [], files: [file] }, { items: [link] }]) {
        const data = { ...dropped, dragOperationsMask: 1 };
        for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
          await devTools.send('Input.dispatchDragEvent', { type, x: 100, y: 100, data });
        }
      }
      await expect
        .poll(() => page.evaluate((): unknown => Reflect.get(globalThis, 'dragged')))
        .toEqual(expect.arrayContaining(['Files', 'text/uri-list']));
      await devTools.detach();
      // Chromium would open what was dropped in a window of its own. The log keeps the order.
      await page.evaluate(() => void globalThis.open('https://after-the-drop.example/'));
      await expect.poll(log).toContain('https://after-the-drop.example');
      expect(log()).not.toContain('"to":"file:');
      expect(page.url()).toBe(here);
      expect(app.electron.windows()).toHaveLength(1);
      expect(stage.desktop.links.urls).toEqual([]);
    });

    it('gets no permission and no device by asking', async () => {
      const answers = await page.evaluate(async () => {
        const named = (error: unknown): string => (error instanceof Error ? error.name : String(error));
        return {
          notifications: await Notification.requestPermission(),
          storage: await navigator.storage.persist(),
          camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'given', named),
          microphone: await navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'given', named),
        };
      });
      expect(answers).toEqual({
        notifications: 'denied',
        storage: false,
        camera: 'NotAllowedError',
        microphone: 'NotAllowedError',
      });
      for (const permission of ['notifications', 'persistent-storage']) {
        await expect.poll(log).toContain(`"permission":"${permission}","reason":"permission-request"`);
      }
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
}
