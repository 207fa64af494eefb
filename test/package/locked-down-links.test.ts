import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignInState } from '../../electron/shared/snapshot.ts';
import type { WindowApi } from '../../electron/shared/window-api.ts';
import { setStage, type Stage } from '../e2e/stage.ts';
import { ada } from '../standin/people.ts';
import { copyPackage, programIn } from './locked-down-app.ts';

/** The discovery document names the page; a provider that was taken over names what it likes. */
describe('the packed app against where a sign-in would send the browser', () => {
  let stage: Stage;
  let page: Page;

  beforeAll(async () => {
    stage = await setStage({ program: (session) => programIn(copyPackage('e2e', session)) });
    const app = await stage.launch();
    page = await app.firstWindow();
    await page.getByRole('button', { name: 'Add Outlook account' }).waitFor();
  });

  afterAll(async () => {
    await stage.dispose();
  });

  const signInState = (): Promise<SignInState> =>
    page.evaluate(async () => {
      const { signIn } = await (Reflect.get(globalThis, 'tidings') as WindowApi).getSnapshot();
      return signIn;
    });

  it.each([
    'file:///etc/passwd',
    'smb://files.example/share',
    'ms-msdt:/id%20PCWDiagnostic',
    'ms-settings:privacy',
    'search-ms:query=x',
    'javascript:alert(1)',
    'data:text/html,x',
    'http://login.example/authorize',
    'https://login.microsoftonline.com@evil.example/authorize',
    'https://somebody:word@login.example/authorize',
  ])('opens nothing at %s, and says that it failed', async (address) => {
    const order = stage.world.identity.order({ at: 'discovery', kind: 'page-elsewhere', page: address });
    const call = (name: 'account.signIn' | 'signIn.dismiss') =>
      page.evaluate((command) => (Reflect.get(globalThis, 'tidings') as WindowApi).invoke(command, {}), name);
    expect(await call('account.signIn')).toMatchObject({ ok: true });
    await expect.poll(signInState).toMatchObject({ kind: 'failed' });
    // Asked for anew, so that it was this address.
    expect(order.hits).toBe(1);
    expect(await call('signIn.dismiss')).toMatchObject({ ok: true });
    expect(stage.desktop.links.urls).toEqual([]);
  });

  it('opens the page that a sound provider names', async () => {
    expect(await stage.addAccount(page, ada)).toMatchObject({ at: 'app' });
    expect(stage.desktop.links.urls).toHaveLength(1);
  });
});
