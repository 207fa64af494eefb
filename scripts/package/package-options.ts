import { parseArgs } from 'node:util';
import { PackagingFailure } from './packaging-failure.ts';

/** What somebody asked for on the command line of `npm run package`. */
export interface PackageOptions {
  /** The build that people get, or the one that end-to-end tests drive. */
  readonly flavour: Flavour;
  /** Only the unpacked folder, no archive and no installer. */
  readonly dirOnly: boolean;
  /** A package for tests, whatever it is built on. */
  readonly markedUnofficial: boolean;
  /** Every target of electron-builder.yml for this system; most need tools from GitHub. */
  readonly allTargets: boolean;
  /** Sign, and fail where that isn't possible. */
  readonly sign: boolean;
  /** In place of package.json's version; null for that one. */
  readonly version: string | null;
}

export type Flavour = 'release' | 'e2e';

const versionPattern = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.]+)?$/u;

/** How the command is called, for people. */
export const usage = `npm run package -- [options]
  --dir             only the unpacked folder
  --e2e             the build that end-to-end tests drive instead of the release
  --unofficial      a package for tests: needs no client id, can't be signed, says what it is
  --all             every target of electron-builder.yml for this system (fetches tools from GitHub)
  --sign            sign, and fail where that isn't possible
  --app-version v   another version than package.json's`;

/** @throws PackagingFailure naming what isn't understood */
export function parsePackageOptions(args: readonly string[]): PackageOptions {
  const { values } = parse(args);
  const version = values['app-version'] ?? null;
  if (version !== null && !versionPattern.test(version)) {
    throw new PackagingFailure(`--app-version ${version}: is not a version such as 1.2.3`);
  }
  return {
    flavour: values.e2e === true ? 'e2e' : 'release',
    dirOnly: values.dir === true,
    markedUnofficial: values.unofficial === true,
    allTargets: values.all === true,
    sign: values.sign === true,
    version,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: false,
      options: {
        dir: { type: 'boolean' },
        e2e: { type: 'boolean' },
        unofficial: { type: 'boolean' },
        all: { type: 'boolean' },
        sign: { type: 'boolean' },
        'app-version': { type: 'string' },
      },
    });
  } catch (error) {
    throw new PackagingFailure(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}
