import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LockFile } from '../../../scripts/lib/lock-file.mjs';
import { completeLock, missingOptional, systemOfName } from '../../../scripts/lib/lock-file.mjs';

const file = join(import.meta.dirname, '..', '..', '..', 'package-lock.json');
const readLock = (): LockFile => JSON.parse(readFileSync(file, 'utf8')) as LockFile;

const nameOf = (key: string): string => key.slice(key.lastIndexOf('node_modules/') + 'node_modules/'.length);

describe('the lock file of the project', () => {
  it('has an entry of every optional package, so that npm ci takes it on every system', () => {
    expect(missingOptional(readLock())).toEqual([]);
  });

  it('names no registry', () => {
    const hosts = Object.values(readLock().packages).flatMap(({ resolved }) => resolved ?? []);
    expect(hosts).toEqual([]);
  });

  it('is complete already: completing it changes nothing', () => {
    const lock = readLock();
    const result = completeLock(lock);
    expect(result.added).toEqual([]);
    expect(result.lock).toBe(lock);
  });
});

describe('completing a lock file', () => {
  const own = { os: ['linux'], cpu: ['x64'], libc: ['glibc'] };
  const partial: LockFile = {
    packages: {
      '': {},
      'node_modules/tool': {
        version: '1.2.3',
        dev: true,
        optionalDependencies: { '@tool/binding-linux-x64-gnu': '1.2.3', '@tool/binding-win32-arm64-msvc': '1.2.3' },
      },
      'node_modules/@tool/binding-linux-x64-gnu': { version: '1.2.3', dev: true, optional: true, ...own },
    },
  };

  it('adds what is missing, with its system, and nothing the second time', () => {
    const first = completeLock(partial);
    expect(first.added).toEqual(['@tool/binding-win32-arm64-msvc']);
    expect(first.lock.packages['node_modules/@tool/binding-win32-arm64-msvc']).toEqual({
      version: '1.2.3',
      dev: true,
      optional: true,
      os: ['win32'],
      cpu: ['arm64'],
    });
    expect(completeLock(first.lock).added).toEqual([]);
  });

  it('reads systems from names as npm knows them from the packages themselves', () => {
    const known = Object.entries(readLock().packages).filter(
      ([key, entry]) => entry.integrity && entry.os && entry.cpu && systemOfName(nameOf(key)),
    );
    expect(known.length).toBeGreaterThan(40);
    for (const [key, { os, cpu, libc }] of known) {
      const read = systemOfName(nameOf(key));
      // Some packages name their system as a word, not as a list of one.
      expect({ os: read?.os, cpu: read?.cpu }, key).toEqual({ os: [os].flat(), cpu: [cpu].flat() });
      if (libc) expect(read?.libc, key).toEqual([libc].flat());
    }
  });

  it('finds a nested package as Node does', () => {
    const nested = structuredClone(partial);
    const binding = { version: '9.0.0', optional: true, os: ['win32'], cpu: ['arm64'] };
    nested.packages['node_modules/tool/node_modules/@tool/binding-win32-arm64-msvc'] = binding;
    expect(missingOptional(nested)).toEqual([]);
  });

  it('refuses to guess', () => {
    const vague = (name: string, version: string): LockFile => ({
      packages: { '': { optionalDependencies: { [name]: version } } },
    });
    expect(() => completeLock(vague('mystery', '1.0.0'))).toThrow('by hand');
    expect(() => completeLock(vague('tool-linux-x64', '^1.0.0'))).toThrow('by hand');
  });
});
