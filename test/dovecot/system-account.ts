import { readFileSync } from 'node:fs';

import type { OrdinaryUser } from '../desktop/ordinary-user.ts';

/** The names of a user and of its first group in this machine's own files: not every program takes numbers. */
export function accountNames({ uid, gid }: Pick<OrdinaryUser, 'uid' | 'gid'>): { user: string; group: string } {
  return { user: nameOf('/etc/passwd', uid), group: nameOf('/etc/group', gid) };
}

/** @throws when the file doesn't know the number */
function nameOf(file: string, id: number): string {
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [name, , number] = line.split(':');
    if (name !== undefined && Number(number) === id) return name;
  }
  throw new Error(`${file} has no name for ${id}`);
}
