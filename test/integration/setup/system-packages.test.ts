import { chmodSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Checkout, Ended, Running } from './checkout.ts';
import { makeCheckout } from './checkout.ts';
import type { OtherSystem, Visit } from './other-system.ts';
import { makeOtherSystem } from './other-system.ts';
import { asleep, publishWanted, serviceOf } from './service-package.ts';

let checkout: Checkout;
let system: OtherSystem;
beforeAll(() => {
  system = makeOtherSystem();
});
afterAll(() => system.dispose());
beforeEach(() => {
  checkout = makeCheckout();
  checkout.write(`cache/electron/official-45.0.0-${process.platform}-${process.arch}/electron`, '');
  publishWanted(system);
});
afterEach(async () => {
  await system.reset();
  checkout.dispose();
});

const startSetUp = (visit: Visit, env?: NodeJS.ProcessEnv): Running =>
  system.start(checkout.nodeStart(['scripts/setup.mjs', 'setup'], 'ok', env), visit);
const setUp = (visit: Visit, env?: NodeJS.ProcessEnv): Promise<Ended> => startSetUp(visit, env).ended;

const isInstalled = (): boolean => system.exists('/usr/bin/Xvfb') && system.exists('/usr/sbin/dovecot');
const installLine = 'sh scripts/install-packages.sh xvfb dovecot-imapd';

/** Puts a stand-in for sudo first in PATH. It keeps what it was told, and refuses. */
const placeSudo = (): void => {
  checkout.write('programs/sudo', `#!/bin/sh\necho "$@" >'${join(checkout.folder, 'sudo-calls')}'\nexit 1\n`);
  chmodSync(join(checkout.folder, 'programs', 'sudo'), 0o755);
};

describe('root with nobody at a terminal', () => {
  it('gets what is missing, once, and no service with it', async () => {
    const first = await setUp({});
    expect(first.output).toContain('set-up: system packages: installing xvfb dovecot-imapd …');
    expect(first.output).toContain('Electron 45.0.0: in place');
    expect(first.code).toBe(0);
    expect(isInstalled()).toBe(true);
    expect(serviceOf(system)).toEqual(asleep);
    const second = await setUp({});
    expect(second.output).toContain('set-up: system packages: in place');
    expect(second.code).toBe(0);
  });

  it('is told why when a package fails, and gets on when that is mended', async () => {
    system.write('/var/refuse', '');
    const failed = await setUp({});
    expect(failed.code).toBe(1);
    expect(failed.output).toContain('the package refused');
    expect(failed.output).toContain("STOPPED: the system packages couldn't be installed");
    await system.run(system.shell('rm /var/refuse'));
    expect((await setUp({})).code).toBe(0);
    expect(serviceOf(system)).toEqual(asleep);
  });

  it('is told which thing no package has', async () => {
    system.without('appstreamcli');
    const { code, output } = await setUp({});
    expect(code).toBe(1);
    expect(output).toContain('STOPPED: no package of this system has: program appstreamcli. Install it by hand');
    expect(isInstalled()).toBe(false);
  });

  it('has the ban on services taken away that a killed set-up left, though nothing is missing', async () => {
    await setUp({});
    system.write('/usr/sbin/policy-rc.d', '#!/bin/sh\n# by the set-up of Tidings\nexit 101\n');
    expect((await setUp({})).output).toContain('system packages: in place');
    expect(system.exists('/usr/sbin/policy-rc.d')).toBe(false);
  });
});

