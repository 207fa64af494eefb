import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { OtherSystem } from './other-system.ts';

const initScript = `#!/bin/sh
### BEGIN INIT INFO
# Provides: dovecot
# Required-Start:
# Required-Stop:
# Default-Start: 2 3 4 5
# Default-Stop: 0 1 6
### END INIT INFO
if [ "$1" = start ]; then echo yes >/var/started; fi
`;

/** What debhelper writes into such a package, and a halt in the middle where /var/hold is a named pipe. */
const postinst = `
deb-systemd-helper enable dovecot.service >/dev/null
deb-systemd-helper --user enable mail.socket >/dev/null
update-rc.d dovecot defaults >/dev/null
if [ -p /var/hold ]; then echo yes >/var/half-way; cat /var/hold; fi
if [ -e /var/refuse ]; then echo 'the package refused'; exit 1; fi
invoke-rc.d --skip-systemd-native dovecot start || exit 1
`;

/** Puts into the archive what the set-up wants and the system lacks: a display and, with a service, Dovecot. */
export function publishWanted(system: OtherSystem, version = '1.0'): void {
  system.without('Xvfb', 'dovecot');
  system.archive.publish('xvfb', { version, files: { '/usr/bin/Xvfb': '#!/bin/sh\n' } });
  system.archive.publish('dovecot-imapd', { version, depends: 'dovecot-core', files: {} });
  system.archive.publish('dovecot-core', {
    version,
    files: {
      '/usr/sbin/dovecot': '#!/bin/sh\n',
      '/etc/init.d/dovecot': initScript,
      '/etc/systemd/system/dovecot.service': '[Install]\nWantedBy=multi-user.target\n',
      '/etc/systemd/user/mail.socket': '[Install]\nWantedBy=sockets.target\n',
    },
    postinst,
  });
}

const starters = [
  '/etc/systemd/system/multi-user.target.wants/dovecot.service',
  '/etc/systemd/user/sockets.target.wants/mail.socket',
  ...['2', '3', '4', '5'].map((level) => `/etc/rc${level}.d/S01dovecot`),
];

/** What became of the service: whether it was started, and by what it would be the next time. */
export function serviceOf(system: OtherSystem): { started: boolean; startedBy: string[] } {
  return { started: system.exists('/var/started'), startedBy: starters.filter((path) => system.exists(path)) };
}

/** Never started, and by nothing. */
export const asleep = { started: false, startedBy: [] };
/** As apt leaves it by itself. */
export const awake = { started: true, startedBy: starters };

/** Lets the installation of the service stop in the middle; `reached` waits for that, `release` lets it go on. */
export function holdInstallation(system: OtherSystem): { reached: () => Promise<void>; release: () => void } {
  const pipe = system.outside('/var/hold');
  execFileSync('mkfifo', [pipe]);
  return {
    reached: () => expect.poll(() => existsSync(system.outside('/var/half-way'))).toBe(true),
    release: () => writeFileSync(pipe, ''),
  };
}
