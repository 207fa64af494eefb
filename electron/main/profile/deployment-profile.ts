import { isDeepStrictEqual } from 'node:util';
import type { DeploymentProfile, ProfileLayer } from '../../shared/profile.ts';
import { ProfileFailure } from './profile-failure.ts';
import { describeIssues, summarizeIssues } from './profile-issues.ts';
import { profileLayerSchema } from './profile-schema.ts';

export type { ProfileLayer } from '../../shared/profile.ts';

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
  return [packaged, settings, file].reduce((below, above) => overlay(below, withoutProxy(above)), builtIn);
}

/** How connections leave the network: of the strongest layer that says so; the system's way where none does. */
export function resolveProxy({ packaged, settings, file }: ProfileLayers): string {
  return file.proxy ?? settings.proxy ?? packaged.proxy ?? 'system';
}

/** No account keeps it: it would go with the account to every other network. */
function withoutProxy(layer: ProfileLayer): Partial<DeploymentProfile> {
  const { proxy: _proxy, ...fields } = layer;
  return fields;
}

/**
 * `below` with what `above` says. A client id of null says nothing, for nobody can sign in with it; a CA file of null
 * is an answer: none is trusted besides the usual ones.
 */
export function overlay<T extends ProfileLayer>(below: T, above: ProfileLayer): T {
  return { ...below, ...Object.fromEntries(said(above)) };
}

/** The fields of `layer` of which `profile`, in which it has its part, has another value: a stronger layer's. */
export function overruledFields(layer: ProfileLayer, profile: ProfileLayer): string[] {
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
