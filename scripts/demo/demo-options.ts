import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** How the demo is to be run. */
export interface DemoOptions {
  /** `by-itself` needs no display; `on-display` is for a person at one. */
  readonly kind: 'by-itself' | 'on-display';
  /** Absolute; where the pictures go. */
  readonly out: string;
  /** Whether what the app writes to its standard output and error is shown. */
  readonly verbose: boolean;
  /** For the app: what stands behind `--`. */
  readonly appArgs: readonly string[];
}

export const demoUsage = `npm run demo -- [options] [-- arguments for the app]
  --out <folder>   where the pictures go (default: out/demo)
  --headless       runs by itself although there is a display
  --verbose        shows what the app says
  --help           shows this`;

/** What the command line asks for; null for help. Throws a TypeError naming an option that there isn't. */
export function parseDemoOptions(
  argv: readonly string[],
  surroundings: { readonly hasDisplay: boolean; readonly projectFolder: string },
): DemoOptions | null {
  const end = argv.indexOf('--');
  const { values } = parseArgs({
    args: argv.slice(0, end === -1 ? argv.length : end),
    options: {
      out: { type: 'string' },
      headless: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  return {
    kind: values.headless || !surroundings.hasDisplay ? 'by-itself' : 'on-display',
    out: values.out === undefined ? join(surroundings.projectFolder, 'out', 'demo') : resolve(values.out),
    verbose: values.verbose,
    appArgs: end === -1 ? [] : argv.slice(end + 1),
  };
}

/** Whether there is a screen with a person before it: always but on a Linux without X and Wayland. */
export function hasDisplay(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean {
  return platform !== 'linux' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY']);
}
