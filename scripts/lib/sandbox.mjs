import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from './say.mjs';

function setting(path) {
  try {
    return readFileSync(join('/proc/sys', path), 'utf8').trim();
  } catch {
    // A kernel without the setting doesn't restrict.
    return null;
  }
}

/** Whether this Linux keeps ordinary programs from making user namespaces, which Chromium's sandbox is made of. */
function namespacesAreClosed() {
  return (
    setting('kernel/apparmor_restrict_unprivileged_userns') === '1' ||
    setting('kernel/unprivileged_userns_clone') === '0' ||
    setting('user/max_user_namespaces') === '0'
  );
}

function hasHelper(directory) {
  const { mode, uid } = statSync(join(directory, 'chrome-sandbox'));
  return uid === 0 && (mode & 0o4000) !== 0;
}

/**
 * Stops where Chromium's sandbox can't work (Ubuntu 23.10 and later, hardened kernels), with the line that
 * mends it: Electron would end with a message that proposes to turn the sandbox off.
 */
export function requireSandbox({ kind, directory }) {
  if (process.platform !== 'linux' || !namespacesAreClosed() || hasHelper(directory)) return;
  const helper = join(directory, 'chrome-sandbox');
  const line =
    kind === 'official'
      ? `sudo chown root:root "${helper}" && sudo chmod 4755 "${helper}"`
      : // Nothing of the stop-gap is given root's rights.
        'sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 kernel.unprivileged_userns_clone=1';
  throw new SetupError(
    `this system's settings keep Chromium's sandbox from working. Run this line, then try again:\n${line}`,
  );
}
