import { mkdirSync, writeFileSync } from 'node:fs';

import { loadAppData } from '../../electron/main/app-data.ts';
import { renderResultPages } from '../../electron/main/auth/result-page.ts';
import type { Clock } from '../../electron/main/clock.ts';
import { createCore } from '../../electron/main/core.ts';
import type { Core, CoreOptions } from '../../electron/main/core-types.ts';
import { createWords, type Language } from '../../electron/main/i18n.ts';
import type { NewMessages } from '../../electron/main/imap/new-message.ts';
import { builtInProfile } from '../../electron/main/profile/deployment-profile.ts';
import { Notices } from '../../electron/main/state/notices.ts';
import { appPaths } from '../../electron/main/storage/paths.ts';
import type { DeploymentProfile } from '../../electron/shared/profile.ts';
import { type AccountRecord, defaultSettings } from '../../electron/shared/settings.ts';
import type { AppSnapshot } from '../../electron/shared/snapshot.ts';
import { refsOf } from './message-refs.ts';
import { EventTrail } from './event-trail.ts';
import { recordingLog, type RecordingLog } from './recording-log.ts';

export interface HeadlessAppOptions {
  /** The app's data folder; made if need be. */
  readonly folder: string;
  readonly profile: DeploymentProfile;
  readonly clock: Clock;
  readonly language?: Language;
  /** Those of an earlier run; none unless given. */
  readonly accounts?: readonly AccountRecord[];
  /** MSAL's unless given. */
  readonly createAuth?: NonNullable<CoreOptions['createAuth']>;
  /** Always unless given. */
  readonly isOnline?: () => boolean;
  /** Where tokens are kept once `core.vault.retry` is called (Linux); the system's own unless given. */
  readonly secretStore?: NonNullable<CoreOptions['secretStore']>;
}

/** Tidings without a screen, with tokens in memory; what it would open in the system's browser waits in `opened`. */
export interface HeadlessApp {
  readonly core: Core;
  readonly snapshots: EventTrail<AppSnapshot>;
  readonly opened: EventTrail<string>;
  /** New mail, which counts as told at once. */
  readonly told: EventTrail<NewMessages>;
  /** The accounts whose lost sign-in was told. */
  readonly lost: readonly string[];
  readonly log: RecordingLog;
  /** Begins a sign-in, for a new account or, by its id, again; resolves with the address of its page. */
  beginSignIn(accountId?: string): Promise<string>;
}

/** The caller disposes of `core`. */
export async function startHeadlessApp(options: HeadlessAppOptions): Promise<HeadlessApp> {
  const { folder, profile, clock, language = 'en', accounts = [] } = options;
  mkdirSync(folder, { recursive: true });
  const paths = appPaths(folder);
  writeFileSync(paths.settingsFile, JSON.stringify({ ...defaultSettings, accounts, tokenStorage: 'session-only' }));
  const running: { core: Core | null } = { core: null };
  const snapshots = new EventTrail<AppSnapshot>();
  const opened = new EventTrail<string>();
  const told = new EventTrail<NewMessages>();
  const lost: string[] = [];
  const log = recordingLog();
  const notices = new Notices(() => {
    running.core?.state.touch();
  });
  const data = await loadAppData(paths, notices, clock, log);
  const words = createWords(language);
  const core = createCore({
    appVersion: '0.0.0',
    data,
    notices,
    profileLayers: { builtIn: builtInProfile, packaged: {}, settings: data.settings.value.profile, file: profile },
    tokensFolder: paths.tokensFolder,
    language: words.language,
    resultPages: () => renderResultPages(words.language(), words.translate),
    openBrowser: (url) => {
      opened.add(url);
      return Promise.resolve();
    },
    onNewMessages: (found) => {
      core.told(refsOf(found));
      told.add(found);
    },
    onRead: () => {},
    onSignedIn: () => {},
    lostSignIns: { onLost: ({ id }) => lost.push(id), onRegained: () => {} },
    ...(options.createAuth !== undefined && { createAuth: options.createAuth }),
    ...(options.isOnline !== undefined && { isOnline: options.isOnline }),
    ...(options.secretStore !== undefined && { secretStore: options.secretStore }),
    onRemoved: () => {},
    focus: () => ({ focusedAccountId: null, focusRequest: 0 }),
    clock,
    random: () => 0.5,
    log,
  });
  running.core = core;
  core.state.subscribe(snapshots.add);
  core.start();
  return {
    core,
    snapshots,
    opened,
    told,
    lost,
    log,
    beginSignIn: (accountId) => {
      const { mark } = opened;
      if (accountId === undefined) core.signIn.begin(core.registration.profile);
      else core.signIn.beginAgain(accountId);
      return opened.waitFor(() => true, mark);
    },
  };
}
