import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { builtInProfile } from '../../../electron/main/profile/deployment-profile.ts';

const page = readFileSync(new URL('../../../docs/deployment-profile.md', import.meta.url), 'utf8');

/** A value as the page's last column gives it. */
function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'host' in value && 'port' in value) {
    return `\`${String(value.host)}\`, ${String(value.port)}`;
  }
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

describe('docs/deployment-profile.md', () => {
  it('describes every field of a profile, with the value built in', () => {
    const rows = Array.from(page.matchAll(/^\| `(\w+)` \|.*\| (.+) \|$/gmu), ([, name, value]) => [name, value]);
    const fields = Object.entries({ ...builtInProfile, proxy: 'system' });
    expect(rows).toEqual(fields.map(([name, value]) => [name, shown(value)]));
  });
});
