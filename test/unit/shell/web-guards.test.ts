import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Session } from 'electron';
import { describe, expect, it } from 'vitest';
import { forbiddenSwitches } from '../../../electron/main/shell/forbidden-switches.ts';
import { describeUrl, installWebGuards, mayRequest, type GuardedApp } from '../../../electron/main/shell/web-guards.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';

type AnyFunction = (...args: unknown[]) => unknown;

/** Records the handlers that Electron would be given, by the name of their setter. */
class FakeSession extends EventEmitter {
  readonly handlers = new Map<string, unknown>();
  readonly webRequest = { onBeforeRequest: this.#keep('onBeforeRequest') };
  readonly setPermissionRequestHandler = this.#keep('permissionRequest');
  readonly setPermissionCheckHandler = this.#keep('permissionCheck');
  readonly setDevicePermissionHandler = this.#keep('devicePermission');
  readonly setSpellCheckerEnabled = this.#keep('spellChecker');

  call(name: string, ...args: unknown[]): unknown {
    return (this.handlers.get(name) as AnyFunction)(...args);
  }

  #keep(name: string) {
    return (handler: unknown) => {
      if (this.handlers.has(name)) throw new Error(`${name} set twice`);
      this.handlers.set(name, handler);
    };
  }
}

class FakeContents extends EventEmitter {
  readonly session = new FakeSession();
  webRtc = '';
  openHandler: ((details: { url: string }) => unknown) | null = null;

  setWebRTCIPHandlingPolicy(policy: string): void {
    this.webRtc = policy;
  }

  setWindowOpenHandler(handler: (details: { url: string }) => unknown): void {
    this.openHandler = handler;
  }
}

function install() {
  const app = new EventEmitter();
  const log = recordingLog();
  const guards = installWebGuards({ app: app as unknown as GuardedApp, log, clock: new FakeClock() });
  const contents = new FakeContents();
  app.emit('web-contents-created', {}, contents);
  return { app, log, guards, contents, session: contents.session };
}

