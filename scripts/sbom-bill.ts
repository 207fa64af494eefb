import { z } from 'zod';

const component = z.looseObject({ 'bom-ref': z.string() });
const dependency = z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()).default([]) });
const bill = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  metadata: z.looseObject({ component: z.looseObject({ 'bom-ref': z.string() }) }),
  components: z.array(component),
  dependencies: z.array(dependency),
});

/** A CycloneDX bill of materials, as `npm sbom` writes it. */
export type Bill = z.infer<typeof bill>;

/** Reads the answer of `npm sbom`. Throws where it isn't one. */
export function parseBill(text: string): Bill {
  return bill.parse(JSON.parse(text));
}

/** What is in a package beside Electron: `name@version` of each library. */
export interface Shipped {
  readonly libraries: readonly string[];
  readonly electronVersion: string;
}

/**
 * What is shipped out of `all`, npm's bill of everything in the lock file, and Electron, which npm knows as a tool only.
 * npm's own division won't do: the window's libraries are bundled and so `devDependencies`, and much of what it calls
 * required is never bundled. Throws when a shipped library isn't in `all`.
 */
export function billOfShipped(all: Bill, { libraries, electronVersion }: Shipped): Bill {
  const electron = `electron@${electronVersion}`;
  const shipped = new Set([...libraries, electron]);
  const app = { ...all.metadata.component, type: 'application', name: 'tidings' };
  const known = new Set(all.components.map((entry) => entry['bom-ref']));
  const unknown = [...shipped].filter((name) => !known.has(name));
  if (unknown.length > 0) throw new Error(`not in the lock file: ${unknown.join(', ')}`);
  const components = all.components
    .filter((entry) => shipped.has(entry['bom-ref']))
    // What npm says of development and of scope is about installing, not about what is inside.
    .map(({ properties: _properties, ...entry }) => ({ ...entry, scope: 'required' }));
  const between = all.dependencies
    .filter(({ ref }) => shipped.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((name) => shipped.has(name)) }));
  const root = { ref: app['bom-ref'], dependsOn: [...shipped].toSorted() };
  return { ...all, metadata: { ...all.metadata, component: app }, components, dependencies: [root, ...between] };
}
