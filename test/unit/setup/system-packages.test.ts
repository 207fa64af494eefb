import { describe, expect, it } from 'vitest';
import { needsOf } from '../../../scripts/lib/system-needs.mjs';
import { choosePackages, installable } from '../../../scripts/lib/system-packages.mjs';

/** As `apt-cache policy` answers: a heading a package, `(none)` for a name that is only provided by others. */
const policy = (candidates: Record<string, string>): string =>
  Object.entries(candidates)
    .map(
      ([name, version]) => `${name}:\n  Installed: (none)\n  Candidate: ${version}\n  Version table:\n     1.0 500\n`,
    )
    .join('');

const gtk = { kind: 'library' as const, names: ['libgtk-3.so.0'], packages: ['libgtk-3-0t64', 'libgtk-3-0'] };
const xvfb = { kind: 'program' as const, names: ['Xvfb'], packages: ['xvfb'] };

describe('system packages', () => {
  it('have their old names on Debian 12', () => {
    const available = installable(policy({ 'libgtk-3-0': '3.24.38-2', xvfb: '2:21.1.7' }));
    expect(choosePackages([gtk, xvfb], available)).toEqual({ packages: ['libgtk-3-0', 'xvfb'], unknown: [] });
  });

  it('have their new names on Debian 13 and Ubuntu 24.04, where the old ones have no candidate', () => {
    const available = installable(policy({ 'libgtk-3-0t64': '3.24.49-3', 'libgtk-3-0': '(none)', xvfb: '2:21.1.16' }));
    expect(choosePackages([gtk, xvfb], available).packages).toEqual(['libgtk-3-0t64', 'xvfb']);
  });

  it('are told apart from what no package has', () => {
    expect(choosePackages([gtk, xvfb], installable(policy({ xvfb: '2:21.1.7' })))).toEqual({
      packages: ['xvfb'],
      unknown: [gtk],
    });
  });

  it('are named once where one package meets two needs', () => {
    const available = installable(policy({ xvfb: '1' }));
    expect(choosePackages([xvfb, xvfb], available).packages).toEqual(['xvfb']);
  });

  it('are none for npm run check', () => {
    expect(needsOf('none')).toEqual([]);
  });

  it('include a keyring, a bus and a Chinese font for tests, but no display to show the app on one', () => {
    const packages = (use: 'headless' | 'start'): string[] => needsOf(use).flatMap((need) => need.packages);
    expect(packages('headless')).toEqual(
      expect.arrayContaining(['xvfb', 'chromium', 'gnome-keyring', 'dbus-daemon', 'fonts-noto-cjk']),
    );
    expect(packages('start')).not.toContain('xvfb');
  });

  it('include two browsers for tests, and one where the system has no package of the lighter', () => {
    const needs = needsOf('tests').filter((need) => need.names.includes('chromium'));
    const debian = installable(policy({ chromium: '156', 'chromium-headless-shell': '156' }));
    expect(choosePackages(needs, debian).packages.toSorted()).toEqual(['chromium', 'chromium-headless-shell']);
    const others = installable(policy({ chromium: '156', 'chromium-headless-shell': '(none)' }));
    expect(choosePackages(needs, others)).toEqual({ packages: ['chromium'], unknown: [] });
  });

  it('include a mail server and what packages are made with for tests, neither for the demo', () => {
    const packages = (use: 'tests' | 'headless' | 'package'): string[] => needsOf(use).flatMap((need) => need.packages);
    expect(packages('tests')).toEqual(expect.arrayContaining(['dovecot-imapd', 'dovecot-lmtpd', 'appstream', 'xvfb']));
    expect(packages('headless').filter((name) => /dovecot|appstream/.test(name))).toEqual([]);
    expect(packages('package')).not.toContain('dovecot-imapd');
  });
});
