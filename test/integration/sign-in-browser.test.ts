import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { signInLimitMs } from '../../electron/main/auth/auth-types.ts';
import { cancelSignIn, signInAs } from '../desktop/sign-in-page.ts';
import { startLoopbackServer } from '../standin/loopback-server.ts';
import { ada, lin, sam } from '../standin/people.ts';
import { isListening } from './auth-bench.ts';
import { finishForNobody, move, setSignInScene, type SignInScene, unreachable } from './sign-in-scene.ts';

/** The app's own sign-in in a real Chromium, with a person who doesn't do as one would think. */

let scene: SignInScene;

beforeAll(async () => {
  scene = await setSignInScene();
});

afterEach(() => scene.tidy());

afterAll(() => scene.dispose());

describe('the answer to the app', () => {
  it('is posted: no address, no history and no other request ever holds the code', async () => {
    const app = await scene.startApp();
    const { tab, address, returnTo } = await app.openSignIn();
    const requests: { method: string; url: string; body: string | null }[] = [];
    tab.on('request', (request) => {
      requests.push({ method: request.method(), url: request.url(), body: request.postData() });
    });
    expect(await signInAs(tab, ada)).toEqual({ at: 'app', heading: 'Back to Tidings' });
    await app.untilWatching(ada);
    const answer = requests.filter(({ url }) => url.startsWith(returnTo));
    expect(answer).toMatchObject([{ method: 'POST', url: `${returnTo}/` }]);
    const fields = new URLSearchParams(answer[0]?.body ?? '');
    const code = fields.get('code') ?? '';
    expect(code.length).toBeGreaterThan(40);
    expect(fields.get('state')).toBe(address.searchParams.get('state'));
    const tools = await scene.browser.context.newCDPSession(tab);
    const { entries } = await tools.send('Page.getNavigationHistory');
    const addresses = [...entries.map(({ url }) => url), ...requests.map(({ url }) => url)];
    expect(addresses.join('\n')).not.toContain(code.slice(0, 20));
    expect(await tab.title()).not.toContain(code.slice(0, 20));
  });

  it.each([
    ['en', 'Back to Tidings', 'go back to Tidings', 'The sign-in didn’t work', 'Close this tab'],
    ['zh-CN', '请返回 Tidings', '您可以关闭此标签页，返回 Tidings', '登录未成功', '请关闭此标签页'],
  ] as const)('is met by a page that says what to do and can do nothing itself: %s', async (...row) => {
    const [language, done, whatNow, failed, whatInstead] = row;
    const app = await scene.startApp(language);
    const { tab } = await app.openSignIn();
    expect((await signInAs(tab, ada)).heading).toBe(done);
    await tab.getByText(whatNow).waitFor();
    await app.untilWatching(ada);
    const seen = await tab.evaluate(async () => {
      const violations: string[] = [];
      const stopped = new Promise<void>((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
          if (violations.push(effectiveDirective) === 2) resolve();
        });
      });
      const script = Object.assign(document.createElement('script'), { textContent: 'document.title = "changed"' });
      const picture = Object.assign(document.createElement('img'), { src: '/picture' });
      document.body.append(script, picture);
      await stopped;
      const { contentType, characterSet, title } = document;
      const corners = getComputedStyle(document.querySelector('main') ?? document.body).borderRadius;
      return { contentType, characterSet, title, corners, violations, lang: document.documentElement.lang };
    });
    expect(seen).toEqual({
      contentType: 'text/html',
      characterSet: 'UTF-8',
      lang: language,
      title: done,
      corners: '12px',
      violations: ['script-src-elem', 'img-src'],
    });

    const again = await app.openSignIn();
    expect(await cancelSignIn(again.tab)).toEqual({ at: 'app', heading: failed });
    await again.tab.getByText(whatInstead).waitFor();
    expect(await app.untilFailed()).toMatchObject({ error: { code: 'consent-refused' } });
  });
});

