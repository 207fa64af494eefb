import type { Flavour, PackageOptions } from './package-options.ts';
import { PackagingFailure } from './packaging-failure.ts';

/** What decides whether a package may be given to people. */
export interface PackageCircumstances {
  readonly runtimeKind: 'official' | 'stop-gap';
  /** The publisher's client id that is built in; null when there is none. */
  readonly clientId: string | null;
  /** package.json's. */
  readonly version: string;
}

export interface PackagePlan {
  readonly flavour: Flavour;
  readonly version: string;
  /** Between a file's name and its extension: nothing for what may be published. */
  readonly suffix: '' | '-unofficial' | '-e2e-unofficial';
  readonly targets: 'dir' | 'here' | 'all';
  readonly sign: boolean;
  /** Why it must not be given to people, each a sentence; empty when it may. */
  readonly unofficial: readonly string[];
}

/**
 * Decides what is built, and under which name.
 * @throws PackagingFailure for a package that would pass for a release and isn't one
 */
export function planPackage(options: PackageOptions, circumstances: PackageCircumstances): PackagePlan {
  const unofficial = [
    ...(circumstances.runtimeKind === 'official'
      ? []
      : ['It is built on the stop-gap Electron, which is unofficial and out of support.']),
    ...(options.flavour === 'e2e' ? ['It lets other programs drive it, for tests.'] : []),
    ...(options.markedUnofficial ? ['It was asked for as a test package.'] : []),
  ];
  if (options.sign && unofficial.length > 0) {
    throw new PackagingFailure(`this package must not be signed. ${unofficial.join(' ')}`);
  }
  if (options.allTargets && circumstances.runtimeKind === 'stop-gap') {
    throw new PackagingFailure('--all needs Electron’s own downloads, for other processors than this one');
  }
  if (unofficial.length === 0 && !options.dirOnly && circumstances.clientId === null) {
    throw new PackagingFailure(
      'a release needs the publisher’s client id, without which nobody could sign in: set TIDINGS_PACKAGED_PROFILE ' +
        '(for example to {"clientId":"…"}, see docs/deployment-profile.md), or add --unofficial for a test package.',
    );
  }
  return {
    flavour: options.flavour,
    version: options.version ?? circumstances.version,
    suffix: unofficial.length === 0 ? '' : options.flavour === 'e2e' ? '-e2e-unofficial' : '-unofficial',
    targets: options.dirOnly ? 'dir' : options.allTargets ? 'all' : 'here',
    sign: options.sign,
    unofficial,
  };
}
