import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's root. */
export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * Where downloads are kept, outside the source tree: `TIDINGS_CACHE_DIR`, else the system's place for
 * caches. For root it is a folder that others can read, because tests and demo drop to an ordinary user.
 */
export function cacheRoot({ env = process.env, platform = process.platform, uid = process.getuid?.() } = {}) {
  if (env.TIDINGS_CACHE_DIR) return resolve(env.TIDINGS_CACHE_DIR);
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(homedir(), 'AppData', 'Local'), 'tidings-build');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'tidings-build');
  if (uid === 0) return '/var/cache/tidings';
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tidings-build');
}
