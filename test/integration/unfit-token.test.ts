import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { loadAppData } from '../../electron/main/app-data.ts';
import { systemClock } from '../../electron/main/clock.ts';
import type { Core } from '../../electron/main/core-types.ts';
import { createCore } from '../../electron/main/core.ts';
import { builtInProfile } from '../../electron/main/profile/deployment-profile.ts';
import { Notices } from '../../electron/main/state/notices.ts';
import { appPaths } from '../../electron/main/storage/paths.ts';
import { defaultSettings } from '../../electron/shared/settings.ts';
import type { AccountState, AppSnapshot } from '../../electron/shared/snapshot.ts';
import { walkSignIn } from '../standin/identity/page-walker.ts';
import type { TokenOverrides } from '../standin/identity/token-mint.ts';
import { ada, lin } from '../standin/people.ts';
import { startWorld, type World } from '../standin/world.ts';
import { EventTrail } from '../support/event-trail.ts';
import { allOf, followIssuedSecrets, type SecretTrail } from '../support/issued-secrets.ts';
import { recordingLog, type RecordingLog } from '../support/recording-log.ts';
import { findPieces, piecesOf } from '../support/secret-search.ts';

/** Tidings without a screen, given tokens by the identity stand-in that open no mailbox. */
describe('an account whose token is plainly not for its mailbox', () => {
  let folder: string;
  let world: World;
  let secrets: SecretTrail;
  let snapshots: EventTrail<AppSnapshot>;
  let log: RecordingLog;
  let core: Core;

  beforeEach(async () => {
    secrets = followIssuedSecrets([ada, lin]);
    folder = mkdtempSync(join(tmpdir(), 'tidings-unfit-'));
    world = await startWorld({ folder: join(folder, 'world') });
    writeFileSync(join(folder, 'settings.json'), JSON.stringify({ ...defaultSettings, tokenStorage: 'session-only' }));
    snapshots = new EventTrail();
    log = recordingLog();
    const paths = appPaths(folder);
    const notices = new Notices(() => {});
    const data = await loadAppData(paths, notices, systemClock, log);
    core = createCore({
      appVersion: '0.0.0',
      data,
      notices,
      profileLayers: { builtIn: builtInProfile, packaged: {}, settings: {}, file: world.profile },
      tokensFolder: paths.tokensFolder,
      language: () => 'en',
      resultPages: () => ({ success: 'in', failure: 'not in' }),
      openBrowser: async (url) => {
        // As a browser does: the page goes on after the call that opened it has ended.
        void walkSignIn(url, ada, 'accept');
      },
      onNewMessages: () => {},
      onRead: () => {},
      onSignedIn: () => {},
      onRemoved: () => {},
      focus: () => ({ focusedAccountId: null, focusRequest: 0 }),
      clock: systemClock,
      random: () => 0.5,
      log,
    });
    core.state.subscribe(snapshots.add);
    core.start();
  });

  afterEach(async () => {
    await core.dispose();
    await world.dispose();
    rmSync(folder, { recursive: true });
    secrets.stop();
  });

  async function until(isRight: (state: AccountState) => boolean): Promise<AccountState> {
    const { accounts } = await snapshots.waitFor((snapshot) => snapshot.accounts.some(({ state }) => isRight(state)));
    const found = accounts.find(({ state }) => isRight(state));
    if (found === undefined) throw new Error('No such account');
    return found.state;
  }

  const isUnfit = (state: AccountState): boolean => state.kind === 'refused' && state.error.code === 'token-unfit';
  const logins = () => world.imap.counts.commands.get('AUTHENTICATE') ?? 0;
  const own = async () => core.tokenInspector.inspectOwn(core.accounts.records()[0]?.id ?? '');
  const expectNoSecret = (told: unknown): void => {
    const pieces = piecesOf(allOf(secrets.now()));
    expect(findPieces(JSON.stringify([told, log.lines, snapshots.all]), pieces)).toEqual([]);
  };

  const unfit: readonly (readonly [string, TokenOverrides, string, object])[] = [
    [
      'of Graph',
      { audience: 'https://graph.microsoft.com', scope: 'Mail.Read' },
      'aud https://graph.microsoft.com; scp Mail.Read',
      { kind: 'wrong-resource', resource: 'graph' },
    ],
    [
      'without the IMAP scope',
      { scope: 'SMTP.Send' },
      'aud https://outlook.office.com; scp SMTP.Send',
      { kind: 'scope-missing' },
    ],
    [
      'of an app',
      { scope: null, claims: { idtyp: 'app', roles: ['IMAP.AccessAsApp'] } },
      'aud https://outlook.office.com; no scp, roles',
      { kind: 'app-only', hasImapRole: true },
    ],
  ];

  it.each(unfit)('says so without asking the mail server, and goes on when it is mended: %s', async (...row) => {
    const [, overrides, detail, problem] = row;
    world.identity.setTokenOverrides(overrides);
    core.signIn.begin(world.profile);
    const state = await until(isUnfit);
    expect(state).toMatchObject({ error: { code: 'token-unfit', detail } });
    // The sign-in's token, and the one renewal that might have brought a better one.
    expect(world.identity.log.tokenRequestCount('authorization_code')).toBe(1);
    expect(world.identity.log.tokenRequestCount('refresh_token')).toBe(1);
    const report = await own();
    expect(report?.verdict).toEqual({ kind: 'unfit', problem, others: [] });
    expect(logins()).toBe(0);
    expect(world.imap.counts.refusedLogins).toBe(0);

    world.identity.setTokenOverrides({});
    core.checkNow(null);
    await until(({ kind }) => kind === 'watching');
    expect(logins()).toBe(1);
    expectNoSecret(report);
  });

  it('is told apart from one whose token fits, of which only the claims come out', async () => {
    core.signIn.begin(world.profile);
    await until(({ kind }) => kind === 'watching');
    const report = await own();
    expect(report).toMatchObject({
      verdict: { kind: 'fits' },
      facts: { subject: 'person', user: ada.address, tenantId: ada.tid, objectId: ada.oid, cloud: 'public' },
    });
    const id = core.accounts.records()[0]?.id ?? '';
    const others = core.tokenInspector.inspect(await world.identity.issueToken(lin), id);
    expect(others.verdict).toEqual({
      kind: 'unfit',
      problem: { kind: 'other-tenant', expected: ada.address },
      others: [],
    });
    const app = core.tokenInspector.inspect(await world.identity.issueAppOnlyToken(ada.tid, []), id);
    expect(app.verdict).toMatchObject({ problem: { kind: 'app-only', hasImapRole: false } });
    expectNoSecret([report, others, app]);
    expect(await core.tokenInspector.inspectOwn('nobody')).toBeNull();
  });
});
