import { describe, expect, it } from 'vitest';
import type { Surroundings } from '../../../scripts/lib/surroundings.mjs';
import { useOfDemo, whyNotStart } from '../../../scripts/lib/surroundings.mjs';
import { needsOf } from '../../../scripts/lib/system-needs.mjs';

const linux = (env: NodeJS.ProcessEnv, uid = 1000): Surroundings => ({ env, platform: 'linux', uid });
const atX = linux({ DISPLAY: ':0' });
const onWayland = linux({ WAYLAND_DISPLAY: 'wayland-0' });
const noDisplay = linux({ DISPLAY: '' });
const mac: Surroundings = { env: {}, platform: 'darwin', uid: 501 };
const windows: Surroundings = { env: {}, platform: 'win32', uid: null };

describe('what the demo needs of the system', () => {
  it.each([atX, onWayland, mac, windows])('is a desktop where a person sits at one: $platform $env', (here) => {
    expect(useOfDemo([], here)).toBe('demo-on-display');
    expect(useOfDemo(['--verbose', '--', '--headless'], here)).toBe('demo-on-display');
  });

  it('is Xvfb, a browser and fonts where it runs by itself: without a display, or told to', () => {
    const needs = (args: string[], here: Surroundings): string[] =>
      needsOf(useOfDemo(args, here)).flatMap(({ packages }) => packages);
    for (const [args, here] of [
      [[], noDisplay],
      [['--headless'], atX],
      [['--out', 'pictures', '--headless', '--', '--x'], onWayland],
    ] as const) {
      expect(needs([...args], here)).toEqual(expect.arrayContaining(['xvfb', 'chromium', 'fonts-noto-cjk']));
    }
    expect(needs([], atX)).not.toContain('xvfb');
  });
});

describe('starting the real app', () => {
  it('is refused to root, wherever', () => {
    for (const here of [linux({ DISPLAY: ':0' }, 0), linux({}, 0), { ...mac, uid: 0 }]) {
      expect(whyNotStart(here)).toContain("doesn't run as root");
    }
  });

  it('is refused without a display', () => {
    expect(whyNotStart(noDisplay)).toContain('no display');
  });

  it.each([atX, onWayland, mac, windows])('is possible elsewhere: $platform $env', (here) => {
    expect(whyNotStart(here)).toBeNull();
  });
});