/** Every permission that Electron's types name for either handler. */
function electronsPermissions(): readonly string[] {
  const types = readFileSync(new URL('../../../node_modules/electron/electron.d.ts', import.meta.url), 'utf8');
  const unions = [
    ...types.matchAll(/setPermission(?:Request|Check)Handler\(handler: .*? permission: ((?:'\w[\w-]*'[ |]*)+)/gu),
  ];
  const names = unions.flatMap(([, union = '']) => [...union.matchAll(/'([^']+)'/gu)].map(([, name = '']) => name));
  return [...new Set(names)];
}

/** Whether a listener kept Electron from going on. */
function prevented(emitter: EventEmitter, name: string, details: object = {}, ...args: unknown[]): boolean {
  let result = false;
  const preventDefault = (): void => {
    result = true;
  };
  emitter.emit(name, { ...details, preventDefault }, ...args);
  return result;
}

describe('a page', () => {
  it.each(['will-frame-navigate', 'will-redirect'])('goes nowhere (%s)', (name) => {
    const { contents, log } = install();
    for (const url of ['https://example.com/?private', 'file:///etc/passwd', 'tidings://app/index.html']) {
      expect(prevented(contents, name, { url })).toBe(true);
    }
    expect(JSON.stringify(log.lines)).not.toMatch(/private|passwd/);
  });

  it('opens no window and attaches no other page', () => {
    const { contents } = install();
    expect(contents.openHandler?.({ url: 'https://example.com/' })).toEqual({ action: 'deny' });
    expect(prevented(contents, 'will-attach-webview')).toBe(true);
  });

  it('cannot keep its window open', () => {
    expect(prevented(install().contents, 'will-prevent-unload')).toBe(true);
  });

  it('gets no device', () => {
    const { contents, session } = install();
    const answers: unknown[] = [];
    const choose = (answer?: unknown): void => void answers.push(answer);
    expect(prevented(contents, 'select-bluetooth-device', {}, [], choose)).toBe(true);
    expect(prevented(session, 'select-hid-device', {}, {}, choose)).toBe(true);
    expect(prevented(session, 'select-serial-port', {}, [], {}, choose)).toBe(true);
    expect(prevented(session, 'select-usb-device', {}, {}, choose)).toBe(true);
    expect(answers).toEqual(['', undefined, '', undefined]);
    expect(session.call('devicePermission', { deviceType: 'hid' })).toBe(false);
  });

  it.each([...electronsPermissions(), 'unknown'])('gets no permission for %s', (permission) => {
    const { session } = install();
    const answers: unknown[] = [];
    session.call('permissionRequest', {}, permission, (answer: unknown) => void answers.push(answer));
    expect(answers).toEqual([false]);
    expect(session.call('permissionCheck', {}, permission, 'tidings://app')).toBe(false);
  });

  it('could be asked for more than these, by what Electron knows today', () => {
    expect(electronsPermissions().length).toBeGreaterThan(20);
    expect(electronsPermissions()).toEqual(expect.arrayContaining(['media', 'openExternal', 'usb']));
  });

  it('has no WebRTC by UDP', () => {
    expect(install().contents.webRtc).toBe('disable_non_proxied_udp');
  });

  it('downloads nothing and loads nothing but its own files', () => {
    const { session } = install();
    expect(prevented(session, 'will-download')).toBe(true);
    const answers: unknown[] = [];
    for (const url of ['tidings://app/index.html', 'https://example.com/', 'file:///etc/passwd']) {
      session.call('onBeforeRequest', { url }, (answer: unknown) => void answers.push(answer));
    }
    expect(answers).toEqual([{ cancel: false }, { cancel: true }, { cancel: true }]);
    expect(session.handlers.get('spellChecker')).toBe(false);
  });
});

describe('the guards', () => {
  it('are on each session once, however often it is seen', () => {
    const { app, guards, session } = install();
    app.emit('session-created', session);
    guards.guardSession(session as unknown as Session);
    expect(session.listenerCount('will-download')).toBe(1);
  });

  it('give no client certificate away', () => {
    const { app } = install();
    const answers: unknown[] = [];
    const choose = (answer?: unknown): void => void answers.push(answer);
    expect(prevented(app, 'select-client-certificate', {}, {}, 'https://example.com', [{}], choose)).toBe(true);
    expect(answers).toEqual([undefined]);
  });

  it('leave no listener on the app after dispose', () => {
    const { app, guards } = install();
    guards.dispose();
    expect(app.eventNames()).toEqual([]);
  });
});

describe('what a session may load', () => {
  it.each(['tidings://app/', 'data:image/png;base64,AA==', 'devtools://devtools/bundled/x.html'])('%s', (url) => {
    expect(mayRequest(url)).toBe(true);
  });

  it.each(['tidings://app.evil/', 'tidings://other/', 'http://localhost/', 'wss://example.com/', 'blob:x', ''])(
    'not %j',
    (url) => {
      expect(mayRequest(url)).toBe(false);
    },
  );

  it('is written to the log by scheme and host', () => {
    expect(describeUrl('https://user:pw@example.com:8443/a?b#c')).toBe('https://example.com:8443');
    expect(describeUrl('file:///home/somebody/x')).toBe('file:');
    expect(describeUrl('nonsense')).toBe('no address');
  });
});

describe('switches', () => {
  const start = (...args: string[]) => ['/opt/Tidings/tidings', ...args];

  it.each([
    ['--remote-debugging-port=9222', 'remote-debugging-port'],
    ['--remote-debugging-pipe', 'remote-debugging-pipe'],
    ['--inspect', 'inspect'],
    ['--inspect-brk=0', 'inspect-brk'],
    ['--inspect_brk', 'inspect-brk'],
    ['--disable-web-security', 'disable-web-security'],
    ['--host-rules=MAP * evil', 'host-rules'],
    ['--host-resolver-rules=MAP * evil', 'host-resolver-rules'],
    ['--ignore-certificate-errors', 'ignore-certificate-errors'],
    ['--disable-setuid-sandbox', 'disable-setuid-sandbox'],
    ['--disable-gpu-sandbox', 'disable-gpu-sandbox'],
    ['--in-process-gpu', 'in-process-gpu'],
    ['--allow-sandbox-debugging', 'allow-sandbox-debugging'],
    ['--zygote-cmd-prefix=gdb', 'zygote-cmd-prefix'],
    ['-no-sandbox', 'no-sandbox'],
    ['/No-Sandbox', 'no-sandbox'],
  ])('%s is refused by the released app', (argument, name) => {
    expect(forbiddenSwitches(start('.', argument), false)).toEqual([name]);
  });

  it.each([
    '--hidden',
    '--enable-features=UseOzonePlatform',
    '--user-data-dir=/x',
    'inspect',
    '--inspector',
    '/home/no',
  ])('%s is not', (argument) => {
    expect(forbiddenSwitches(start(argument), false)).toEqual([]);
  });

  it('lets the build for tests be debugged, and nothing else', () => {
    const argv = start('--inspect=0', '--remote-debugging-port=0', '--no-sandbox', '--host-rules=x');
    expect(forbiddenSwitches(argv, true)).toEqual(['no-sandbox', 'host-rules']);
  });
});
