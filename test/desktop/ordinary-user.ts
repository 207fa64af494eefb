import { chmodSync, chownSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Who the app runs as. Chromium's sandbox refuses root, and a test as root proves nothing about permissions. */
export interface OrdinaryUser {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
  /** Whether the caller is root and has to become this user for what it starts. */
  readonly drop: boolean;
}

/** Users that every Debian, Fedora and Arch has and that own nothing. */
const unprivilegedNames = ['nobody'];

/**
 * The caller, or for root an existing unprivileged user of the machine. None is created.
 * @throws when the caller is root and there is no such user
 */
export function ordinaryUser(): OrdinaryUser {
  const uid = process.getuid?.() ?? 0;
  const gid = process.getgid?.() ?? 0;
  if (uid !== 0) return { uid, gid, name: process.env['USER'] ?? String(uid), drop: false };
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [name, , userId, groupId] = line.split(':');
    if (name === undefined || !unprivilegedNames.includes(name)) continue;
    const user = { uid: Number(userId), gid: Number(groupId), name, drop: true };
    if (user.uid > 0 && user.gid > 0) return user;
  }
  throw new Error(`Root can't run the app, and none of these users exists: ${unprivilegedNames.join(', ')}`);
}

/** For `spawn`: libuv clears the supplementary groups itself when it changes the user. */
export function spawnIdentity(user: OrdinaryUser): { uid?: number; gid?: number } {
  return user.drop ? { uid: user.uid, gid: user.gid } : {};
}

/** Makes a folder that only the user can enter. */
export function makePrivateFolder(path: string, user: OrdinaryUser): string {
  mkdirSync(path, { mode: 0o700 });
  if (user.drop) chownSync(path, user.uid, user.gid);
  return path;
}

/** Writes a file that only the user can read. */
export function writePrivateFile(path: string, content: string | Uint8Array, user: OrdinaryUser): string {
  writeFileSync(path, content, { mode: 0o600 });
  if (user.drop) chownSync(path, user.uid, user.gid);
  return path;
}

const shellQuoted = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`;

/**
 * Writes a program that becomes the user and then is `executable`, same process, same arguments: for callers
 * such as Playwright that start a program themselves and can't change the user.
 * @param extraArgs put before the caller's own arguments
 */
export function writeLauncher(
  path: string,
  executable: string,
  user: OrdinaryUser,
  extraArgs: readonly string[] = [],
): string {
  const become = user.drop ? `setpriv --reuid=${user.uid} --regid=${user.gid} --clear-groups -- ` : '';
  const words = [executable, ...extraArgs].map(shellQuoted).join(' ');
  writeFileSync(path, `#!/bin/sh\nexec ${become}${words} "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}

/**
 * Checks that every folder on the way lets the user through.
 * @throws naming the folder that doesn't: a checkout that only root can enter, for one
 */
export function assertReachable(path: string, user: OrdinaryUser): void {
  if (!user.drop) return;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid } = statSync(folder);
    const bit = uid === user.uid ? 0o100 : 0o001;
    if ((mode & bit) === 0) throw new Error(`${user.name} can't enter ${folder}, so it can't use ${path}`);
    if (folder === dirname(folder)) return;
  }
}
