import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A Debian package to be made. */
interface Package {
  readonly version?: string;
  readonly depends?: string;
  /** Its content by absolute path. What begins with `#!` gets the run bit. */
  readonly files: Readonly<Record<string, string>>;
  /** Run when it is configured; what Debian's helpers would have written is up to the caller. */
  readonly postinst?: string;
}

/** A Debian archive in a folder, for `deb [trusted=yes] file:<folder> ./`. */
export interface Archive {
  readonly folder: string;
  /** Makes the package anew; its file has the version in its name. The older file is gone, and the index tells. */
  publish(name: string, content: Package): void;
  clear(): void;
}

const isProgram = (content: string): boolean => content.startsWith('#!');

/** Makes an empty archive. Needs `dpkg-deb`. */
export function makeArchive(folder: string): Archive {
  const stanzas = new Map<string, string>();
  mkdirSync(folder, { recursive: true });
  return {
    folder,
    clear: () => {
      for (const file of readdirSync(folder)) rmSync(join(folder, file), { recursive: true });
      stanzas.clear();
    },
    publish: (name, { version = '1.0', depends, files, postinst }) => {
      const tree = join(folder, 'tree');
      const put = (path: string, content: string): void => {
        mkdirSync(join(tree, dirname(path)), { recursive: true });
        writeFileSync(join(tree, path), content, { mode: isProgram(content) ? 0o755 : 0o644 });
      };
      for (const [path, content] of Object.entries(files)) put(path, content);
      const control = [
        `Package: ${name}`,
        `Version: ${version}`,
        'Architecture: all',
        'Maintainer: Nobody <nobody@example.org>',
        ...(depends === undefined ? [] : [`Depends: ${depends}`]),
        'Description: for a test',
      ].join('\n');
      put('DEBIAN/control', `${control}\n`);
      if (postinst !== undefined) put('DEBIAN/postinst', `#!/bin/sh\nset -e\n${postinst}\n`);
      for (const file of readdirSync(folder)) if (file.startsWith(`${name}_`)) rmSync(join(folder, file));
      const file = `${name}_${version}_all.deb`;
      execFileSync('dpkg-deb', ['--root-owner-group', '-Znone', '--build', tree, join(folder, file)], {
        stdio: 'pipe',
      });
      rmSync(tree, { recursive: true });
      const bytes = readFileSync(join(folder, file));
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      stanzas.set(name, `${control}\nFilename: ./${file}\nSize: ${bytes.length}\nSHA256: ${sha256}\n`);
      writeFileSync(join(folder, 'Packages'), [...stanzas.values()].join('\n'));
    },
  };
}
