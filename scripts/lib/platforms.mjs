/**
 * Which tests run on which system: vitest.config.ts leaves out what is named here, and `npm test` the projects. What
 * is left out is neither counted nor called skipped.
 */

/** Projects of Vitest: their desktop is Xvfb, a D-Bus session and gnome-keyring, their packages are Debian's. */
const linuxProjects = ['e2e', 'faults', 'package'];

/** For Debian's apt and Chromium, user namespaces, /proc, mounts, Xvfb, D-Bus, gnome-keyring, Dovecot or proxies. */
const linuxTests = [
  'test/integration/core.test.ts',
  'test/integration/dbus-*.test.ts',
  'test/integration/desktop-*.test.ts',
  'test/integration/doctor.test.ts',
  'test/integration/dovecot.test.ts',
  'test/integration/exactly-once-dovecot.test.ts',
  'test/integration/full-disk*.test.ts',
  'test/integration/imap-server-*.test.ts',
  'test/integration/mailbox-watcher.test.ts',
  'test/integration/network-changes.test.ts',
  'test/integration/oidc-provider.test.ts',
  'test/integration/proxies.test.ts',
  'test/integration/remove-everything.test.ts',
  'test/integration/renderer-accessibility.test.ts',
  'test/integration/renderer-approval.test.ts',
  'test/integration/renderer-network.test.ts',
  'test/integration/renderer-registration.test.ts',
  'test/integration/renderer-removal.test.ts',
  'test/integration/renderer-shared-mailboxes.test.ts',
  'test/integration/renderer-trouble.test.ts',
  'test/integration/renderer-window.test.ts',
  'test/integration/setup/electron-*.test.ts',
  'test/integration/setup/install-packages.test.ts',
  'test/integration/setup/older-node.test.ts',
  'test/integration/setup/refusals.test.ts',
  'test/integration/setup/sandbox.test.ts',
  'test/integration/setup/stop-gap.test.ts',
  'test/integration/setup/system-packages.test.ts',
  'test/integration/secret-store.test.ts',
  'test/integration/shared-mailboxes.test.ts',
  'test/integration/sign-in-browser.test.ts',
  'test/integration/sign-in-flood.test.ts',
  'test/integration/vault-accounts.test.ts',
  'test/integration/vault-two-processes.test.ts',
  'test/integration/vault.test.ts',
];

/** For a shell, signals, file modes or paths as POSIX has them. */
const posixTests = [
  'test/integration/renderer-set-up-commands.test.ts',
  'test/integration/setup/commands.test.ts',
  'test/integration/setup/lint-rules.test.ts',
  'test/integration/setup/npm-ci.test.ts',
  'test/integration/setup/set-up.test.ts',
  'test/integration/setup/test-run.test.ts',
  'test/unit/shell/login-item.test.ts',
  'test/unit/storage/private-files.test.ts',
  'test/unit/storage/remove-folder.test.ts',
];

/** Whether a project of Vitest runs on a system. */
export function runsOn(project, platform = process.platform) {
  return platform === 'linux' || !linuxProjects.includes(project);
}

/** The tests that a system can't run, as globs from the checkout's root. */
export function testsLeftOut(platform = process.platform) {
  if (platform === 'linux') return [];
  return platform === 'win32' ? [...linuxTests, ...posixTests] : linuxTests;
}
