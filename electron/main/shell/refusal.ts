import type { Translate } from '../../shared/locales/messages.ts';
import { ProfileFailure } from '../profile/profile-failure.ts';
import { StorageFailure } from '../storage/storage-failure.ts';

/** Why the app does not start. */
export type Refusal =
  | { readonly kind: 'forbidden-switches'; readonly names: readonly string[] }
  | { readonly kind: 'app-image-without-sandbox' }
  | { readonly kind: 'failed'; readonly error: unknown };

/**
 * Why these switches, each without its dashes, keep the app from starting; null for none. An AppImage's own start puts
 * `--no-sandbox` where the system lets it make no user namespace (electron-builder 26, AppRun): nobody typed it, so
 * leaving it out again is no advice.
 */
export function refusalOfSwitches(
  names: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Refusal | null {
  if (names.length === 0) return null;
  const isAppImage = (env['APPIMAGE'] ?? '') !== '';
  return isAppImage && names.every((name) => name === 'no-sandbox')
    ? { kind: 'app-image-without-sandbox' }
    : { kind: 'forbidden-switches', names };
}

/** What a person is told of it: what is wrong and what to do. `dataFolder` is where the app keeps its files. */
export function describeRefusal(refusal: Refusal, dataFolder: string, translate: Translate): string {
  if (refusal.kind === 'forbidden-switches') {
    return translate('dialog.forbiddenSwitches', { switches: refusal.names.map((name) => `--${name}`).join(' ') });
  }
  if (refusal.kind === 'app-image-without-sandbox') {
    return translate('dialog.appImageWithoutSandbox');
  }
  const { error } = refusal;
  if (error instanceof ProfileFailure) {
    return `${translate('dialog.badProfile')}\n\n${error.info.detail ?? error.info.code}`;
  }
  if (error instanceof StorageFailure) {
    const reason = error.info.detail ?? error.info.code;
    return `${translate('dialog.filesUnreadable', { folder: dataFolder })}\n\n${reason}`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
