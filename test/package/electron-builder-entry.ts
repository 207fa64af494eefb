import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { project } from './packages.ts';

/** Of electron-builder's own, which names no types for them. */
interface EntryHelper {
  computeDesktopEntry(options: object): Promise<string>;
}
type Packager = Readonly<Record<string, unknown>>;

const ofBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const ofLibrary = createRequire(ofBuilder.resolve('app-builder-lib'));
const { load } = ofLibrary('js-yaml') as { readonly load: (text: string) => unknown };
const { LinuxTargetHelper } = ofLibrary('./targets/LinuxTargetHelper.js') as {
  readonly LinuxTargetHelper: new (packager: Packager) => EntryHelper;
};
const { default: AppImageTarget } = ofLibrary('./targets/appimage/AppImageTarget.js') as {
  readonly default: new (
    name: string,
    packager: Packager,
    helper: EntryHelper,
    folder: string,
  ) => {
    readonly desktopEntry: { readonly value: Promise<string> };
  };
};

/**
 * The desktop entry that electron-builder's own code writes for a target by electron-builder.yml, which is more than
 * what stands there: it puts some keys over it. The packages themselves need tools from GitHub.
 */
export async function entryByElectronBuilder(target: 'AppImage' | 'rpm'): Promise<string> {
  const config = load(readFileSync(join(project, 'electron-builder.yml'), 'utf8')) as {
    readonly linux: { readonly executableName: string };
    readonly rpm: object;
    readonly productName: string;
  };
  const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as Record<string, string>;
  const { productName, linux } = config;
  const packager = {
    config,
    platformSpecificBuildOptions: linux,
    executableName: linux.executableName,
    fileAssociations: [],
    appInfo: {
      productName,
      sanitizedProductName: productName,
      description: manifest['description'],
      buildVersion: manifest['version'],
    },
    info: { metadata: manifest },
  };
  const helper = new LinuxTargetHelper(packager);
  if (target === 'AppImage') return await new AppImageTarget('', packager, helper, '').desktopEntry.value;
  return await helper.computeDesktopEntry({ ...linux, ...config.rpm });
}
