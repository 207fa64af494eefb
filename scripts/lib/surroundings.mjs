/** Where a command is given: what its needs and its refusal are decided by. */
export function surroundings() {
  return { env: process.env, platform: process.platform, uid: process.getuid?.() ?? null };
}

/** Whether there is a screen with a person before it: always but on a Linux without X and Wayland. */
export function hasDisplay({ env, platform }) {
  return platform !== 'linux' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
}

/** What the demo needs of the system. Reads its arguments as scripts/demo/demo-options.ts does. */
export function useOfDemo(args, here) {
  const end = args.indexOf('--');
  const own = end === -1 ? args : args.slice(0, end);
  return own.includes('--headless') || !hasDisplay(here) ? 'headless' : 'demo-on-display';
}

/** Why the real app can't be started here, for the person who tried; null when it can. */
export function whyNotStart(here) {
  if (here.uid === 0) {
    return (
      "Tidings doesn't run as root: Chromium's sandbox would be off. Run this as the user who reads the mail " +
      '(`npm run demo` may be run by root: it drops to an ordinary user).'
    );
  }
  return hasDisplay(here) ? null : 'there is no display to show a window on. `npm run demo` shows itself without one.';
}
