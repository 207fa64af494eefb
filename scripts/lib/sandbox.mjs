import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from './say.mjs';

/** What keeps ordinary programs from making user namespaces, which Chromium's sandbox is made of. */
const restrictions = [
  { name: 'kernel.apparmor_restrict_unprivileged_userns', closed: '1', open: '0' },
  { name: 'kernel.unprivileged_userns_clone', closed: '0', open: '1' },
  // What a kernel sets by itself depends on the memory; a browser with many tabs needs a few dozen.
  { name: 'user.max_user_namespaces', closed: '0', open: '10000' },
];

function setting(name) {
  try {
    return readFileSync(join('/proc/sys', ...name.split('.')), 'utf8').trim();
  } catch {
    // A kernel without the setting doesn't restrict.
    return null;
  }
}

function hasHelper(directory) {
  const file = statSync(join(directory, 'chrome-sandbox'), { throwIfNoEntry: false });
  return file !== undefined && file.uid === 0 && (file.mode & 0o4000) !== 0;
}

/**
 * Stops where Chromium's sandbox can't work (Ubuntu 23.10 and later, hardened kernels), with the line that
 * mends it: Electron would end with a message that proposes to turn the sandbox off.
 */
export function requireSandbox({ kind, directory }) {
  if (process.platform !== 'linux') return;
  const met = restrictions.filter(({ name, closed }) => setting(name) === closed);
  if (met.length === 0 || hasHelper(directory)) return;
  const sudo = process.getuid() === 0 ? '' : 'sudo ';
  const helper = join(directory, 'chrome-sandbox');
  const line =
    kind === 'official'
      ? `${sudo}chown root:root "${helper}" && ${sudo}chmod 4755 "${helper}"`
      : // Nothing of the stop-gap is given root's rights.
        `${sudo}sysctl -w ${met.map(({ name, open }) => `${name}=${open}`).join(' ')}`;
  throw new SetupError(
    `this system's settings keep Chromium's sandbox from working. Run this line, then try again:\n${line}`,
  );
}
