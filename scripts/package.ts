// `npm run package`: builds the app and makes packages of it, by electron-builder.yml.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { packagedProfileVariable, parsePackagedProfile } from '../electron/main/profile/packaged-profile.ts';
import { ProfileFailure } from '../electron/main/profile/profile-failure.ts';
import { resolveElectronRuntime } from './lib/electron-runtime.mjs';
import { packageDeb } from './package/deb-package.ts';
import { packageByElectronBuilder } from './package/electron-package.ts';
import { noticesText, shippedLibrariesOf } from './package/notices.ts';
import { parsePackageOptions } from './package/package-options.ts';
import { type PackagePlan, planPackage } from './package/package-plan.ts';
import { PackagingFailure } from './package/packaging-failure.ts';

const project = resolve(import.meta.dirname, '..');

function say(line: string): void {
  process.stderr.write(`package: ${line}\n`);
}

async function bundle({ flavour }: PackagePlan): Promise<void> {
  const program = join(project, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const child = spawn(process.execPath, [program, 'build', '--logLevel', 'warn'], {
    cwd: project,
    env: { ...process.env, TIDINGS_E2E_BUILD: flavour === 'e2e' ? '1' : '' },
    stdio: 'inherit',
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new PackagingFailure('the app couldn’t be built');
  writeFileSync(join(project, 'out', 'THIRD-PARTY-NOTICES.txt'), noticesText(shippedLibrariesOf(project)));
}

async function main(args: readonly string[]): Promise<void> {
  const options = parsePackageOptions(args);
  const runtime = resolveElectronRuntime();
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')));
  const { clientId } = parsePackagedProfile(process.env[packagedProfileVariable]);
  const plan = planPackage(options, { runtimeKind: runtime.kind, clientId: clientId ?? null, version });
  if (plan.unofficial.length > 0) {
    say(`THIS IS NO RELEASE: don’t give it to people. ${plan.unofficial.join(' ')}`);
  }
  await bundle(plan);
  const output = join(project, 'dist', plan.flavour);
  const app = await packageByElectronBuilder(plan, runtime, { project, output });
  say(`unpacked: ${app}`);
  if (process.platform === 'linux' && plan.targets !== 'dir') {
    const deb = await packageDeb(plan, { project, app, output });
    say(`${deb} (${(statSync(deb).size / 1e6).toFixed(1)} MB)`);
  }
}

// What is in a package is for everybody, whatever its builder keeps to himself.
process.umask(0o022);
try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof PackagingFailure) && !(error instanceof ProfileFailure)) throw error;
  say(`STOPPED: ${error instanceof ProfileFailure ? (error.info.detail ?? error.message) : error.message}`);
  process.exitCode = 1;
}
