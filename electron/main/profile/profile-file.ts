import { open } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { parseProfileLayer, type ProfileLayer } from './deployment-profile.ts';
import { ProfileFailure } from './profile-failure.ts';

/** A profile is some lines long; a file above this (bytes) is something else. */
const maxFileSize = 65_536;

/**
 * Reads a profile from the JSON file at `path`: the one TIDINGS_PROFILE names, or a set-up file that a person opens.
 * A relative `extraCaFile` is taken from the file's own folder and comes back absolute. Rejects with a
 * {@link ProfileFailure} naming the file and, where it is one field's fault, the field.
 */
export async function readProfileFile(path: string, now: () => number): Promise<ProfileLayer> {
  const name = basename(path);
  const layer = parseProfileLayer(parseJson(await readBounded(path, name, now), name, now), name, now());
  if (layer.extraCaFile === undefined || layer.extraCaFile === null) return layer;
  return { ...layer, extraCaFile: resolve(dirname(resolve(path)), layer.extraCaFile) };
}

async function readBounded(path: string, name: string, now: () => number): Promise<string> {
  try {
    const handle = await open(path, 'r');
    try {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(maxFileSize + 1), 0, maxFileSize + 1, 0);
      if (bytesRead > maxFileSize) throw new ProfileFailure(`${name}: is too big to be a profile`, now());
      return buffer.subarray(0, bytesRead).toString('utf8');
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof ProfileFailure) throw error;
    const reason = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
    throw new ProfileFailure(`${name}: can't be read (${reason})`, now(), { cause: error });
  }
}

function parseJson(text: string, name: string, now: () => number): unknown {
  try {
    // Windows' own editors put a byte order mark first.
    return JSON.parse(text.replace(/^\ufeff/u, ''));
  } catch (error) {
    const where = placeOfError(text, error);
    throw new ProfileFailure(`${name}: is not valid JSON${where}`, now(), { cause: error });
  }
}

/** ` (line 3, column 7)` from V8's message, without the text that it quotes; empty where it names no place. */
function placeOfError(text: string, error: unknown): string {
  const position = error instanceof Error ? /at position (\d+)/u.exec(error.message)?.[1] : undefined;
  if (position === undefined) return '';
  const before = text.slice(0, Number(position)).split('\n');
  return ` (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`;
}
