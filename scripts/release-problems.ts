import { packagedProfileVariable, parsePackagedProfile } from '../electron/main/profile/packaged-profile.ts';
import { ProfileFailure } from '../electron/main/profile/profile-failure.ts';

export interface ReleaseCandidate {
  /** As it was pushed, such as `v1.2.3`. */
  readonly tag: string;
  /** package.json's. */
  readonly version: string;
  /** The JSON in TIDINGS_PACKAGED_PROFILE; undefined or empty where there is none. */
  readonly packagedProfile: string | undefined;
}

/** What stands between a tag and its release, each a sentence; empty when nothing does. */
export function releaseProblems({ tag, version, packagedProfile }: ReleaseCandidate): readonly string[] {
  const ofTag = tag === `v${version}` ? [] : [`The tag is ${tag}, but package.json says ${version}.`];
  return [...ofTag, ...profileProblems(packagedProfile)];
}

function profileProblems(text: string | undefined): readonly string[] {
  try {
    const { clientId } = parsePackagedProfile(text);
    if (clientId !== undefined && clientId !== null) return [];
    return [`${packagedProfileVariable} has no client id, without which nobody could sign in: see docs/release.md.`];
  } catch (error) {
    if (error instanceof ProfileFailure) return [error.info.detail ?? error.message];
    throw error;
  }
}
