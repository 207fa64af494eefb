import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountKey } from '../../electron/main/auth/auth-types.ts';
import { keyringPauseMs } from '../../electron/main/auth/keyring-gate.ts';
import { ada, lin, sam } from '../standin/people.ts';
import { accountOf, type Bench, failureOf, type Run, startBench } from './auth-bench.ts';

const fresh = { forceRefresh: true };
const cached = { forceRefresh: false };

let bench: Bench;
let run: Run;
let account: AccountKey;

beforeEach(async () => {
  bench = await startBench();
  run = bench.start();
  account = accountOf(bench, await bench.signIn(run, ada));
});

afterEach(async () => {
  await bench.dispose();
});

/** All that the keyring holds, as one text. */
function kept(): string {
  return [...bench.keyring.texts.values()].join('\n');
}

describe('removing an account', () => {
  it('leaves nothing of its tokens, and the others untouched', async () => {
    const other = accountOf(bench, await bench.signIn(run, lin));
    expect(kept()).toContain(account.homeAccountId);
    await run.auth.removeAccount(account);
    expect(kept()).not.toContain(account.homeAccountId);
    expect(kept()).not.toContain(ada.address);
    await run.auth.acquireToken(other, fresh);
    expect((await failureOf(run.auth.acquireToken(account, cached))).remedy).toEqual({ kind: 'interactive' });
  });

  it('deletes the keyring item with the last one', async () => {
    await run.auth.removeAccount(account);
    expect(bench.keyring.texts.size).toBe(0);
  });

  it('is not undone by a renewal under way', async () => {
    const fault = bench.identity.order({ at: 'token', kind: 'hang' });
    const token = run.auth.acquireToken(account, fresh);
    token.catch(() => undefined);
    await bench.identity.log.waitFor(({ outcome }) => outcome?.kind === 'hanging');
    await run.auth.removeAccount(account);
    fault.clear();
    await token.catch(() => undefined);
    expect(bench.keyring.texts.size).toBe(0);
  });

  it('says so when the keyring is locked, and takes nothing from the account, not later either', async () => {
    bench.keyring.mode = 'locked';
    const { info, remedy } = await failureOf(run.auth.removeAccount(account));
    expect(info.code).toBe('keyring-locked');
    expect(remedy.kind).toBe('transient');
    await run.auth.acquireToken(account, fresh);

    bench.keyring.mode = 'ready';
    await run.vault.retry();
    await run.vault.flush();
    await run.auth.acquireToken(account, fresh);
    await bench.start().auth.acquireToken(account, fresh);
    await run.auth.removeAccount(account);
    expect(bench.keyring.texts.size).toBe(0);
  });
});

describe('the keyring', () => {
  it('being locked is not being signed out: the token comes when it is open', async () => {
    bench.keyring.mode = 'locked';
    const restarted = bench.start();
    const { info, remedy } = await failureOf(restarted.auth.acquireToken(account, cached));
    expect(info.code).toBe('keyring-locked');
    expect(remedy.kind).toBe('transient');
    expect(restarted.vault.state()).toMatchObject({ kind: 'unavailable', error: { code: 'keyring-locked' } });
    bench.keyring.mode = 'ready';
    await restarted.vault.retry();
    await restarted.auth.acquireToken(account, cached);
    expect(restarted.vault.state().kind).toBe('ready');
  });

  it('being locked is not asked again for each account and each try', async () => {
    const others = [accountOf(bench, await bench.signIn(run, lin)), accountOf(bench, await bench.signIn(run, sam))];
    bench.keyring.mode = 'locked';
    const restarted = bench.start();
    const before = bench.keyring.probes;
    // A quarter of an hour in which three watchers try again every 3 s.
    for (let second = 0; second < 900; second += 3) {
      for (const each of [account, ...others]) {
        const { info, remedy } = await failureOf(restarted.auth.acquireToken(each, cached));
        expect([info.code, remedy]).toEqual(['keyring-locked', { kind: 'transient', retryAfterMs: null }]);
      }
      bench.clock.offsetMs += 3_000;
    }
    expect(bench.keyring.probes - before).toBe(3);
    bench.keyring.mode = 'ready';
    bench.clock.offsetMs += keyringPauseMs;
    await restarted.auth.acquireToken(account, cached);
  });

  it('failing to save costs nobody their token; it is said once and made good later', async () => {
    bench.keyring.writeError = new Error('ENOSPC: no space left on device, write');
    await run.auth.acquireToken(account, fresh);
    await run.auth.acquireToken(account, fresh);
    expect(run.notices).toMatchObject([{ kind: 'save-failed', error: { code: 'disk-full' } }]);
    bench.keyring.writeError = null;
    await run.auth.acquireToken(account, fresh);
    expect(run.notices.map(({ kind }) => kind)).toEqual(['save-failed', 'save-recovered']);
    await bench.start().auth.acquireToken(account, fresh);
  });

  it('holding a damaged cache is survived: set aside, said, and the person signs in again', async () => {
    const [name = ''] = bench.keyring.texts.keys();
    bench.keyring.texts.set(name, kept().slice(0, 500));
    const restarted = bench.start();
    const { info, remedy } = await failureOf(restarted.auth.acquireToken(account, cached));
    expect(info.code).toBe('token-cache-damaged');
    expect(remedy).toEqual({ kind: 'interactive' });
    expect(restarted.notices).toMatchObject([{ kind: 'cache-set-aside', keptAs: `${name}.damaged` }]);
    await bench.signIn(restarted, ada);
    await bench.start().auth.acquireToken(account, fresh);
    await restarted.auth.removeAccount(account);
    expect(bench.keyring.texts.size).toBe(0);
  });
});
