import { describe, expect, it } from 'vitest';
import { releaseProblems } from '../../../scripts/release-problems.ts';
import { billOfShipped, parseBill } from '../../../scripts/sbom-bill.ts';

const candidate = {
  tag: 'v1.2.3',
  version: '1.2.3',
  packagedProfile: '{"clientId":"00000000-0000-0000-0000-000000000001"}',
};

describe('a tag', () => {
  it('may become a release when it is the version and there is a client id', () => {
    expect(releaseProblems(candidate)).toEqual([]);
  });

  it.each(['', '1.2.3', 'v1.2.4', 'v1.2.3-beta.1'])('that isn’t the version may not: %j', (tag) => {
    expect(releaseProblems({ ...candidate, tag })).toEqual([`The tag is ${tag}, but package.json says 1.2.3.`]);
  });

  it.each([undefined, '', '{}', '{"clientId":null}', '{"authority":"https://login.microsoftonline.com/common"}'])(
    'without the publisher’s client id may not: %j',
    (packagedProfile) => {
      expect(releaseProblems({ ...candidate, packagedProfile })).toEqual([expect.stringContaining('no client id')]);
    },
  );

  it.each([
    ['{"clientID":"x"}', 'clientID'],
    ['{"clientId":"x"}', 'clientId'],
    ['client', 'not valid JSON'],
  ])('with a profile that is wrong may not, naming the field: %j', (packagedProfile, named) => {
    expect(releaseProblems({ ...candidate, packagedProfile })).toEqual([expect.stringContaining(named)]);
  });
});

describe('the bill of materials', () => {
  const entry = (name: string, development: boolean) => ({
    'bom-ref': `${name}@1.0.0`,
    name,
    version: '1.0.0',
    scope: development ? 'optional' : 'required',
    properties: development ? [{ name: 'cdx:npm:package:development', value: 'true' }] : [],
    hashes: [{ alg: 'SHA-512', content: name }],
  });
  const all = parseBill(
    JSON.stringify({
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      metadata: { timestamp: 'now', component: { 'bom-ref': 'tidings@0.1.0', type: 'library', name: 'main' } },
      components: [entry('mail', false), entry('window', true), entry('linter', true), entry('electron', true)],
      dependencies: [
        { ref: 'tidings@0.1.0', dependsOn: ['mail@1.0.0', 'linter@1.0.0'] },
        { ref: 'mail@1.0.0', dependsOn: ['linter@1.0.0', 'window@1.0.0'] },
        { ref: 'linter@1.0.0', dependsOn: [] },
      ],
    }),
  );
  const shipped = { libraries: ['mail@1.0.0', 'window@1.0.0'], electronVersion: '1.0.0' };

  it('has what is shipped and Electron, whatever npm calls them, and nothing else', () => {
    const bill = billOfShipped(all, shipped);
    expect(bill.components).toEqual(
      ['mail', 'window', 'electron'].map((name) => ({
        'bom-ref': `${name}@1.0.0`,
        name,
        version: '1.0.0',
        scope: 'required',
        hashes: [{ alg: 'SHA-512', content: name }],
      })),
    );
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5', metadata: { timestamp: 'now' } });
  });

  it('is of the app, and knows what needs what', () => {
    const bill = billOfShipped(all, shipped);
    expect(bill.metadata.component).toEqual({ 'bom-ref': 'tidings@0.1.0', type: 'application', name: 'tidings' });
    expect(bill.dependencies).toEqual([
      { ref: 'tidings@0.1.0', dependsOn: ['electron@1.0.0', 'mail@1.0.0', 'window@1.0.0'] },
      { ref: 'mail@1.0.0', dependsOn: ['window@1.0.0'] },
    ]);
  });

  it('is refused for a library that isn’t locked', () => {
    const libraries = ['mail@2.0.0'];
    expect(() => billOfShipped(all, { ...shipped, libraries })).toThrow('not in the lock file: mail@2.0.0');
  });
});
