import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { DrivenApp } from '../desktop/app.ts';
import { ada, lin } from '../standin/people.ts';
import { findPieces, piecesOf } from '../support/secret-search.ts';
import { renewToken } from './renew-token.ts';
import { SecretWatch } from './secret-watch.ts';
import { setStage, type Stage } from './stage.ts';
import { rowOf } from './window-face.ts';

/**
 * Codes, PKCE verifiers, access, refresh and ID tokens and `client_info`, all that the identity stand-in gave out, are
 * searched for piece by piece, each time on everything there is: see {@link SecretWatch}.
 */
describe('what must stay in the keyring', () => {
  let secrets: SecretWatch;
  let stage: Stage;
  let app: DrivenApp;
  let page: Page;

  beforeAll(async () => {
    secrets = new SecretWatch([ada, lin]);
    stage = await setStage();
    await launch();
  });

  afterAll(async () => {
    await stage.dispose();
    secrets.dispose();
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

  const expectNoSecret = (): void => secrets.expectNowhere(stage, app, [/keyrings\/login\.keyring$/u]);
  const locked = () => page.getByRole('heading', { name: 'The keyring is locked' });

  it('is in no other place after two sign-ins and a renewal', async () => {
    await addAccount(ada);
    await addAccount(lin);
    await renewToken(stage.world, ada);
    await rowOf(page, ada).getByText('Watching').waitFor();
    const issued = secrets.now();
    expect(Object.entries(issued).filter(([, list]) => list.length < 2)).toEqual([]);
    const { refreshTokens } = issued;
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
    const newest = secrets.now().refreshTokens.at(-1);
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

  it('is nowhere else either while the keyring is locked, which is said, and the accounts are watched on', async () => {
    const { keyring } = stage.desktop.session;
    await keyring.lock();
    await page.getByText('The keyring was locked meanwhile').waitFor();
    expect(await locked().count()).toBe(0);
    await renewToken(stage.world, ada);
    await locked().waitFor();
    await page.getByText('Enter its password, usually the one you sign in to this computer with').first().waitFor();
    for (const person of [ada, lin]) await rowOf(page, person).getByText('Watching').waitFor();
    expectNoSecret();
  });

  it('is put into it when it is unlocked later, so that the next start needs no browser', async () => {
    const links = stage.desktop.links.urls.length;
    const newest = secrets.now().refreshTokens.at(-1);
    await stage.desktop.session.keyring.unlock();
    await locked().waitFor({ state: 'detached' });
    await expect.poll(async () => (await stage.desktop.session.keyring.secrets()).join('\n')).toContain(newest);
    await app.kill();
    await launch();
    for (const person of [ada, lin]) await rowOf(page, person).getByText('Watching').waitFor();
    await renewToken(stage.world, ada);
    await rowOf(page, ada).getByText('Watching').waitFor();
    expect(stage.desktop.links.urls).toHaveLength(links);
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
