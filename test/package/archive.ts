import { extractFile, listPackage, statFile } from '@electron/asar';

/** The paths of the files in an Electron archive, also of those that lie unpacked beside it, sorted. */
export function filesInArchive(archive: string): string[] {
  return listPackage(archive, { isPack: false })
    .map((path) => path.slice(1))
    .filter((path) => !('files' in statFile(archive, path)))
    .toSorted();
}

export function readArchived(archive: string, path: string): Buffer {
  return extractFile(archive, path);
}
