/** What we use of electron-installer-debian 4, which brings no types. */
declare module 'electron-installer-debian' {
  export interface InstallerOptions {
    readonly [name: string]: unknown;
    readonly src: string;
    readonly dest: string;
    readonly arch: string;
    readonly version: string;
    readonly logger: (line: string) => void;
    readonly rename: (folder: string) => string;
  }

  /** Its steps are methods, and `contentFunctions` the names of those that fill the package. */
  export class Installer {
    constructor(options: InstallerOptions);
    readonly options: Record<string, unknown>;
    readonly stagingDir: string;
    get contentFunctions(): string[];
    generateDefaults(): Promise<unknown>;
    generateOptions(): unknown;
    createStagingDir(): Promise<void>;
    createContents(): Promise<void>;
    createPackage(): Promise<void>;
    movePackage(): Promise<void>;
  }
}