describe('an answer in the address', () => {
  it('is taken from nobody, and the app says that the sign-in was refused', async () => {
    const app = await scene.startApp();
    const { tab, address, returnTo } = await app.openSignIn();
    const redeemed = scene.codesRedeemed();
    const state = address.searchParams.get('state') ?? '';
    const answer = await tab.goto(`${returnTo}/?${new URLSearchParams({ code: 'in-the-open', state }).toString()}`);
    expect(answer?.status()).toBe(400);
    expect(await app.untilFailed()).toMatchObject({
      error: { code: 'sign-in-refused', detail: expect.stringContaining('form_post') },
    });
    expect(scene.codesRedeemed()).toBe(redeemed);
  });
});

describe('a tab that is given up', () => {
  it('keeps nobody waiting: the sign-in can be cancelled, and ends by itself after five minutes', async () => {
    const app = await scene.startApp();
    const first = await app.openSignIn();
    await first.tab.close();
    expect(app.core.state.snapshot.signIn.kind).toBe('waiting');
    expect(await isListening(first.address)).toBe(true);
    app.core.signIn.cancel();
    await app.snapshots.waitFor(({ signIn }) => signIn.kind === 'cancelled');
    await expect.poll(() => isListening(first.address)).toBe(false);

    const second = await app.openSignIn();
    await second.tab.close();
    app.clock.fire(signInLimitMs);
    expect(await app.untilFailed()).toMatchObject({ error: { code: 'sign-in-timed-out' } });
    expect(await isListening(second.address)).toBe(false);
  });

  it('signs nobody in when it is finished too late', async () => {
    const app = await scene.startApp();
    const { tab } = await app.openSignIn();
    app.clock.fire(signInLimitMs);
    await app.untilFailed();
    const before = scene.codesRedeemed();
    await finishForNobody(tab, ada);
    expect(scene.codesRedeemed()).toBe(before);
    expect(app.core.state.snapshot).toMatchObject({ accounts: [], signIn: { kind: 'failed' } });
    // Trying once more is all that it takes.
    expect((await signInAs((await app.openSignIn()).tab, ada)).at).toBe('app');
    await app.untilWatching(ada);
  });
});

describe('going back and loading anew', () => {
  it('redeems no second code after the sign-in, and every page says something', async () => {
    const app = await scene.startApp();
    const { tab, address } = await app.openSignIn();
    await signInAs(tab, lin);
    await app.untilWatching(lin);
    const redeemed = scene.codesRedeemed();

    await move(tab, 'reload', unreachable);
    await move(tab, 'goBack', 'Confirm Form Resubmission');
    await move(tab, 'reload', 'Sorry, signing you in didn’t work');
    await move(tab, 'goBack', 'Pick an account');
    // The whole of it once more, in the old tab: a second code, which nobody takes.
    await tab.goto(address.href);
    await finishForNobody(tab, lin);

    expect(scene.codesRedeemed()).toBe(redeemed);
    expect(app.core.state.snapshot).toMatchObject({ accounts: [{ state: { kind: 'watching' } }] });
    expect(app.core.state.snapshot.signIn).toEqual({ kind: 'idle' });
  });

  it('between account and consent leaves the sign-in as it was', async () => {
    scene.world.identity.forgetConsent(sam);
    const app = await scene.startApp();
    const { tab } = await app.openSignIn();
    await tab.getByRole('button', { name: sam.address }).click();
    await tab.getByRole('button', { name: 'Accept', exact: true }).waitFor();
    await move(tab, 'goBack', 'Pick an account');
    expect(await signInAs(tab, sam)).toEqual({ at: 'app', heading: 'Back to Tidings' });
    await app.untilWatching(sam);
  });

  it('while the code is being redeemed shows the same page again, and redeems the code once', async () => {
    const app = await scene.startApp();
    const { tab, returnTo } = await app.openSignIn();
    const hang = scene.world.identity.order({ at: 'token', kind: 'hang' });
    const redeemed = scene.codesRedeemed();
    await signInAs(tab, ada);
    await scene.world.identity.log.waitFor(({ outcome }) => outcome?.kind === 'hanging');
    await move(tab, 'reload', 'Back to Tidings');
    await tab.goto(returnTo);
    await tab.getByRole('heading', { name: 'Back to Tidings' }).waitFor();
    hang.clear();
    expect(await app.untilFailed()).toMatchObject({ error: { code: 'network-unreachable' } });
    expect(scene.codesRedeemed()).toBe(redeemed + 1);
  });
});

