import { accessSync, constants, mkdirSync } from 'node:fs';
import { type StorageFailure, storageFailure } from './storage-failure.ts';

/** Why the app can't keep its files in this folder, which is made where it is missing; null when it can. */
export function dataFolderProblem(folder: string, now: number): StorageFailure | null {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    return storageFailure(error, now);
  }
}
