import { chmodSync, existsSync, lstatSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Configuration, Platform, build } from 'electron-builder';
import type { ElectronRuntime } from '../lib/electron-runtime.mjs';
import type { PackagePlan } from './package-plan.ts';
import { PackagingFailure } from './packaging-failure.ts';

/** The file in an unofficial package that says what it is. */
const unofficialNote = 'UNOFFICIAL-BUILD.txt';

export interface PackageFolders {
  readonly project: string;
  /** Where the packages go; emptied first. */
  readonly output: string;
}

/** The one target a system that `npm run package` makes without being asked for more, beside the .deb. */
const targetsHere: Partial<Record<NodeJS.Platform, string>> = { linux: 'tar.gz', win32: 'nsis', darwin: 'dmg' };

/**
 * Builds the unpacked folder, and by the plan archives and installers, by electron-builder.yml.
 * @returns the unpacked folder for this machine's processor
 * @throws PackagingFailure when a tool is missing
 */
export async function packageByElectronBuilder(
  plan: PackagePlan,
  runtime: ElectronRuntime,
  folders: PackageFolders,
): Promise<string> {
  rmSync(folders.output, { recursive: true, force: true });
  if (process.platform === 'linux' && plan.targets !== 'dir') prepareArchiver(plan);
  const here = plan.targets === 'dir' ? 'dir' : (targetsHere[process.platform] ?? 'dir');
  const platform = Platform.current();
  const unpacked: string[] = [];
  await build({
    projectDir: folders.project,
    targets: plan.targets === 'all' ? platform.createTarget() : platform.createTarget(here),
    publish: 'never',
    config: {
      ...changes(plan, folders),
      electronVersion: runtime.version,
      // With all targets there are other processors too: electron-builder then fetches each runtime itself.
      ...(plan.targets === 'all' ? {} : { electronDist: runtime.directory }),
      afterPack: ({ appOutDir }) => {
        unpacked.push(appOutDir);
        if (plan.unofficial.length > 0) writeFileSync(join(appOutDir, unofficialNote), note(plan));
        letEverybodyRead(appOutDir);
      },
    },
  });
  const first = unpacked.find((folder) => process.arch === 'arm64' || !folder.includes('arm64'));
  if (first === undefined) throw new Error('electron-builder packed nothing for this processor');
  return first;
}

/** What differs from electron-builder.yml. */
function changes(plan: PackagePlan, { output }: PackageFolders): Configuration {
  return {
    directories: { output },
    extraMetadata: { version: plan.version },
    // The placeholders are electron-builder's own.
    artifactName: ['tidings-', '{version}-', '{os}-', `{arch}${plan.suffix}.`, '{ext}'].join('$'),
    ...(plan.flavour === 'e2e' ? { electronFuses: { enableNodeCliInspectArguments: true } } : {}),
    ...(plan.sign ? { forceCodeSigning: true } : { mac: { identity: null } }),
    // A runtime brings one, for being started with a folder; a package must have no other app than its own.
    afterExtract: ({ packager, appOutDir }) => {
      for (const name of ['app', 'default_app.asar']) {
        rmSync(join(packager.getResourcesDir(appOutDir), name), { recursive: true, force: true });
      }
    },
  };
}

/** A package's modes must not be those that the builder's umask left in the checkout or in the runtime. */
function letEverybodyRead(folder: string): void {
  for (const name of ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]) {
    const path = join(folder, name);
    const stats = lstatSync(path);
    if (stats.isSymbolicLink()) continue;
    chmodSync(path, stats.isDirectory() || (stats.mode & 0o100) !== 0 ? 0o755 : 0o644);
  }
}

function note({ unofficial }: PackagePlan): string {
  return ['This is not a release of Tidings. Do not give it to people.', ...unofficial, ''].join('\n');
}

/** electron-builder fetches its own 7zip from GitHub unless it is told of one. */
function prepareArchiver(plan: PackagePlan): void {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = ['7zz', '7za', '7z'].flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
  if (found === undefined) throw new PackagingFailure('there is no 7zip: install 7zip or p7zip-full');
  process.env['ELECTRON_BUILDER_7ZIP_PATH'] ??= found;
  // Its level for archives costs minutes, for 3 % of 95 MB.
  process.env['ELECTRON_BUILDER_COMPRESSION_LEVEL'] ??= plan.unofficial.length === 0 ? '6' : '1';
}
