/**
 * The core in a process of its own, on the disk it is started on: see core-process.ts. Besides what {@link serveParent}
 * says, it tells `['told', …]` and `['log-failed', …]` of itself.
 */
import { loadAppData } from '../../electron/main/app-data.ts';
import { systemClock } from '../../electron/main/clock.ts';
import { createCore } from '../../electron/main/core.ts';
import type { Core } from '../../electron/main/core-types.ts';
import { createFileLogger, type FileLogger } from '../../electron/main/log-file.ts';
import { builtInProfile } from '../../electron/main/profile/deployment-profile.ts';
import { Notices } from '../../electron/main/state/notices.ts';
import { appPaths } from '../../electron/main/storage/paths.ts';
import { type CoreHost, openBrowser, serveParent, startTelling } from './core-host.ts';
import type { CoreOrder } from './core-process.ts';
import { refsOf } from './message-refs.ts';

interface LoggingHost extends CoreHost {
  readonly log: FileLogger;
}

async function start({ folder, profile, sessionOnly }: CoreOrder): Promise<LoggingHost> {
  const paths = appPaths(folder);
  const log = createFileLogger({
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
    openBrowser,
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
  startTelling(core);
  return {
    core,
    log,
    async dispose() {
      await core.dispose();
      await log.flush();
    },
  };
}

serveParent(start, {
  retryVault: ({ core }) => core.vault.retry(),
  log: ({ log }, ...lines) => {
    for (const line of lines) log.info(String(line));
  },
});
