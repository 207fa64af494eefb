import { join } from 'node:path';
import type { AppProgram } from '../desktop/app.ts';
import type { DesktopSession } from '../desktop/session.ts';
import type { Flavour } from '../../scripts/package/package-options.ts';
import { builtPackage, outputOf } from './packages.ts';

/** Copies an unpacked package to where the session's user can run it: a checkout may be closed to all but root. */
export function copyPackage(flavour: Flavour, session: Pick<DesktopSession, 'folder'>): string {
  const folder = join(session.folder, 'package');
  outputOf('cp', ['--recursive', '--preserve=mode', builtPackage(flavour).folder, folder]);
  return folder;
}

/** The program of a package in `folder`. */
export function programIn(folder: string): AppProgram {
  return { executable: join(folder, 'tidings'), args: [] };
}

/**
 * The same program, started by a shell that says something first: with `umask 0` or with files already open.
 * It is the same process in the end, with the same arguments.
 */
export function programAfter(shell: string, { executable }: AppProgram): AppProgram {
  return { executable: '/bin/sh', args: ['-c', `${shell} exec "$0" "$@"`, executable] };
}
