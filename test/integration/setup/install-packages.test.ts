import { readFileSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ended, Start } from './checkout.ts';
import { projectRoot } from './checkout.ts';
import type { OtherSystem } from './other-system.ts';
import { makeOtherSystem } from './other-system.ts';
import { asleep, awake, holdInstallation, publishWanted, serviceOf } from './service-package.ts';

const policy = '/usr/sbin/policy-rc.d';

let system: OtherSystem;
beforeAll(() => {
  system = makeOtherSystem();
});
afterAll(() => system.dispose());
beforeEach(async () => {
  publishWanted(system);
  await system.run(system.shell('apt-get -qq update'));
});
afterEach(() => system.reset());

const line = (...packages: string[]): Start =>
  system.shell(['exec sh', join(projectRoot, 'scripts', 'install-packages.sh'), ...packages].join(' '));
const install = (...packages: string[]): Promise<Ended> => system.run(line(...packages));

async function interruptHalfWay(signal: NodeJS.Signals): Promise<Ended> {
  const { reached, release } = holdInstallation(system);
  const running = system.start(line('dovecot-imapd'));
  await reached();
  running.signal(signal);
  // apt doesn't let a closed terminal interrupt it.
  if (signal === 'SIGHUP') release();
  const ended = await running.ended;
  await system.run(system.shell('rm /var/hold /var/half-way'));
  return ended;
}

describe('packages installed for development', () => {
  it('would start what they bring if apt did it alone: these tests would see it', async () => {
    await system.run(system.shell('apt-get -qq install -y dovecot-imapd'));
    expect(serviceOf(system)).toEqual(awake);
  });

  it('start nothing, now or later', async () => {
    expect(await install('dovecot-imapd')).toEqual({ code: 0, output: '' });
    expect(system.exists('/usr/sbin/dovecot')).toBe(true);
    expect(serviceOf(system)).toEqual(asleep);
    expect(system.exists(policy)).toBe(false);
  });

  it('leave a service alone that was there before', async () => {
    await system.run(system.shell('apt-get -qq install -y dovecot-imapd'));
    await install('xvfb');
    expect(serviceOf(system)).toEqual(awake);
  });

  it('stay asleep when they are upgraded later, without us', async () => {
    await install('dovecot-imapd');
    publishWanted(system, '2.0');
    await system.run(system.shell(`printf '#!/bin/sh\\nexit 101\\n' >${policy}; chmod 755 ${policy}`));
    const { output } = await system.run(system.shell('apt-get -qq update && apt-get -qq upgrade -y && dpkg -l'));
    expect(output).toMatch(/ii +dovecot-core +2\.0/);
    expect(serviceOf(system)).toEqual(asleep);
  });

  it("keep the machine's own ban on services as it was", async () => {
    const own = '#!/bin/sh\n# mine\nexit 104\n';
    system.write(policy, own);
    await install('dovecot-imapd');
    expect(serviceOf(system)).toEqual(asleep);
    expect(system.read(policy)).toBe(own);
    expect(statSync(system.outside(policy)).mode & 0o777).toBe(0o755);
    expect(system.exists(`${policy}.before-tidings`)).toBe(false);
  });

  it('are found again where the lists are older than the archive', async () => {
    publishWanted(system, '2.0');
    expect((await install('dovecot-imapd')).code).toBe(0);
    expect(serviceOf(system)).toEqual(asleep);
  });

  it('are not installed by anybody but root', async () => {
    const { code, output } = await system.run(line('xvfb'), { as: 'person' });
    expect(code).toBe(1);
    expect(output).toContain('put sudo before this line');
  });
});

describe('an installation that goes wrong', () => {
  it('says what apt said, and takes its ban on services away', async () => {
    system.write('/var/refuse', '');
    system.write(policy, '#!/bin/sh\nexit 0\n');
    const { code, output } = await install('dovecot-imapd');
    expect(code).toBe(1);
    expect(output).toContain('the package refused');
    expect(serviceOf(system)).toEqual(asleep);
    expect(system.read(policy)).toBe('#!/bin/sh\nexit 0\n');
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'takes its ban away after %s, and can be run again',
    async (name) => {
      expect((await interruptHalfWay(name)).code).toBe(128 + constants.signals[name]);
      expect(system.exists(policy)).toBe(false);
      expect(serviceOf(system)).toEqual(asleep);
      expect((await install('dovecot-imapd')).code).toBe(0);
      expect((await system.run(system.shell('dpkg --audit'))).output).toBe('');
      expect(serviceOf(system)).toEqual(asleep);
    },
  );

  it('is finished by the next run when it was killed', async () => {
    system.write(policy, '#!/bin/sh\nexit 0\n');
    await interruptHalfWay('SIGKILL');
    expect(system.read(policy)).toContain('exit 101');
    // Without packages, as the set-up does when it finds the ban and nothing is missing.
    expect((await install()).code).toBe(0);
    expect((await system.run(system.shell('dpkg --audit'))).output).toBe('');
    expect(serviceOf(system)).toEqual(asleep);
    expect(system.read(policy)).toBe('#!/bin/sh\nexit 0\n');
  });
});

describe('two installations at once', () => {
  it('go one after the other, both under the ban', async () => {
    const { ino } = statSync(system.outside('/usr/sbin'));
    const { reached, release } = holdInstallation(system);
    const first = system.start(line('dovecot-imapd'));
    await reached();
    const second = system.start(line('xvfb'));
    await expect.poll(() => readFileSync('/proc/locks', 'utf8')).toMatch(new RegExp(`-> FLOCK.*:${ino} `));
    // A set-up with nothing to install doesn't wait, and doesn't take the ban away from under the others.
    expect((await install()).code).toBe(0);
    expect(system.exists(policy)).toBe(true);
    release();
    expect([(await first.ended).code, (await second.ended).code]).toEqual([0, 0]);
    expect(serviceOf(system)).toEqual(asleep);
    expect(system.exists('/usr/bin/Xvfb')).toBe(true);
    expect(system.exists(policy)).toBe(false);
  });
});
