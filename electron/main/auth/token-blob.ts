import { z } from 'zod';

/** MSAL's cache of one account, as its serializer writes it. Other sections may come with newer versions of MSAL. */
const msalCacheSchema = z.looseObject({
  Account: z.record(z.string(), z.record(z.string(), z.unknown())),
  IdToken: z.record(z.string(), z.record(z.string(), z.unknown())),
  AccessToken: z.record(z.string(), z.record(z.string(), z.unknown())),
  RefreshToken: z.record(z.string(), z.record(z.string(), z.unknown())),
  AppMetadata: z.record(z.string(), z.record(z.string(), z.unknown())),
});

const blobSchema = z.strictObject({ version: z.literal(1), partitions: z.record(z.string(), msalCacheSchema) });

/**
 * What a keyring item holds: each account's MSAL cache (JSON text) by partition name. Null for anything else: a
 * damaged cache must never reach MSAL, whose every call would then throw a bare SyntaxError (measured).
 */
export function parseBlob(text: string): Map<string, string> | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  const checked = blobSchema.safeParse(parsed);
  if (!checked.success) return null;
  const partitions = Object.entries(checked.data.partitions);
  return new Map(partitions.map(([name, cache]): [string, string] => [name, JSON.stringify(cache)]));
}

/** The reverse of {@link parseBlob}. Every value must be JSON text. */
export function formatBlob(partitions: ReadonlyMap<string, string>): string {
  const entries = [...partitions].map(([name, cache]) => `${JSON.stringify(name)}:${cache}`);
  return `{"version":1,"partitions":{${entries.join(',')}}}`;
}

/** Whether `text` is a cache that {@link parseBlob} will take back. */
export function isMsalCache(text: string): boolean {
  try {
    return msalCacheSchema.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}
