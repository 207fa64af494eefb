import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPackageWithOptions, extractAll, uncache } from '@electron/asar';
import { packageDeb } from '../../scripts/package/deb-package.ts';
import { parsePackageOptions } from '../../scripts/package/package-options.ts';
import { planPackage } from '../../scripts/package/package-plan.ts';
import { type BuiltPackage, outputOf, project } from './packages.ts';

/** A package, and the version that the app in it says to be. */
export interface VersionedDeb {
  readonly file: string;
  readonly version: string;
}

/**
 * Makes the .deb of the next version out of the same build, by the packaging's own code: building it all again would
 * take most of a minute and change no more than this.
 * @param folder is made, and gets all that is written
 */
export async function higherDeb({ folder: unpacked }: BuiltPackage, folder: string): Promise<VersionedDeb> {
  const app = join(folder, 'app');
  mkdirSync(folder);
  outputOf('cp', ['--recursive', '--preserve=mode', '--reflink=auto', unpacked, app]);
  const archive = join(app, 'resources', 'app.asar');
  const code = join(folder, 'code');
  extractAll(archive, code);
  const manifestFile = join(code, 'package.json');
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as { version: string };
  const [major = '0', minor = '0'] = manifest.version.split('.');
  const version = `${major}.${Number(minor) + 1}.0`;
  writeFileSync(manifestFile, JSON.stringify({ ...manifest, version }));
  await createPackageWithOptions(code, archive, { unpack: '*.node' });
  // The library remembers what was in it, and packageDeb() asks it.
  uncache(archive);
  const plan = planPackage(parsePackageOptions(['--unofficial', '--app-version', version]), {
    runtimeKind: 'stop-gap',
    clientId: null,
    version: manifest.version,
  });
  return { file: await asThePackager(folder, () => packageDeb(plan, { project, app, output: folder })), version };
}

/** As in a process of its own: dpkg-deb takes no folders that only their owner may enter, and there is much to leave. */
async function asThePackager<T>(temporary: string, act: () => Promise<T>): Promise<T> {
  const { TMPDIR: before } = process.env;
  const umask = process.umask(0o022);
  process.env['TMPDIR'] = temporary;
  try {
    return await act();
  } finally {
    process.umask(umask);
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}
