import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import type { DrivenApp } from '../desktop/app.ts';
import { ada, lin } from '../standin/people.ts';
import { allOf, followIssuedSecrets } from '../support/issued-secrets.ts';
import { findPieces, piecesOf, searchFiles, searchProcess } from '../support/secret-search.ts';
import { renewToken } from './renew-token.ts';
import { setStage, type Stage } from './stage.ts';
import { rowOf } from './window-face.ts';

/**
 * Codes, PKCE verifiers, access, refresh and ID tokens and `client_info`, all that the identity stand-in gave out, are
 * searched for piece by piece, each time on everything there is: see {@link expectNoSecret}.
 */
describe('what must stay in the keyring', () => {
  let issued: ReturnType<typeof followIssuedSecrets>;
  let stage: Stage;
  let app: DrivenApp;
  let page: Page;
  let output = '';

  beforeAll(async () => {
    issued = followIssuedSecrets([ada, lin]);
    stage = await setStage();
    await launch();
  });

  afterAll(async () => {
    await stage.dispose();
    vi.restoreAllMocks();
  });

  async function launch(): Promise<void> {
    app = await stage.launch();
    page = await app.firstWindow();
  }

  async function addAccount(person: typeof ada): Promise<void> {
    await stage.addAccount(page, person);
    await rowOf(page, person).getByText('Watching').waitFor();
  }

  async function removeAccount({ address }: typeof ada): Promise<void> {
    await page.getByRole('button', { name: `More for ${address}` }).click();
    await page.getByRole('menuitem', { name: /^Remove/u }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: /^Remove/u }).click();
    await dialog.waitFor({ state: 'detached' });
    await rowOf(page, { address }).waitFor({ state: 'detached' });
  }

  /**
   * Looks through each file of the session, whoever wrote it: the app's own and Chromium's, its log, the keyring's, what
   * lies in home, temporary and runtime folder; through what the app wrote to standard output and error and what it
   * had the system's browser open; and through command line and environment of each of its processes. Left out are the
   * person's browser, which a code passes through, and the copy of the built app, which it can't write to.
   */
  function expectNoSecret(): void {
    const pieces = piecesOf(allOf(issued.now()));
    const files = searchFiles(
      stage.desktop.session.folder,
      pieces,
      (folder) => folder.startsWith('browser-') || folder === 'app',
    );
    const processes = app.processes();
    const inProcesses = processes.map(({ pid }) => ({ pid, places: searchProcess(pid, pieces) }));
    // Each search looked where it had to.
    const names = files.map(({ name }) => name);
    for (const needed of [
      /keyrings\/login\.keyring$/u,
      /\/settings\.json$/u,
      /\/logs\/.+\.log$/u,
      /\/Local Storage\//u,
    ]) {
      expect(names).toContainEqual(expect.stringMatching(needed));
    }
    expect(processes.map(({ command }) => command)).toContainEqual(expect.stringContaining('--type=renderer'));
    expect(inProcesses.find(({ pid }) => pid === app.pid)?.places.map(({ name }) => name)).toEqual([
      'cmdline',
      'environ',
    ]);

    output += app.output();
    const others = [
      { name: 'standard output and error', found: findPieces(output, pieces) },
      { name: 'opened in the browser', found: findPieces(stage.desktop.links.urls.join('\n'), pieces) },
      ...inProcesses.flatMap(({ places }) => places),
    ];
    expect([...files, ...others].filter(({ found }) => found.length > 0)).toEqual([]);
  }

  it('is in no other place after two sign-ins and a renewal', async () => {
    await addAccount(ada);
    await addAccount(lin);
    await renewToken(stage.world, ada);
    await rowOf(page, ada).getByText('Watching').waitFor();
    const secrets = issued.now();
    expect(Object.entries(secrets).filter(([, list]) => list.length < 2)).toEqual([]);
    const { refreshTokens } = secrets;
    // The very search finds them where they are meant to be.
    const kept = (await stage.desktop.session.keyring.secrets()).join('\n');
    expect(kept).toContain(refreshTokens.at(-1));
    expect(findPieces(kept, piecesOf(refreshTokens)).length).toBeGreaterThan(0);
    expectNoSecret();
  });

  it('is still there for the next start when the app crashes right after a renewal', async () => {
    const { imap } = stage.world;
    const before = { links: stage.desktop.links.urls.length, logins: imap.counts.logins };
    await renewToken(stage.world, lin);
    await imap.events.waitUntil(() => imap.counts.logins > before.logins);
    const newest = issued.now().refreshTokens.at(-1);
    await app.kill();
    await launch();
    await rowOf(page, ada).getByText('Watching').waitFor();
    await rowOf(page, lin).getByText('Watching').waitFor();
    expect((await stage.desktop.session.keyring.secrets()).join('\n')).toContain(newest);
    // The stand-in takes each refresh token once: an older one would be refused.
    await renewToken(stage.world, lin);
    await rowOf(page, lin).getByText('Watching').waitFor();
    expect(stage.desktop.links.urls).toHaveLength(before.links);
    expectNoSecret();
  });

  it('is gone for the one account that is removed, at once, and the other goes on', async () => {
    await removeAccount(ada);
    const [kept = '', ...more] = await stage.desktop.session.keyring.secrets();
    expect(more).toEqual([]);
    expect(kept).not.toContain(ada.oid);
    expect(kept).toContain(lin.oid);
    await app.quit();
    await launch();
    await renewToken(stage.world, lin);
    await rowOf(page, lin).getByText('Watching').waitFor();
    expectNoSecret();
  });

  it('is nowhere at all after the last one is removed', async () => {
    await removeAccount(lin);
    expect(await stage.desktop.session.keyring.items()).toEqual([]);
    expectNoSecret();
    await app.quit();
  });
});
