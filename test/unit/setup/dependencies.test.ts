import { describe, expect, it } from 'vitest';
import { installedMatchesLock } from '../../../scripts/lib/dependencies.mjs';

const lock = {
  packages: {
    '': {},
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/b-win32-x64': { version: '1.0.0', optional: true },
  },
};
const a = { version: '1.0.0', integrity: 'sha512-a' };

describe('whether node_modules is what the lock file says', () => {
  it('takes what npm ci left, without the packages of other systems', () => {
    expect(installedMatchesLock(lock, { packages: { 'node_modules/a': a } })).toBe(true);
  });

  it.each([
    ['a package is missing', {}],
    ['a version differs', { 'node_modules/a': { ...a, version: '1.0.1' } }],
    ['the content differs', { 'node_modules/a': { ...a, integrity: 'sha512-other' } }],
    ['there is a package too many', { 'node_modules/a': a, 'node_modules/c': a }],
  ])('refuses it when %s', (_, packages) => {
    expect(installedMatchesLock(lock, { packages })).toBe(false);
  });

  it('refuses a note without packages', () => {
    expect(installedMatchesLock(lock, {})).toBe(false);
  });
});
