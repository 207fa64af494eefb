import type { LockFile } from './lock-file.mjs';

export function installedMatchesLock(lock: LockFile, installed: Partial<LockFile>): boolean;
export function missingPackages(installed: Partial<LockFile>, folder: string): string[];
export function ensureDependencies(): Promise<void>;
