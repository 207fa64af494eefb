import { type BrowserWindow, dialog, type OpenDialogOptions } from 'electron';
import type { Translate } from '../../shared/locales/messages.ts';

/** Asks for a set-up file with the system's dialog; null when the person closed it. */
export async function pickSetUpFile(parent: BrowserWindow | null, translate: Translate): Promise<string | null> {
  const options: OpenDialogOptions = {
    title: translate('dialog.openSetUpFile'),
    filters: [{ name: translate('dialog.setUpFiles'), extensions: ['json'] }],
    properties: ['openFile'],
  };
  const picked = parent === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(parent, options);
  return picked.filePaths[0] ?? null;
}
