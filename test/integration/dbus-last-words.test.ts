import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { typeScriptFlags } from '../../scripts/lib/project-node.mjs';
import { type Desktop, startDesktop } from '../desktop/desktop.ts';

let desktop: Desktop;

beforeAll(async () => {
  desktop = await startDesktop({ keyring: 'absent' });
});

afterAll(async () => {
  await desktop.dispose();
});

test('what the app has said on the bus has left, whatever becomes of the app in the next instant', async () => {
  const script = fileURLToPath(new URL('last-words-host.ts', import.meta.url));
  const child = fork(script, [desktop.session.busAddress], { execArgv: [...typeScriptFlags()], stdio: 'inherit' });
  const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  expect(signal).toBe('SIGKILL');
  await desktop.notifications.waitFor(({ summary }) => summary === 'second', 10_000);
  expect(desktop.notifications.all.map(({ summary }) => summary)).toEqual(['first', 'second']);
});
