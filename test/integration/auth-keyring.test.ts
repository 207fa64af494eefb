import { describe, expect, it } from 'vitest';
import { keyringPauseMs } from '../../electron/main/auth/keyring-gate.ts';
import { ada, lin, sam } from '../standin/people.ts';
import { accountOf, failureOf } from './auth-bench.ts';
import { cached, fresh, setAuthScene } from './auth-scene.ts';

const scene = setAuthScene();
const { kept } = scene;

describe('removing an account', () => {
  it('leaves nothing of its tokens, and the others untouched', async () => {
    const other = accountOf(scene.bench, await scene.bench.signIn(scene.run, lin));
    expect(kept()).toContain(scene.account.homeAccountId);
    await scene.run.auth.removeAccount(scene.account);
    expect(kept()).not.toContain(scene.account.homeAccountId);
    expect(kept()).not.toContain(ada.address);
    await scene.run.auth.acquireToken(other, fresh);
    expect((await failureOf(scene.run.auth.acquireToken(scene.account, cached))).remedy).toEqual({
      kind: 'interactive',
    });
  });

  it('deletes the keyring item with the last one', async () => {
    await scene.run.auth.removeAccount(scene.account);
    expect(scene.bench.keyring.texts.size).toBe(0);
  });

  it('is not undone by a renewal under way', async () => {
    const fault = scene.bench.identity.order({ at: 'token', kind: 'hang' });
    const token = scene.run.auth.acquireToken(scene.account, fresh);
    token.catch(() => undefined);
    await scene.bench.identity.log.waitFor(({ outcome }) => outcome?.kind === 'hanging');
    await scene.run.auth.removeAccount(scene.account);
    fault.clear();
    await token.catch(() => undefined);
    expect(scene.bench.keyring.texts.size).toBe(0);
  });

  it('says so when the keyring is locked, and takes nothing from the account, not later either', async () => {
    scene.bench.keyring.mode = 'locked';
    const { info, remedy } = await failureOf(scene.run.auth.removeAccount(scene.account));
    expect(info.code).toBe('keyring-locked');
    expect(remedy.kind).toBe('transient');
    await scene.run.auth.acquireToken(scene.account, fresh);

    scene.bench.keyring.mode = 'ready';
    await scene.run.vault.retry();
    await scene.run.vault.flush();
    await scene.run.auth.acquireToken(scene.account, fresh);
    await scene.bench.start().auth.acquireToken(scene.account, fresh);
    await scene.run.auth.removeAccount(scene.account);
    expect(scene.bench.keyring.texts.size).toBe(0);
  });
});

describe('the keyring', () => {
  it('being locked is not being signed out: the token comes when it is open', async () => {
    scene.bench.keyring.mode = 'locked';
    const restarted = scene.bench.start();
    const { info, remedy } = await failureOf(restarted.auth.acquireToken(scene.account, cached));
    expect(info.code).toBe('keyring-locked');
    expect(remedy.kind).toBe('transient');
    expect(restarted.vault.state()).toMatchObject({ kind: 'unavailable', error: { code: 'keyring-locked' } });
    scene.bench.keyring.mode = 'ready';
    await restarted.vault.retry();
    await restarted.auth.acquireToken(scene.account, cached);
    expect(restarted.vault.state().kind).toBe('ready');
  });

  it('being locked is not asked again for each account and each try', async () => {
    const others = [
      accountOf(scene.bench, await scene.bench.signIn(scene.run, lin)),
      accountOf(scene.bench, await scene.bench.signIn(scene.run, sam)),
    ];
    scene.bench.keyring.mode = 'locked';
    const restarted = scene.bench.start();
    const before = scene.bench.keyring.probes;
    // A quarter of an hour in which three watchers try again every 3 s.
    for (let second = 0; second < 900; second += 3) {
      for (const each of [scene.account, ...others]) {
        const { info, remedy } = await failureOf(restarted.auth.acquireToken(each, cached));
        expect([info.code, remedy]).toEqual(['keyring-locked', { kind: 'transient', retryAfterMs: null }]);
      }
      scene.bench.clock.offsetMs += 3_000;
    }
    expect(scene.bench.keyring.probes - before).toBe(3);
    scene.bench.keyring.mode = 'ready';
    scene.bench.clock.offsetMs += keyringPauseMs;
    await restarted.auth.acquireToken(scene.account, cached);
  });

  it('failing to save costs nobody their token; it is said once and made good later', async () => {
    scene.bench.keyring.writeError = new Error('ENOSPC: no space left on device, write');
    await scene.run.auth.acquireToken(scene.account, fresh);
    await scene.run.auth.acquireToken(scene.account, fresh);
    expect(scene.run.notices).toMatchObject([{ kind: 'save-failed', error: { code: 'disk-full' } }]);
    scene.bench.keyring.writeError = null;
    await scene.run.auth.acquireToken(scene.account, fresh);
    expect(scene.run.notices.map(({ kind }) => kind)).toEqual(['save-failed', 'save-recovered']);
    await scene.bench.start().auth.acquireToken(scene.account, fresh);
  });

  it('holding a damaged cache is survived: set aside, said, and the person signs in again', async () => {
    const [name = ''] = scene.bench.keyring.texts.keys();
    scene.bench.keyring.texts.set(name, kept().slice(0, 500));
    const restarted = scene.bench.start();
    const { info, remedy } = await failureOf(restarted.auth.acquireToken(scene.account, cached));
    expect(info.code).toBe('token-cache-damaged');
    expect(remedy).toEqual({ kind: 'interactive' });
    expect(restarted.notices).toMatchObject([{ kind: 'cache-set-aside', keptAs: `${name}.damaged` }]);
    await scene.bench.signIn(restarted, ada);
    await scene.bench.start().auth.acquireToken(scene.account, fresh);
    await restarted.auth.removeAccount(scene.account);
    expect(scene.bench.keyring.texts.size).toBe(0);
  });
});
