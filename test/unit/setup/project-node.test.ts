import { describe, expect, it } from 'vitest';
import { typeScriptFlags } from '../../../scripts/lib/project-node.mjs';

describe('what Node is told so that it runs TypeScript', () => {
  // https://nodejs.org/docs/latest/api/typescript.html#type-stripping, "History"
  it.each(['22.12.0', '22.17.1', '23.5.0'])('a flag for Node %s', (version) => {
    expect(typeScriptFlags(version)).toContain('--experimental-strip-types');
  });

  it.each(['22.18.0', '22.22.1', '23.6.0', '24.0.0', '26.1.0'])('nothing for Node %s', (version) => {
    expect(typeScriptFlags(version)).toEqual([]);
  });

  it('all that the Node of this run needs', () => {
    expect(process.features.typescript !== false || typeScriptFlags().length > 0).toBe(true);
  });
});
