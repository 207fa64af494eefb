import { lstat, readdir, realpath, rm, rmdir, unlink } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { isOwnName } from './own-names.ts';
import { systemErrorCode } from './storage-failure.ts';

/** Something that is still there, and the system's code for why (`EACCES`, `EBUSY` …). */
export interface LeftBehind {
  /** Absolute. */
  readonly path: string;
  readonly reason: string;
}

export interface FolderRemoval {
  /** False when there was nothing to remove. */
  readonly found: boolean;
  /** At most {@link longestList}; empty when everything went. */
  readonly leftBehind: readonly LeftBehind[];
  /** Whether the folder itself, and what in it isn't ours, was left on purpose. */
  readonly keptFolder: boolean;
}

/** More paths than this tell nobody more. */
export const longestList = 20;

/** `whole`: the folder is ours alone. `own-files`: somebody chose it, and may keep other things in it. */
export type RemovalExtent = 'whole' | 'own-files';

/**
 * Removes the app's data folder as far as it can: what can't be removed is passed over and told. Links in it are
 * removed, never followed; another file system mounted in it isn't entered. A data folder that is a link itself is one
 * that the person has put elsewhere: of its target only our own files are removed. Never rejects.
 */
export async function removeDataFolder(folder: string, extent: RemovalExtent): Promise<FolderRemoval> {
  const leftBehind: LeftBehind[] = [];
  const missed = (path: string, error: unknown): void => {
    const reason = systemErrorCode(error) ?? String(error);
    if (reason === 'ENOENT' || leftBehind.length >= longestList) return;
    // A folder that isn't empty says why by what is in it.
    if (reason === 'ENOTEMPTY' && leftBehind.some((left) => left.path.startsWith(`${path}${sep}`))) return;
    leftBehind.push({ path, reason });
  };
  try {
    const isLink = (await lstat(folder)).isSymbolicLink();
    const root = isLink ? await realpath(folder) : folder;
    const { dev } = await lstat(root);
    if (extent === 'whole' && !isLink) {
      await removeTree(root, dev, missed);
      return { found: true, leftBehind, keptFolder: false };
    }
    const own = (await readdir(root)).filter(isOwnName);
    for (const name of own) await removeTree(join(root, name), dev, missed);
    return { found: own.length > 0, leftBehind, keptFolder: true };
  } catch (error) {
    missed(folder, error);
    return { found: leftBehind.length > 0, leftBehind, keptFolder: false };
  }
}

async function removeTree(path: string, dev: number, missed: (path: string, error: unknown) => void): Promise<void> {
  try {
    const found = await lstat(path);
    if (!found.isDirectory()) {
      await removeFile(path);
      return;
    }
    if (found.dev !== dev) {
      missed(path, 'another file system');
      return;
    }
    for (const name of await readdir(path)) await removeTree(join(path, name), dev, missed);
    await rmdir(path);
  } catch (error) {
    missed(path, error);
  }
}

async function removeFile(path: string): Promise<void> {
  // Windows refuses for a moment what a virus scanner or indexer looks at.
  if (process.platform === 'win32') await rm(path, { maxRetries: 5, retryDelay: 100 });
  else await unlink(path);
}
