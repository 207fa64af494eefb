import type { DeploymentProfile } from '../../shared/profile.ts';
import { ProfileFailure } from './profile-failure.ts';
import { describeIssues, summarizeIssues } from './profile-issues.ts';
import { profileLayerSchema } from './profile-schema.ts';

/** Some fields of a profile, over those of the layer below. */
export type ProfileLayer = Partial<DeploymentProfile>;

/** Microsoft's public cloud, for personal, work and school accounts alike; nobody's client id. */
export const builtInProfile: DeploymentProfile = {
  clientId: null,
  authority: 'https://login.microsoftonline.com/common',
  knownAuthorities: [],
  resource: 'https://outlook.office.com',
  imap: { host: 'outlook.office365.com', port: 993 },
  extraCaFile: null,
};

/** The layers of a profile, weakest first. */
export interface ProfileLayers {
  readonly builtIn: DeploymentProfile;
  /** The publisher's values, given when the app was packaged. */
  readonly packaged: ProfileLayer;
  readonly settings: ProfileLayer;
  /** The file named by TIDINGS_PROFILE. */
  readonly file: ProfileLayer;
}

/** The profile for new accounts: of each field, the strongest layer that has it. `imap` is one field. */
export function resolveProfile({ builtIn, packaged, settings, file }: ProfileLayers): DeploymentProfile {
  return { ...builtIn, ...packaged, ...settings, ...file };
}

/**
 * Checks a layer that came from outside. `source` is its name for people (`profile.json`, `the packaged profile`).
 * Throws a {@link ProfileFailure} naming the first wrong fields, e.g.
 * `imap.port: must be between 1 and 65535 (in profile.json)`.
 */
export function parseProfileLayer(input: unknown, source: string, now: number): ProfileLayer {
  const checked = profileLayerSchema.safeParse(input);
  if (checked.success) return checked.data;
  throw new ProfileFailure(`${summarizeIssues(describeIssues(checked.error))} (in ${source})`, now);
}
