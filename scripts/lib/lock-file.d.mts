export interface LockEntry {
  version?: string;
  integrity?: string;
  resolved?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

export interface LockFile {
  packages: Record<string, LockEntry>;
}

export interface SystemOfPackage {
  os: [string];
  cpu: [string];
  libc?: [string];
}

export function systemOfName(name: string): SystemOfPackage | null;
export function missingOptional(lock: LockFile): { name: string; version: string; dev: boolean; wantedBy: string }[];
export function completeLock(lock: LockFile): { lock: LockFile; added: string[] };
