import type { Translate } from '../../shared/locales/messages.ts';
import { ProfileFailure } from '../profile/profile-failure.ts';
import { StorageFailure } from '../storage/storage-failure.ts';

/** Why the app does not start. */
export type Refusal =
  | { readonly kind: 'forbidden-switches'; readonly names: readonly string[] }
  | { readonly kind: 'failed'; readonly error: unknown };

/** What a person is told of it: what is wrong and what to do. `dataFolder` is where the app keeps its files. */
export function describeRefusal(refusal: Refusal, dataFolder: string, translate: Translate): string {
  if (refusal.kind === 'forbidden-switches') {
    return translate('dialog.forbiddenSwitches', { switches: refusal.names.map((name) => `--${name}`).join(' ') });
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