describe('at a terminal', () => {
  const atTerminal: Visit = { atTerminal: true };

  it('a list and a question come; n, just Enter, Ctrl+C and Ctrl+D stop with the line to paste', async () => {
    for (const answer of ['n\n', '\n', '\u0003', '\u0004']) {
      const running = startSetUp(atTerminal);
      await running.said('Install them now? [y/N]');
      running.type(answer);
      const { code, output } = await running.ended;
      expect(output).toContain('system packages are missing: xvfb dovecot-imapd (program Xvfb, program dovecot)');
      expect(output).toMatch(new RegExp(`try again:\\s+${installLine}\\s*$`));
      expect(code).toBe(1);
    }
    expect(isInstalled()).toBe(false);
  });

  it('y installs, and the set-up goes on', async () => {
    const running = startSetUp(atTerminal);
    await running.said('Install them now? [y/N]');
    running.type('y\n');
    const { code, output } = await running.ended;
    expect(output).toContain('Electron 45.0.0: in place');
    expect(code).toBe(0);
    expect(isInstalled()).toBe(true);
    expect(serviceOf(system)).toEqual(asleep);
  });

  it('who is not root is asked as well where there is sudo, which y then runs', async () => {
    placeSudo();
    const running = startSetUp({ ...atTerminal, as: 'person' });
    await running.said('Install them now with sudo? [y/N]');
    running.type('y\n');
    const { code, output } = await running.ended;
    expect(readFileSync(join(checkout.folder, 'sudo-calls'), 'utf8')).toBe(
      `sh ${checkout.folder}/${installLine.slice('sh '.length)}\n`,
    );
    expect(output).toContain("STOPPED: the system packages couldn't be installed");
    expect(code).toBe(1);
  });

  it('who is not root is told the line where there is no sudo', async () => {
    const { code, output } = await setUp({ ...atTerminal, as: 'person' });
    expect(output).not.toContain('[y/N]');
    expect(output).toContain(`sudo ${installLine}`);
    expect(code).toBe(1);
  });
});

describe('who is not root, with no terminal', () => {
  it('is told one line, which does it when it is pasted', async () => {
    const told = await setUp({ as: 'person' });
    expect(told.code).toBe(1);
    expect(told.output).toMatch(/STOPPED: system packages are missing\. Run this line, then try again:\nsudo (.+)\n$/);
    expect(isInstalled()).toBe(false);
    const line = told.output.trimEnd().split('\n').at(-1)?.replace('sudo ', '') ?? '';
    expect(line).toBe(installLine);
    expect(await system.run(system.shell(line, checkout.folder))).toEqual({ code: 0, output: '' });
    expect(await setUp({ as: 'person' })).toMatchObject({ code: 0 });
    expect(serviceOf(system)).toEqual(asleep);
  });

  it('is told the line for the folder that npm was called in', async () => {
    const { output } = await setUp({ as: 'person' }, { INIT_CWD: join(checkout.folder, 'scripts', 'lib') });
    expect(output).toContain('sudo sh ../install-packages.sh xvfb dovecot-imapd\n');
  });

  it('does not have sudo run without being asked, and leaves nothing in the folder for temporary files', async () => {
    placeSudo();
    await setUp({ as: 'person' });
    const left = readdirSync(checkout.folder);
    expect(left).not.toContain('sudo-calls');
    expect(left.filter((name) => name.startsWith('tidings-apt-'))).toEqual([]);
  });
});

describe('the demo at a display', () => {
  const demo = (...args: string[]): Promise<Ended> => {
    system.write('/usr/bin/xdg-open', '#!/bin/sh\n');
    const env = { DISPLAY: ':99' };
    return system.run(checkout.nodeStart(['scripts/setup.mjs', 'demo', ...args], 'ok', env), { as: 'person' });
  };

  it('wants a private one when it is to run by itself', async () => {
    const { code, output } = await demo('--headless');
    expect(output).toMatch(/Run this line, then try again:\nsudo sh scripts\/install-packages\.sh xvfb\n$/);
    expect(code).toBe(1);
  });

  it('wants none otherwise', async () => {
    expect((await demo('--verbose')).output).toContain('set-up: system packages: in place');
  });
});

describe('a Linux without apt', () => {
  it('is told what it lacks', async () => {
    system.without('apt-get');
    const { code, output } = await setUp({});
    expect(output).toContain(
      'STOPPED: this system lacks: program Xvfb, program dovecot. Install them with its package',
    );
    expect(code).toBe(1);
  });
});
