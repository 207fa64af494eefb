import { chmodSync, closeSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { chmod, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The file system calls of {@link writeFileAtomically}, so that a test can let one of them fail. */
export interface AtomicFileSystem {
  readonly mkdir: typeof mkdir;
  readonly chmod: typeof chmod;
  readonly open: typeof open;
  readonly rename: typeof rename;
  readonly rm: typeof rm;
}

export const nodeFileSystem: AtomicFileSystem = { mkdir, chmod, open, rename, rm };

const fileMode = 0o600;
const folderMode = 0o700;

/**
 * Replaces the file at `path` by `content`, whole or not at all: a crash, a kill or a full disk at any point leaves
 * either the old file or the new one. The folder is made if missing; both are closed to other users. One write at a
 * time for a path, since all share one temporary name, so that kills leave at most one behind. Rejects with the file
 * system's error.
 */
export async function writeFileAtomically(
  path: string,
  content: string,
  fs: AtomicFileSystem = nodeFileSystem,
): Promise<void> {
  const folder = dirname(path);
  const temporary = `${path}.tmp`;
  await makePrivateFolder(folder, fs);
  try {
    const handle = await fs.open(temporary, 'w', fileMode);
    try {
      await handle.writeFile(content, 'utf8');
      // `open` keeps the mode of a file that a killed run left behind.
      await handle.chmod(fileMode);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await fs.rename(temporary, path);
  } catch (error) {
    await fs.rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(folder, fs);
}

/**
 * The same before it returns, so that a kill after it finds the new content; without waiting for the disk, which may
 * take longer than a screen can stand still: see {@link syncFile}. Throws the file system's error.
 */
export function replaceFileNow(path: string, content: string): void {
  const temporary = `${path}.tmp`;
  try {
    const file = openNew(temporary);
    try {
      writeFileSync(file, content, 'utf8');
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    removeQuietly(temporary);
    throw error;
  }
}

/** What can't be removed either is the next write's to deal with; the first error says what is wrong. */
function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // See above.
  }
}

/** Opens a file that isn't there; what stands in the way is a killed run's, or a folder that is missing. */
function openNew(path: string): number {
  try {
    return openSync(path, 'wx', fileMode);
  } catch {
    const folder = dirname(path);
    const firstMade = mkdirSync(folder, { recursive: true, mode: folderMode });
    if (firstMade === undefined && process.platform !== 'win32') chmodSync(folder, folderMode);
    rmSync(path, { force: true });
    return openSync(path, 'wx', fileMode);
  }
}

/** Makes a file that {@link replaceFileNow} has written durable. Rejects with the file system's error. */
export async function syncFile(path: string, fs: AtomicFileSystem = nodeFileSystem): Promise<void> {
  const handle = await fs.open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncFolder(dirname(path), fs);
}

/** Makes `folder` with its parents where missing, and closes it to other users. */
async function makePrivateFolder(folder: string, fs: AtomicFileSystem): Promise<void> {
  const firstMade = await fs.mkdir(folder, { recursive: true, mode: folderMode });
  // A folder that was there already may have been made by something with a wider umask (Electron makes userData).
  if (firstMade === undefined && process.platform !== 'win32') await fs.chmod(folder, folderMode);
}

/** Makes a rename durable. Windows can't open a folder and journals renames by itself. */
async function syncFolder(folder: string, fs: AtomicFileSystem): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await fs.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
