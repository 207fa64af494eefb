/**
 * What each use needs of the system, told by the thing itself (a program, a library, a font), because the
 * packages' names differ between releases; `packages` are the names to try, newest first.
 */

const library = (name, ...packages) => ({ kind: 'library', names: [name], packages });
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

const desktop = [program(['xdg-open'], 'xdg-utils')];

/** What a display, a browser and readable pictures take where nobody has them. */
const headless = [
  program(['Xvfb'], 'xvfb'),
  program(['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'], 'chromium'),
  font('en', 'fonts-dejavu-core'),
  font('zh-cn', 'fonts-noto-cjk'),
];

const uses = {
  none: [],
  start: [...runtime, ...desktop],
  'demo-on-display': [...runtime, ...session, ...desktop],
  headless: [...runtime, ...session, ...headless],
};

/** The things that `use` needs on Linux: none | start | demo-on-display | headless. */
export function needsOf(use) {
  return uses[use];
}
