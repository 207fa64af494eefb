import type { App, Session, WebContents } from 'electron';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import { createRefusalLog, type RefusalLog } from '../refusal-log.ts';
import { appOrigin } from './app-paths.ts';

/** What is used of Electron's `app`. */
export type GuardedApp = Pick<App, 'on' | 'off'>;

export interface WebGuardsOptions {
  readonly app: GuardedApp;
  readonly log: Logger;
  readonly clock: Pick<Clock, 'now'>;
}

export interface WebGuards {
  /** Puts the guards on a session that was there before them (`session.defaultSession`). */
  guardSession(session: Session): void;
  dispose(): void;
}

/**
 * Guards every page and session the app ever makes: nothing navigates, opens a window, gets a permission or a device,
 * downloads, or asks the network for anything. To be installed before the app is ready. Pages show the app's scheme
 * only; whatever a person opens, the system's browser opens.
 */
export function installWebGuards(options: WebGuardsOptions): WebGuards {
  const { app } = options;
  const refuse = createRefusalLog('a page was refused', options.log, options.clock);
  const guarded = new WeakSet<Session>();

  const guardSession = (session: Session): void => {
    if (guarded.has(session)) return;
    guarded.add(session);
    guardPermissions(session, refuse);
    guardTraffic(session, refuse);
  };
  const onSession = (session: Session): void => {
    guardSession(session);
  };
  const onContents = (_event: unknown, contents: WebContents): void => {
    guardSession(contents.session);
    guardContents(contents, refuse);
  };
  // Where Electron asks a person for a certificate or a password, there is nothing of ours to give one to.
  const onClientCertificate = (
    event: { preventDefault(): void },
    _contents: unknown,
    _url: unknown,
    _list: unknown,
    choose: () => void,
  ): void => {
    event.preventDefault();
    refuse('client-certificate');
    choose();
  };

  app.on('session-created', onSession);
  app.on('web-contents-created', onContents);
  app.on('select-client-certificate', onClientCertificate);
  return {
    guardSession,
    dispose() {
      app.off('session-created', onSession);
      app.off('web-contents-created', onContents);
      app.off('select-client-certificate', onClientCertificate);
    },
  };
}

function guardContents(contents: WebContents, refuse: RefusalLog): void {
  // No policy of a page and no filter of a session is asked about WebRTC. What is left of it is TCP, which no-network.ts
  // leads nowhere.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  contents.on('will-frame-navigate', (event) => {
    event.preventDefault();
    refuse('navigation', { to: describeUrl(event.url) });
  });
  contents.on('will-redirect', (event) => {
    event.preventDefault();
    refuse('redirect', { to: describeUrl(event.url) });
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    refuse('webview');
  });
  contents.setWindowOpenHandler(({ url }) => {
    refuse('window.open', { to: describeUrl(url) });
    return { action: 'deny' };
  });
  // A page may not keep its window open: preventing this event lets the window close.
  contents.on('will-prevent-unload', (event) => {
    event.preventDefault();
    refuse('beforeunload');
  });
  contents.on('select-bluetooth-device', (event, _devices, choose) => {
    event.preventDefault();
    refuse('bluetooth');
    choose('');
  });
}

function guardPermissions(session: Session, refuse: RefusalLog): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    refuse('permission-request', { permission });
    answer(false);
  });
  // Asked often and by Chromium itself, so not logged.
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('select-hid-device', (event, _details, choose) => {
    event.preventDefault();
    refuse('hid');
    choose();
  });
  session.on('select-serial-port', (event, _ports, _contents, choose) => {
    event.preventDefault();
    refuse('serial');
    choose('');
  });
  session.on('select-usb-device', (event, _details, choose) => {
    event.preventDefault();
    refuse('usb');
    choose();
  });
}

function guardTraffic(session: Session, refuse: RefusalLog): void {
  session.on('will-download', (event) => {
    event.preventDefault();
    refuse('download');
  });
  // Else Chromium fetches dictionaries from Google.
  session.setSpellCheckerEnabled(false);
  // Mail and sign-in go through Node; a session has no business on the network whatever its page contains.
  session.webRequest.onBeforeRequest((details, answer) => {
    const cancel = !mayRequest(details.url);
    if (cancel) refuse('request', { to: describeUrl(details.url) });
    answer({ cancel });
  });
}

/** Whether a session may load an address: the app's own pages, pictures in them, and Chromium's inspector. */
export function mayRequest(url: string): boolean {
  return url.startsWith(`${appOrigin}/`) || url.startsWith('data:') || url.startsWith('devtools://');
}

/** Scheme and host of an address, for the log: a path or query may hold somebody's data. */
export function describeUrl(url: string): string {
  if (!URL.canParse(url)) return 'no address';
  const { protocol, host } = new URL(url);
  return host === '' ? protocol : `${protocol}//${host}`;
}
