import { z } from 'zod';

/** A step from one schema version to the next; throws when the old content makes no sense. */
export type Migration = (old: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** Steps by the version they start from: `{ 1: from1to2, 2: from2to3 }`. */
export type Migrations = Readonly<Partial<Record<number, Migration>>>;

/**
 * What a text turned out to be. `detail` names fields and reasons, never values. `content` is what was damaged, where
 * it is an object of a version we know.
 */
export type VersionedRead<T> =
  | { readonly kind: 'valid'; readonly value: T }
  | { readonly kind: 'damaged'; readonly detail: string; readonly content?: Readonly<Record<string, unknown>> }
  | { readonly kind: 'newer'; readonly detail: string };

const envelope = z.looseObject({ schemaVersion: z.int().min(1) });

/** Parses a text of any schema version up to `current`, brings it up to `current` step by step, and checks it. */
export function readVersioned<T>(
  text: string,
  schema: z.ZodType<T>,
  current: number,
  migrations: Migrations,
): VersionedRead<T> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // The parser's message quotes the text, which may hold an address.
    return { kind: 'damaged', detail: 'not JSON' };
  }
  const versioned = envelope.safeParse(parsed);
  if (!versioned.success) return { kind: 'damaged', detail: 'no schemaVersion' };
  const found = versioned.data.schemaVersion;
  if (found > current) return { kind: 'newer', detail: `schemaVersion ${found}, this app writes ${current}` };

  let content: Record<string, unknown> = versioned.data;
  for (let version = found; version < current; version += 1) {
    const migrate = migrations[version];
    if (migrate === undefined) return { kind: 'damaged', detail: `no way up from schemaVersion ${version}` };
    try {
      content = { ...migrate(content), schemaVersion: version + 1 };
    } catch {
      return { kind: 'damaged', detail: `migration from schemaVersion ${version} failed` };
    }
  }
  const checked = schema.safeParse(content);
  if (checked.success) return { kind: 'valid', value: checked.data };
  const fields = checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`);
  return { kind: 'damaged', detail: fields.slice(0, 5).join('; '), content };
}
