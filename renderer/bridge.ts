import type { WindowApi } from '../electron/shared/window-api.ts';

declare global {
  interface Window {
    /** Put there by the preload script. */
    readonly tidings?: WindowApi;
  }
}

/** The way to the main process. The only reader of `window.tidings`. Throws when the preload script didn't run. */
export function openBridge(): WindowApi {
  const api = window.tidings;
  if (api === undefined) {
    throw new Error('The preload script did not provide window.tidings');
  }
  return api;
}
