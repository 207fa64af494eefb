import type { Translate } from '../shared/locales/messages.ts';
import type { RemovalOutcome, RemovalPart, RemovalReport } from './remove-my-data.ts';

/** Lines for a person: what was done, and what couldn't be. */
export interface RemovalWords {
  readonly done: readonly string[];
  /** Empty when everything went. */
  readonly failed: readonly string[];
}

/** @param places each part by a name or path that the person can look at */
export function describeRemoval(
  report: RemovalReport,
  places: Readonly<Record<RemovalPart, string>>,
  translate: Translate,
): RemovalWords {
  const done: string[] = [];
  const failed: string[] = [];
  for (const part of ['tokens', 'autostart', 'data'] as const) {
    const outcome = report[part];
    const lines = linesOf(part, outcome, places[part], translate);
    (outcome.kind === 'failed' || outcome.kind === 'still-there' ? failed : done).push(...lines);
  }
  return { done, failed };
}

function linesOf(part: RemovalPart, outcome: RemovalOutcome, place: string, translate: Translate): string[] {
  const what = translate(`removal.part.${part}`, { place });
  switch (outcome.kind) {
    case 'removed':
      return [translate('removal.removed', { what })];
    case 'left':
      return [];
    case 'none':
      return [translate('removal.none', { what })];
    case 'own-files-removed':
      return [translate('removal.ownFilesRemoved', { place })];
    case 'not-used':
      return [translate('removal.notUsed', { detail: outcome.error.detail ?? '' })];
    case 'still-there':
      return outcome.files.map(({ path, reason }) => translate('removal.failed', { what: path, why: reason }));
    case 'failed': {
      const { code, detail } = outcome.error;
      const isKeyrings = code === 'keyring-locked' || code === 'keyring-unavailable';
      const why = isKeyrings ? translate(`removal.why.${code}`) : translate(`errors.${code}.title`);
      return [translate('removal.failed', { what, why: detail === undefined ? why : `${why} (${detail})` })];
    }
  }
}