describe('two sign-ins at once', () => {
  it('in one app: the second replaces the first, whose tab then does nothing', async () => {
    const app = await scene.startApp();
    const first = await app.openSignIn();
    const second = await app.openSignIn();
    const redeemed = scene.codesRedeemed();

    await finishForNobody(first.tab, lin);
    expect(scene.codesRedeemed()).toBe(redeemed);
    expect(app.core.state.snapshot).toMatchObject({ accounts: [], signIn: { kind: 'waiting' } });
    expect((await signInAs(second.tab, ada)).at).toBe('app');
    await app.untilWatching(ada);
    expect(app.core.state.snapshot.accounts.map((account) => account.address)).toEqual([ada.address]);
  });

  it('in two apps: each gets its own person, in whatever order', async () => {
    const [one, other] = await Promise.all([scene.startApp(), scene.startApp()]);
    const [mine, yours] = [await one.openSignIn(), await other.openSignIn()];
    await signInAs(yours.tab, sam);
    await other.untilWatching(sam);
    expect(one.core.state.snapshot).toMatchObject({ accounts: [], signIn: { kind: 'waiting' } });
    await signInAs(mine.tab, ada);
    await one.untilWatching(ada);
    expect([one, other].map(({ core }) => core.state.snapshot.accounts.map(({ address }) => address))).toEqual([
      [ada.address],
      [sam.address],
    ]);
  });
});

describe('another page of this computer', () => {
  it('can neither sign somebody in nor end the sign-in: its answers lack the state', async () => {
    const app = await scene.startApp();
    const { tab, returnTo } = await app.openSignIn();
    const stranger = await startLoopbackServer({
      handle: (_request, response) => {
        response.setHeader('content-type', 'text/html').end('<title>Stranger</title>');
      },
    });
    try {
      const page = await scene.openTab(`http://localhost:${stranger.port}/`);
      const redeemed = scene.codesRedeemed();
      const forgeries: Record<string, string>[] = [
        { code: 'of-somebody-else', state: 'made-up' },
        { code: 'of-somebody-else' },
        { error: 'access_denied', state: 'made-up' },
        { error: 'user_cancelled' },
      ];
      for (const fields of forgeries) {
        const posted = page.waitForResponse((response) => response.url().startsWith(returnTo));
        await page.evaluate(
          ([to, values]) => {
            const form = Object.assign(document.createElement('form'), { method: 'post', action: to });
            for (const [name, value] of Object.entries(values)) {
              form.append(Object.assign(document.createElement('input'), { name, value }));
            }
            document.body.append(form);
            form.submit();
          },
          [returnTo, fields] as const,
        );
        const answer = await posted;
        expect([answer.request().method(), answer.status()]).toEqual(['POST', 400]);
        await page.getByText('Invalid authorization response state').waitFor();
        await page.goto(`http://localhost:${stranger.port}/`);
      }
      const inAddress = await page.goto(`${returnTo}/?code=of-somebody-else&state=made-up`);
      expect(inAddress?.status()).toBe(400);

      expect(scene.codesRedeemed()).toBe(redeemed);
      expect(app.core.state.snapshot).toMatchObject({ accounts: [], signIn: { kind: 'waiting' } });
      await signInAs(tab, ada);
      await app.untilWatching(ada);
    } finally {
      await stranger.dispose();
    }
  });
});
