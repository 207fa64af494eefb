import { parseProfileLayer, type ProfileLayer } from './deployment-profile.ts';
import { ProfileFailure } from './profile-failure.ts';

/** The variable that holds the publisher's values while the app is built. */
export const packagedProfileVariable = 'TIDINGS_PACKAGED_PROFILE';

/**
 * The publisher's values from `text`, the JSON in {@link packagedProfileVariable}; none where it is undefined or
 * empty. Throws a ProfileFailure naming the field: it is for the build, which a misspelt one must stop.
 */
export function parsePackagedProfile(text: string | undefined): ProfileLayer {
  if (text === undefined || text === '') return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new ProfileFailure(`${packagedProfileVariable}: is not valid JSON`, Date.now(), { cause: error });
  }
  return parseProfileLayer(parsed, packagedProfileVariable, Date.now());
}
