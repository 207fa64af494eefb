/** Let another program drive or read the app; lifted only in the build that end-to-end tests drive. */
const debuggingSwitches: ReadonlySet<string> = new Set([
  'inspect',
  'inspect-brk',
  'inspect-brk-node',
  'inspect-port',
  'inspect-publish-uid',
  'inspect-wait',
  'remote-allow-origins',
  'remote-debugging-address',
  'remote-debugging-pipe',
  'remote-debugging-port',
  'remote-debugging-targets',
]);

/** Take away what protects the app's pages, its sign-in or its secrets; never lifted. */
const unsafeSwitches: ReadonlySet<string> = new Set([
  'allow-file-access-from-files',
  'allow-insecure-localhost',
  'allow-running-insecure-content',
  'allow-sandbox-debugging',
  'auto-open-devtools-for-tabs',
  'browser-subprocess-path',
  'debug-port',
  'disable-gpu-sandbox',
  'disable-namespace-sandbox',
  'disable-seccomp-filter-sandbox',
  'disable-setuid-sandbox',
  'disable-site-isolation-trials',
  'disable-web-security',
  'gpu-launcher',
  'host-resolver-rules',
  'host-rules',
  'ignore-certificate-errors',
  'ignore-certificate-errors-spki-list',
  'in-process-gpu',
  'load-extension',
  'no-sandbox',
  'no-zygote-sandbox',
  'renderer-cmd-prefix',
  'single-process',
  'ssl-key-log-file',
  'unsafely-treat-insecure-origin-as-secure',
  'utility-cmd-prefix',
  'zygote-cmd-prefix',
]);

/**
 * `--name`, `--name=value`. Chromium takes one dash as well, and on Windows a slash, in any case; Node takes `_` for `-`.
 */
const switchPattern = /^(?:--?|\/)([a-z][a-z0-9_-]*)(?:=|$)/i;

/**
 * The names of the switches in `argv` (`process.argv`, the program first) with which the app refuses to start, each
 * once, without their values. `allowDebugging` is the build constant.
 */
export function forbiddenSwitches(argv: readonly string[], allowDebugging: boolean): readonly string[] {
  const found = new Set<string>();
  for (const argument of argv.slice(1)) {
    const name = switchPattern.exec(argument)?.[1]?.toLowerCase().replaceAll('_', '-');
    if (name === undefined) continue;
    if (unsafeSwitches.has(name) || (!allowDebugging && debuggingSwitches.has(name))) found.add(name);
  }
  return [...found];
}
