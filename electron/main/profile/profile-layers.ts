import { parseProfileLayer, type ProfileLayers } from './deployment-profile.ts';
import { readProfileFile } from './profile-file.ts';

/**
 * The layers that come from outside: the publisher's values from the build, and the file at `path`, the value of
 * TIDINGS_PROFILE (undefined or empty for none). Rejects with ProfileFailure naming the field.
 */
export async function loadProfileLayers(
  packaged: unknown,
  path: string | undefined,
  now: () => number,
): Promise<Pick<ProfileLayers, 'packaged' | 'file'>> {
  return {
    packaged: parseProfileLayer(packaged, 'the packaged profile', now()),
    file: path === undefined || path === '' ? {} : await readProfileFile(path, now),
  };
}
