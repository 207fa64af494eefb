import { describe, expect, it } from 'vitest';
import { CommandError } from '../../../electron/main/ipc/command-error.ts';
import { commandSchemas } from '../../../electron/main/ipc/command-schemas.ts';
import {
  maxCommandsUnderWay,
  serveMessages,
  type CommandHandlers,
  type IpcEndpoint,
} from '../../../electron/main/ipc/message-server.ts';
import type { SenderEvent, SenderFrame } from '../../../electron/main/ipc/sender-check.ts';
import { refusalsPerWindow, refusalWindowMs } from '../../../electron/main/refusal-log.ts';
import type { AppSnapshot } from '../../../electron/shared/snapshot.ts';
import { ipcChannels } from '../../../electron/shared/window-api.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';

const ourId = 7;
const appOrigin = 'tidings://app';
const page: SenderFrame = { url: `${appOrigin}/index.html`, origin: appOrigin, parent: null };
const fromPage: SenderEvent = { sender: { id: ourId }, senderFrame: page };
const snapshot = { revision: 3 } as AppSnapshot;

class FakeIpcMain implements IpcEndpoint {
  readonly channels = new Map<string, (event: SenderEvent, ...args: unknown[]) => unknown>();

  handle(channel: string, listener: (event: SenderEvent, ...args: unknown[]) => unknown): void {
    if (this.channels.has(channel)) throw new Error(`second handler for ${channel}`);
    this.channels.set(channel, listener);
  }

  removeHandler(channel: string): void {
    this.channels.delete(channel);
  }

  async send(channel: string, event: SenderEvent, ...args: unknown[]): Promise<unknown> {
    const listener = this.channels.get(channel);
    if (listener === undefined) throw new Error(`no handler for ${channel}`);
    return listener(event, ...args);
  }
}

type AnyHandler = (args: unknown) => Promise<unknown>;

function serve(overrides: Readonly<Record<string, AnyHandler>> = {}) {
  const calls: [string, unknown][] = [];
  const handlers = Object.fromEntries(
    Object.keys(commandSchemas).map((name) => [
      name,
      async (args: unknown) => {
        calls.push([name, args]);
        return overrides[name]?.(args) ?? null;
      },
    ]),
  ) as unknown as CommandHandlers;
  const ipcMain = new FakeIpcMain();
  const log = recordingLog();
  const clock = new FakeClock();
  let windowId: number | null = ourId;
  const server = serveMessages({
    ipcMain,
    ourWindowId: () => windowId,
    appOrigin,
    getSnapshot: () => snapshot,
    handlers,
    log,
    clock,
  });
  return {
    ipcMain,
    calls,
    log,
    clock,
    server,
    closeWindow: () => {
      windowId = null;
    },
    command: (name: unknown, args: unknown, event = fromPage) => ipcMain.send(ipcChannels.command, event, name, args),
  };
}

describe('a message from our own page', () => {
  it('gets the snapshot', async () => {
    expect(await serve().ipcMain.send(ipcChannels.getSnapshot, fromPage)).toBe(snapshot);
  });

  it('runs its command with its arguments and answers with the value', async () => {
    const { command, calls } = serve({ 'registration.openFile': async () => true });
    expect(await command('account.remove', { accountId: 'a' })).toEqual({ ok: true, value: null });
    expect(await command('registration.openFile', {})).toEqual({ ok: true, value: true });
    expect(calls).toEqual([
      ['account.remove', { accountId: 'a' }],
      ['registration.openFile', {}],
    ]);
  });

  it('answers a known failure with its code, whichever room it comes from', async () => {
    const failure = Object.assign(new Error('x'), { info: { code: 'disk-full', at: 0 } });
    const { command } = serve({
      'account.signIn': async () => Promise.reject(new CommandError('client-id-missing')),
      'vault.retry': async () => Promise.reject(failure),
    });
    expect(await command('account.signIn', {})).toEqual({ ok: false, code: 'client-id-missing' });
    expect(await command('vault.retry', {})).toEqual({ ok: false, code: 'disk-full' });
  });

  it('answers anything else with "unexpected", logs it, and keeps the text to itself', async () => {
    const odd = Object.assign(new Error('x'), { info: { code: 'no-such-code' } });
    const { command, log } = serve({
      'account.signIn': async () => Promise.reject(new Error('inner words')),
      'vault.retry': async () => Promise.reject(odd),
    });
    expect(await command('account.signIn', {})).toEqual({ ok: false, code: 'unexpected' });
    expect(await command('vault.retry', {})).toEqual({ ok: false, code: 'unexpected' });
    expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(2);
  });

  it('is refused beyond the number of commands that may be under way, and served again after', async () => {
    const ends: (() => void)[] = [];
    const { command } = serve({
      'account.signIn': () =>
        new Promise((resolve) => {
          ends.push(() => {
            resolve(null);
          });
        }),
    });
    const begun = Array.from({ length: maxCommandsUnderWay }, () => command('account.signIn', {}));
    expect(await command('vault.retry', {})).toEqual({ ok: false, code: 'unexpected' });
    for (const end of ends) end();
    await Promise.all(begun);
    expect(await command('vault.retry', {})).toEqual({ ok: true, value: null });
  });
});

