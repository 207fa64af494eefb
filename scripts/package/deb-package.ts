import { chmodSync, cpSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Installer } from 'electron-installer-debian';
import { debDepends, debRecommends, debSuggests } from './deb-relations.ts';
import type { PackagePlan } from './package-plan.ts';

export interface DebFolders {
  readonly project: string;
  /** The unpacked app. */
  readonly app: string;
  readonly output: string;
}

const iconSizes = [16, 22, 24, 32, 48, 64, 128, 256, 512];
const archNames: Partial<Record<NodeJS.Architecture, string>> = { x64: 'amd64', arm64: 'arm64' };

/**
 * The package's contents are the library's, but for three things: relations of our own in place of its list (which
 * has a file manager for a trash that we don't use), the AppStream description, and no overrides for lintian.
 *
 * It makes `chrome-sandbox` setuid root, as Chrome's own package does. Chromium takes user namespaces where it may;
 * where the kernel or AppArmor forbids them, that helper is what keeps the sandbox on.
 */
class TidingsInstaller extends Installer {
  readonly #project: string;

  constructor(project: string, options: ConstructorParameters<typeof Installer>[0]) {
    super(options);
    this.#project = project;
  }

  override get contentFunctions(): string[] {
    return [...super.contentFunctions.filter((name) => name !== 'createOverrides'), 'copySystemFiles'];
  }

  override generateOptions(): unknown {
    super.generateOptions();
    Object.assign(this.options, { depends: debDepends, recommends: debRecommends, suggests: debSuggests });
    return this.options;
  }

  copySystemFiles(): void {
    const files = [
      ['app.tidings.Tidings.metainfo.xml', 'usr/share/metainfo/app.tidings.Tidings.metainfo.xml'],
      // Not in /etc yet: whether AppArmor here understands it is known only when it is installed.
      ['apparmor-profile', 'usr/lib/tidings/resources/apparmor-profile'],
    ] as const;
    for (const [from, to] of files) {
      const target = join(this.stagingDir, to);
      mkdirSync(dirname(target), { recursive: true, mode: 0o755 });
      cpSync(join(this.#project, 'assets', 'linux', from), target);
      chmodSync(target, 0o644);
    }
  }
}

/**
 * Makes a .deb of the unpacked app by Debian's own dpkg-deb.
 * @returns the file
 */
export async function packageDeb(plan: PackagePlan, { project, app, output }: DebFolders): Promise<string> {
  const arch = archNames[process.arch] ?? process.arch;
  const isOfficial = plan.unofficial.length === 0;
  const file = join(output, `tidings_${plan.version}_${arch}${plan.suffix}.deb`);
  const linux = join(project, 'assets', 'linux');
  const script = (name: string): string => join(linux, 'deb', name);
  const installer = new TidingsInstaller(project, {
    src: app,
    dest: output,
    arch,
    name: 'tidings',
    bin: 'tidings',
    // A release of the same version is newer than a test package of it (deb-version(7)).
    version: isOfficial ? plan.version.replace('-', '~') : `${plan.version.replace('-', '~')}~unofficial`,
    section: 'mail',
    maintainer: 'The Tidings contributors',
    description: `tray mail checker for Outlook.com and Microsoft 365${isOfficial ? '' : ' (unofficial build)'}`,
    productDescription:
      'Tells how much is unread, and of each new mail once. You sign in on Microsoft’s page in your own browser; the ' +
      'tokens are kept in the keyring of your desktop.',
    icon: Object.fromEntries(
      iconSizes.map((size) => [`${size}x${size}`, join(project, 'assets', 'icons', `${size}x${size}.png`)]),
    ),
    desktopTemplate: join(linux, 'tidings.desktop'),
    scripts: { postinst: script('postinst'), postrm: script('postrm') },
    compression: isOfficial ? 'xz' : 'zstd',
    logger: () => {},
    rename: () => file,
  });
  // Nobody downloads a test package: made in seconds, not minutes.
  if (!isOfficial) process.env['DPKG_DEB_COMPRESSOR_LEVEL'] ??= '1';
  await installer.generateDefaults();
  installer.generateOptions();
  await installer.createStagingDir();
  await installer.createContents();
  await installer.createPackage();
  await installer.movePackage();
  return file;
}
