/**
 * The core in a process of its own, on the disk it is started on: see core-process.ts. The first message from its
 * parent is the {@link CoreOrder}; after that it answers `[id, method, ...arguments]` with `[id, result]`, and tells
 * `['snapshot', …]`, `['told', …]` and `['log-failed', …]` of itself.
 */
import { loadAppData } from '../../electron/main/app-data.ts';
import { systemClock } from '../../electron/main/clock.ts';
import { createCore } from '../../electron/main/core.ts';
import type { Core } from '../../electron/main/core-types.ts';
import { createFileLogger, type FileLogger } from '../../electron/main/log-file.ts';
import { builtInProfile } from '../../electron/main/profile/deployment-profile.ts';
import { Notices } from '../../electron/main/state/notices.ts';
import { appPaths } from '../../electron/main/storage/paths.ts';
import type { Settings } from '../../electron/shared/settings.ts';
import { walkSignIn } from '../standin/identity/page-walker.ts';
import type { StandinPerson } from '../standin/people.ts';
import type { CoreOrder } from './core-process.ts';
import { refsOf } from './message-refs.ts';

let person: StandinPerson | null = null;
let log: FileLogger | null = null;

async function start({ folder, profile, sessionOnly }: CoreOrder): Promise<Core> {
  const paths = appPaths(folder);
  log = createFileLogger({
    directory: paths.logsFolder,
    clock: systemClock,
    level: 'info',
    onFailure: (error) => process.send?.(['log-failed', String(error)]),
  });
  const running: { core: Core | null } = { core: null };
  const notices = new Notices(() => {
    running.core?.state.touch();
  });
  const data = await loadAppData(paths, notices, systemClock, log);
  const core = createCore({
    appVersion: '0.0.0',
    data,
    notices,
    profileLayers: { builtIn: builtInProfile, packaged: {}, settings: data.settings.value.profile, file: profile },
    tokensFolder: paths.tokensFolder,
    language: () => 'en',
    resultPages: () => ({ success: 'in', failure: 'not in' }),
    openBrowser: async (url) => {
      // As a browser does: the page goes on after the call that opened it has ended.
      if (person !== null) void walkSignIn(url, person);
    },
    onNewMessages: (found) => {
      core.told(refsOf(found));
      process.send?.(['told', found]);
    },
    onRead: () => {},
    onSignedIn: () => {},
    onRemoved: () => {},
    focus: () => ({ focusedAccountId: null, focusRequest: 0 }),
    clock: systemClock,
    random: () => 0.5,
    log,
  });
  running.core = core;
  if (sessionOnly) core.vault.useSessionOnly();
  core.state.subscribe((snapshot) => process.send?.(['snapshot', snapshot]));
  core.start();
  process.send?.(['snapshot', core.state.snapshot]);
  return core;
}

type Methods = Readonly<Record<string, (core: Core, ...args: readonly unknown[]) => unknown>>;

const methods: Methods = {
  signIn: (core, who) => {
    person = who as StandinPerson;
    core.signIn.begin(core.registration.profile);
  },
  signInAgain: (core, who, accountId) => {
    person = who as StandinPerson;
    core.signIn.beginAgain(String(accountId));
  },
  setLanguage: (core, language) => {
    core.setLanguage(language as Settings['language']);
  },
  retryVault: (core) => core.vault.retry(),
  log: (_core, ...lines) => {
    for (const line of lines) log?.info(String(line));
  },
  quit: async (core) => {
    await core.dispose();
    await log?.flush();
  },
};

const core = new Promise<Core>((resolve, reject) => {
  process.once('message', (order) => {
    start(order as CoreOrder).then(resolve, reject);
  });
});

async function answer(message: unknown): Promise<void> {
  if (!Array.isArray(message)) return;
  const [id, method, ...args] = message as [number, string, ...unknown[]];
  process.send?.([id, (await methods[method]?.(await core, ...args)) ?? null]);
  if (method === 'quit') process.disconnect();
}

process.on('message', (message) => void answer(message));
process.on('disconnect', () => {
  process.exit(0);
});
