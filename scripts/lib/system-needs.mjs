/**
 * What each use needs of the system, told by the thing itself (a program, a library, a file, a font), because the
 * packages' names differ between releases; `packages` are the names to try, newest first.
 */

const library = (name, ...packages) => ({ kind: 'library', names: [name], packages });
const file = (names, ...packages) => ({ kind: 'file', names, packages });
const program = (names, ...packages) => ({ kind: 'program', names, packages });
const font = (language, ...packages) => ({ kind: 'font', names: [language], packages });

/** What Electron itself is linked to or loads. */
const runtime = [
  library('libgtk-3.so.0', 'libgtk-3-0t64', 'libgtk-3-0'),
  library('libnss3.so', 'libnss3'),
  library('libasound.so.2', 'libasound2t64', 'libasound2'),
  library('libgbm.so.1', 'libgbm1'),
  library('libXss.so.1', 'libxss1'),
  library('libatk-bridge-2.0.so.0', 'libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'),
  library('libcups.so.2', 'libcups2t64', 'libcups2'),
  library('libdrm.so.2', 'libdrm2'),
  library('libsecret-1.so.0', 'libsecret-1-0'),
  library('libnotify.so.4', 'libnotify4'),
];

/** A session and a keyring of our own, whether or not there is a display. */
const session = [
  program(['dbus-daemon'], 'dbus-daemon', 'dbus'),
  program(['gnome-keyring-daemon'], 'gnome-keyring'),
  program(['setpriv'], 'util-linux'),
];

/** What people have. */
export const browsers = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** Chromium without its surface, then what does as well where a system has no package of it. */
export const headlessBrowsers = ['chromium-headless-shell', ...browsers];

const fakeTime = (machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketimeMT.so.1`;

/**
 * A small disk that is really full, networks that really change and fail, proxies as offices have them, and a click
 * on a window that nothing else can reach.
 */
const testing = [
  program(['unshare'], 'util-linux'),
  program(['nsenter'], 'util-linux'),
  program(['ip'], 'iproute2'),
  program(['mount'], 'mount'),
  program(['xdotool'], 'xdotool'),
  // Most tests only need somebody to be signed in: it does that with a third of the CPU time.
  program(headlessBrowsers, 'chromium-headless-shell', 'chromium'),
  program(['gio'], 'libglib2.0-bin'),
  program(['nft'], 'nftables'),
  program(['tinyproxy'], 'tinyproxy-bin'),
  program(['microsocks'], 'microsocks'),
  // Clocks that can be set without anybody else's noticing.
  file(['x86_64', 'aarch64'].map(fakeTime), 'libfaketime'),
];

const desktop = [program(['xdg-open'], 'xdg-utils')];

/** What a display, a browser and readable pictures take where nobody has them. */
const headless = [
  program(['Xvfb'], 'xvfb'),
  program(browsers, 'chromium'),
  font('en', 'fonts-dejavu-core'),
  font('zh-cn', 'fonts-noto-cjk'),
];

/** A real IMAP server for tests and measurements to run, as an ordinary user and with a configuration of their own. */
const mailServer = [
  program(['dovecot'], 'dovecot-imapd'),
  file(['/usr/lib/dovecot/imap', '/usr/libexec/dovecot/imap'], 'dovecot-imapd'),
  file(['/usr/lib/dovecot/lmtp', '/usr/libexec/dovecot/lmtp'], 'dovecot-lmtpd'),
];

/** What packages of the app are made and checked with. */
const packaging = [
  program(['dpkg-deb'], 'dpkg'),
  // Debian 12's `7zip` has no program of this name; later ones have it, and p7zip-full only leads to it.
  program(['7z'], 'p7zip-full', '7zip'),
  program(['appstreamcli'], 'appstream'),
  program(['desktop-file-validate'], 'desktop-file-utils'),
];

const uses = {
  none: [],
  start: [...runtime, ...desktop],
  'demo-on-display': [...runtime, ...session, ...desktop],
  headless: [...runtime, ...session, ...headless],
  bench: [...runtime, ...session, ...headless, ...mailServer],
  tests: [...runtime, ...session, ...headless, ...mailServer, ...testing, ...packaging],
  package: packaging,
};

/** The things that `use` needs on Linux: none | start | demo-on-display | headless | bench | tests | package. */
export function needsOf(use) {
  return uses[use];
}
