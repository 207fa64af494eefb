import { afterEach, describe, expect, it, vi } from 'vitest';
import { commandSchemas } from '../../../electron/main/ipc/command-schemas.ts';
import { type CommandHandlers, type IpcEndpoint, serveMessages } from '../../../electron/main/ipc/message-server.ts';
import type { AppSnapshot } from '../../../electron/shared/snapshot.ts';
import { ipcChannels } from '../../../electron/shared/window-api.ts';
import { commandShapes } from '../../package/command-shapes.ts';
import { sendHostileMessages } from '../../package/hostile-messages.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';

const shapes = commandShapes();
const commands = Object.keys(commandSchemas);

afterEach(() => {
  vi.unstubAllGlobals();
});

/** The page's side of a server whose commands all succeed; what leaves the page is copied, as Electron copies it. */
function stubPage(): void {
  const handlers = Object.fromEntries(commands.map((name) => [name, async () => null])) as unknown as CommandHandlers;
  const channels = new Map<string, Parameters<IpcEndpoint['handle']>[1]>();
  serveMessages({
    ipcMain: { handle: (channel, listener) => void channels.set(channel, listener), removeHandler: () => undefined },
    ourWindowId: () => 1,
    appOrigin: 'tidings://app',
    getSnapshot: () => ({}) as AppSnapshot,
    handlers,
    log: recordingLog(),
    clock: new FakeClock(),
  });
  const frame = { url: 'tidings://app/index.html', origin: 'tidings://app', parent: null };
  vi.stubGlobal('tidings', {
    invoke: async (...message: unknown[]) =>
      channels.get(ipcChannels.command)?.({ sender: { id: 1 }, senderFrame: frame }, ...structuredClone(message)),
  });
}

describe('the hostile messages', () => {
  it('know the fields of every command, those of unions too, and how long a text may be', () => {
    const some = ['accountId', 'mailboxId', 'muted', 'aadsts', 'approvalId', 'mode', 'password', 'showAddresses'];
    expect(shapes.fields).toEqual(expect.arrayContaining(some));
    expect(shapes.choices).toEqual(expect.arrayContaining(['manual', 'system', 'outlook-web', 'zh-CN', 'json']));
    expect(shapes.longestText).toBe(65_536);
  });

  it.each([1, 2, 3, 4, 5])('are never right, and leave no command and no field out: seed %i', async (seed) => {
    stubPage();
    const meaningful = ['an-account', ...shapes.choices];
    const outcome = await sendHostileMessages({
      ...shapes,
      seed,
      count: 3_000,
      commands,
      meaningful,
      answerLimitMs: 60_000,
    });
    expect(outcome.odd).toEqual([]);
    expect(outcome.refused).toBeGreaterThan(1_500);
    expect(outcome.used.commands.toSorted()).toEqual(commands.toSorted());
    expect(outcome.used.fields.toSorted()).toEqual(shapes.fields.toSorted());
  });
});
