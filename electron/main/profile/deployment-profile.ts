import { isDeepStrictEqual } from 'node:util';
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
  return overlay(overlay(overlay(builtIn, packaged), settings), file);
}

/**
 * `below` with what `above` says. A client id of null says nothing, for nobody can sign in with it; a CA file of null
 * is an answer: none is trusted besides the usual ones.
 */
export function overlay<T extends ProfileLayer>(below: T, above: ProfileLayer): T {
  return { ...below, ...Object.fromEntries(said(above)) };
}

/** The fields of `layer` of which `profile`, in which it has its part, has another value: a stronger layer's. */
export function overruledFields(layer: ProfileLayer, profile: DeploymentProfile): string[] {
  const used = new Map(Object.entries(profile));
  return said(layer).flatMap(([field, value]) => (isDeepStrictEqual(used.get(field), value) ? [] : [field]));
}

function said(layer: ProfileLayer): [field: string, value: unknown][] {
  return Object.entries(layer).filter(([field, value]) => field !== 'clientId' || value !== null);
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
