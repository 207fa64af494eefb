import type { LockFile } from './lock-file.mjs';

export function installedMatchesLock(lock: LockFile, installed: Partial<LockFile>): boolean;
export function ensureDependencies(): Promise<void>;
