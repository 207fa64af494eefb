import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** How much of a secret is too much, in characters. */
const pieceLength = 20;

/** Every piece of 20 characters of the secrets, as they are and as base64, base64url and hex have them. */
export type SecretPieces = ReadonlySet<string>;

/** @throws for a secret that is too short to have a piece */
export function piecesOf(secrets: readonly string[]): SecretPieces {
  const pieces = new Set<string>();
  for (const secret of secrets) {
    if (secret.length < pieceLength) throw new Error('A secret too short to search for');
    for (const text of codings(secret)) {
      for (let at = 0; at + pieceLength <= text.length; at += 1) pieces.add(text.slice(at, at + pieceLength));
    }
  }
  return pieces;
}

/** Escaping a URL changes none of our secrets but for their dots, so that no coding of that is here. */
function codings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  // Within a longer text, base64 takes its three bytes from any of three places. The last group of four is left out:
  // what follows would change it.
  const groups = [0, 1, 2].map((skipped) => bytes.subarray(skipped, bytes.length - ((bytes.length - skipped) % 3)));
  return [
    secret,
    bytes.toString('hex'),
    ...groups.flatMap((group) => [group.toString('base64'), group.toString('base64url')]),
  ];
}

/** Which pieces are in `content`, also where it has 16 bits a character (as Chromium's own files may). */
export function findPieces(content: string, pieces: SecretPieces): readonly string[] {
  const found = new Set<string>();
  for (const text of [content, content.replaceAll('\0', '')]) {
    for (const [run] of text.matchAll(/[\w.~+/=-]{20,}/gu)) {
      for (let at = 0; at + pieceLength <= run.length; at += 1) {
        const piece = run.slice(at, at + pieceLength);
        if (pieces.has(piece)) found.add(piece);
      }
    }
  }
  return [...found];
}

/** One place where a search looked. */
export interface SearchedPlace {
  readonly name: string;
  readonly found: readonly string[];
}

/** Searches every file below `root`, but for the folders directly in it that `isLeftOut` names. */
export function searchFiles(
  root: string,
  pieces: SecretPieces,
  isLeftOut: (folder: string) => boolean = () => false,
): readonly SearchedPlace[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((top) => !(top.isDirectory() && isLeftOut(top.name)))
    .flatMap((top) =>
      top.isDirectory() ? filesBelow(join(root, top.name)) : top.isFile() ? [join(root, top.name)] : [],
    )
    .flatMap((path) => {
      const content = contentOf(path);
      return content === null ? [] : [{ name: relative(root, path), found: findPieces(content, pieces) }];
    });
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** Searches the command line and the environment of a process, where it is still there and they may be read. */
export function searchProcess(pid: number, pieces: SecretPieces): readonly SearchedPlace[] {
  return ['cmdline', 'environ'].flatMap((file) => {
    const content = contentOf(`/proc/${pid}/${file}`);
    return content === null ? [] : [{ name: file, found: findPieces(content, pieces) }];
  });
}

/** Null for what has gone, or isn't ours to read (a sandboxed process of Chromium's, for an ordinary user). */
function contentOf(path: string): string | null {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES') return null;
    throw error;
  }
}
