import { appErrorCodes, type AppErrorInfo } from '../shared/app-error.ts';

/** The parts of what Tidings keeps. */
export type RemovalPart = 'tokens' | 'autostart' | 'data';

/** Something that is still there, and the system's code for why. */
export interface StillThere {
  /** Absolute. */
  readonly path: string;
  readonly reason: string;
}

export type RemovalOutcome =
  | { readonly kind: 'removed' }
  /** There was nothing of it. */
  | { readonly kind: 'none' }
  /** As the person said. */
  | { readonly kind: 'left' }
  /** Only what is ours by its name was removed: the folder is one that the person chose. */
  | { readonly kind: 'own-files-removed' }
  /** There is no keyring to look into, and by all that is known nothing was kept in one. */
  | { readonly kind: 'not-used'; readonly error: AppErrorInfo }
  /** Still there, at least in part. */
  | { readonly kind: 'failed'; readonly error: AppErrorInfo }
  | { readonly kind: 'still-there'; readonly files: readonly StillThere[] };

/** What was removed of each part, and what couldn't be and why. */
export type RemovalReport = Readonly<Record<RemovalPart, RemovalOutcome>>;

/** Removes one part. Rejects, with an `info` where the failure is one that words exist for. */
export type RemovePart = () => Promise<RemovalOutcome>;

/**
 * Removes everything: tokens first, since what would be known of them afterwards lies in the data. A part that can't be
 * removed doesn't keep the others: whoever wanted all of it gone gets as much as is possible, and may run it again,
 * which finds tokens also without the data. Never rejects.
 */
export async function removeMyData(
  parts: Readonly<Record<RemovalPart, RemovePart>>,
  now: () => number,
): Promise<RemovalReport> {
  const attempt = async (remove: RemovePart): Promise<RemovalOutcome> => {
    try {
      return await remove();
    } catch (error) {
      return { kind: 'failed', error: infoOf(error) ?? { code: 'unexpected', at: now(), detail: String(error) } };
    }
  };
  const tokens = await attempt(parts.tokens);
  const autostart = await attempt(parts.autostart);
  const data = await attempt(parts.data);
  return { tokens, autostart, data };
}

/** The facts of an error that carries them, as the rooms' own failures do. */
export function infoOf(error: unknown): AppErrorInfo | null {
  if (!(error instanceof Error) || !('info' in error)) return null;
  return isInfo(error.info) ? error.info : null;
}

function isInfo(info: unknown): info is AppErrorInfo {
  if (typeof info !== 'object' || info === null || !('code' in info) || !('at' in info)) return false;
  return appErrorCodes.some((code) => code === info.code) && typeof info.at === 'number';
}
