import { access, rename } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { systemErrorCode } from './storage-failure.ts';

/** Why a file isn't used: it can't be understood, or a newer Tidings wrote it. */
export type SetAsideReason = 'damaged' | 'newer';

/** The name a file gets when it is set aside: `settings.json` -> `settings.damaged-2026-11-22T20-36-00.json`. */
export function setAsideName(fileName: string, reason: SetAsideReason, at: number, attempt: number): string {
  const extension = extname(fileName);
  const stem = basename(fileName, extension);
  // Colons aren't allowed in file names on Windows.
  const when = new Date(at).toISOString().slice(0, 19).replaceAll(':', '-');
  const suffix = attempt === 0 ? '' : `-${attempt + 1}`;
  return `${stem}.${reason}-${when}${suffix}${extension}`;
}

/**
 * Renames the file at `path` so that it is kept but no longer used; answers its new name, without the folder.
 * An older file set aside in the same second isn't overwritten. Rejects with the file system's error.
 */
export async function setAside(path: string, reason: SetAsideReason, at: number): Promise<string> {
  for (let attempt = 0; ; attempt += 1) {
    const keptAs = setAsideName(basename(path), reason, at, attempt);
    const target = join(dirname(path), keptAs);
    if (await exists(target)) continue;
    await rename(path, target);
    return keptAs;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
