import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { builtInProfile } from '../../electron/main/profile/deployment-profile.ts';
import { createThrowAwayCa } from '../standin/ca.ts';
import { ada } from '../standin/people.ts';
import { ScriptedServer } from './scripted-server.ts';
import { WatchedAccount } from './watched-account.ts';

/** Runs with Ada's account, not started yet, and a scripted server that has her mail. */
export async function onScriptedServer(
  run: (server: ScriptedServer, watched: WatchedAccount) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tidings-scripted-'));
  const ca = await createThrowAwayCa();
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, ca.caPem);
  const server = await ScriptedServer.start(await ca.issue({ hosts: ['localhost'] }));
  const imap = { host: 'localhost', port: server.port };
  const profile = { ...builtInProfile, clientId: 'any', imap, extraCaFile: caFile };
  const watched = new WatchedAccount({ profile, person: ada, issueToken: () => Promise.resolve('token') });
  try {
    await run(server, watched);
  } finally {
    await watched.quit();
    server.dispose();
    rmSync(folder, { recursive: true });
  }
}