describe('a message from elsewhere', () => {
  const disposed: SenderEvent = {
    sender: { id: ourId },
    get senderFrame(): SenderFrame {
      throw new Error('Render frame was disposed before WebFrameMain could be accessed');
    },
  };
  it.each<[string, SenderEvent, string]>([
    ['another window', { sender: { id: 8 }, senderFrame: page }, 'foreign-window'],
    ['a frame that was navigated away', { sender: { id: ourId }, senderFrame: null }, 'no-frame'],
    ['a frame that was disposed', disposed, 'no-frame'],
    ['a frame inside the page', { sender: { id: ourId }, senderFrame: { ...page, parent: page } }, 'sub-frame'],
    [
      'another site',
      { sender: { id: ourId }, senderFrame: { ...page, url: 'https://example.com/', origin: 'https://example.com' } },
      'foreign-origin',
    ],
    [
      'a host that begins like ours',
      { sender: { id: ourId }, senderFrame: { ...page, url: 'tidings://app.evil/', origin: 'tidings://app.evil' } },
      'foreign-origin',
    ],
    [
      'a page with an opaque origin',
      { sender: { id: ourId }, senderFrame: { ...page, origin: 'null' } },
      'foreign-origin',
    ],
    [
      'a blank page that inherited our origin',
      { sender: { id: ourId }, senderFrame: { ...page, url: 'about:blank' } },
      'foreign-origin',
    ],
  ])('%s is refused on every channel, with its reason', async (_who, event, reason) => {
    const { ipcMain, command, calls, log } = serve();
    expect(await ipcMain.send(ipcChannels.getSnapshot, event)).toBeNull();
    expect(await command('account.signIn', {}, event)).toEqual({ ok: false, code: 'unexpected' });
    expect(calls).toEqual([]);
    const reasons = log.lines.map(({ facts }) => (facts as { reason: string }).reason);
    expect(reasons).toEqual([`${ipcChannels.getSnapshot}: ${reason}`, `${ipcChannels.command}: ${reason}`]);
  });

  it('is refused while there is no window', async () => {
    const { command, calls, closeWindow } = serve();
    closeWindow();
    expect(await command('account.signIn', {})).toEqual({ ok: false, code: 'unexpected' });
    expect(calls).toEqual([]);
  });
});

describe('what is no command', () => {
  it.each([
    ['an unknown name', 'account.steal', {}],
    ['a name every object has', 'constructor', {}],
    ['a prototype', '__proto__', {}],
    ['no text', ['account.signIn'], {}],
    ['missing arguments', 'account.remove', undefined],
    ['null for arguments', 'account.signIn', null],
    ['an argument too many', 'account.signIn', { extra: 1 }],
    ['an argument of the wrong kind', 'account.remove', { accountId: 5 }],
    ['an empty id', 'account.remove', { accountId: '' }],
    ['an endless id', 'account.remove', { accountId: 'a'.repeat(129) }],
    ['an unknown link', 'link.open', { link: 'https://example.com/' }],
    ['an unknown language', 'settings.setLanguage', { language: 'tlh' }],
    ['a text too long for the clipboard', 'clipboard.write', { text: 'a'.repeat(4097) }],
    ['an array', 'account.signIn', []],
    ['a date', 'account.signIn', new Date(0)],
    ['a map', 'account.signIn', new Map([['accountId', 'a']])],
    ['no bytes', 'account.signIn', new Uint8Array()],
    ['a buffer', 'account.signIn', new ArrayBuffer(8)],
    ['an error', 'account.signIn', new Error('x')],
    ['an object of a class', 'account.remove', Object.assign(Object.create({}), { accountId: 'a' })],
  ])('%s reaches no handler', async (_what, name, args) => {
    const { command, calls, log } = serve();
    expect(await command(name, args)).toEqual({ ok: false, code: 'unexpected' });
    expect(calls).toEqual([]);
    expect(log.lines).toHaveLength(1);
  });

  it('is refused when more than a name and arguments come', async () => {
    const { ipcMain, calls } = serve();
    const answer = await ipcMain.send(ipcChannels.command, fromPage, 'account.signIn', {}, 'more');
    expect(answer).toEqual({ ok: false, code: 'unexpected' });
    expect(calls).toEqual([]);
  });

  it('has its values kept out of the log', async () => {
    const { command, log } = serve();
    await command('registration.useClientId', { clientId: 5, tenant: 'private-tenant', 'private-key': 1 });
    expect(JSON.stringify(log.lines)).not.toContain('private-');
  });
});

describe('the log of refusals', () => {
  it('is not filled by a page that repeats itself, and says how many it left out', async () => {
    const { command, log, clock } = serve();
    for (let count = 0; count < 1_000; count += 1) await command('nope', {});
    expect(log.lines).toHaveLength(refusalsPerWindow);
    await clock.advance(refusalWindowMs);
    await command('nope', {});
    expect(log.lines.at(-1)?.facts).toMatchObject({ unwritten: 1_000 - refusalsPerWindow });
  });
});

describe('dispose', () => {
  it('takes both channels away', () => {
    const { ipcMain, server } = serve();
    server.dispose();
    expect(ipcMain.channels.size).toBe(0);
  });
});
