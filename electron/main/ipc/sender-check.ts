/** What is looked at of Electron's `WebFrameMain`. */
export interface SenderFrame {
  readonly url: string;
  readonly origin: string;
  readonly parent: unknown;
}

/** What is looked at of Electron's `IpcMainInvokeEvent`. `senderFrame` is null once its frame was navigated away. */
export interface SenderEvent {
  readonly sender: { readonly id: number };
  readonly senderFrame: SenderFrame | null;
}

/** Why a message wasn't listened to. */
export type SenderRefusal = 'foreign-window' | 'no-frame' | 'sub-frame' | 'foreign-origin';

/**
 * Null for the main frame of our window, showing a page of `appOrigin`; else the first reason that speaks against it.
 * `ourWindowId` is the id of the window's WebContents, null while there is no window.
 */
export function refuseSender(event: SenderEvent, ourWindowId: number | null, appOrigin: string): SenderRefusal | null {
  if (ourWindowId === null || event.sender.id !== ourWindowId) return 'foreign-window';
  const frame = readFrame(event);
  if (frame === null) return 'no-frame';
  if (frame.parent !== null) return 'sub-frame';
  if (frame.origin !== appOrigin || !frame.url.startsWith(`${appOrigin}/`)) return 'foreign-origin';
  return null;
}

/** Electron throws on reading a frame that was disposed meanwhile: that is no frame either. */
function readFrame(event: SenderEvent): SenderFrame | null {
  try {
    const frame = event.senderFrame;
    return frame === null ? null : { url: frame.url, origin: frame.origin, parent: frame.parent };
  } catch {
    return null;
  }
}
