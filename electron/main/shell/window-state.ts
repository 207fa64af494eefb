import { z } from 'zod';

/** A rectangle on the desktop, in device-independent pixels. */
export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What is remembered of the window between runs. */
export interface WindowState {
  readonly bounds: Bounds;
  readonly maximized: boolean;
}

const pixels = z.number().int().min(-100_000).max(100_000);

/** For the file it is kept in. */
export const windowStateSchema = z.strictObject({
  bounds: z.strictObject({ x: pixels, y: pixels, width: pixels.positive(), height: pixels.positive() }),
  maximized: z.boolean(),
}) satisfies z.ZodType<WindowState>;

export const minWindowSize = { width: 360, height: 420 } as const;
export const defaultWindowSize = { width: 440, height: 640 } as const;

/** How much of the title bar has to lie on some display for a hand to reach it, in pixels. */
const reachable = { width: 80, height: 24 } as const;

/** Where to open: a size, and a place unless the window manager should choose. */
export interface Placement {
  readonly width: number;
  readonly height: number;
  readonly position: { readonly x: number; readonly y: number } | null;
  readonly maximized: boolean;
}

/**
 * The remembered place where it can still be reached, on a display that may have gone or shrunk since; else the
 * remembered size, fitted, wherever the window manager likes. `workAreas` are the displays' without their panels,
 * the primary one first.
 */
export function placeWindow(saved: WindowState | null, workAreas: readonly Bounds[]): Placement {
  if (saved === null) return { ...fit(defaultWindowSize, workAreas[0]), position: null, maximized: false };
  const { bounds, maximized } = saved;
  const home = workAreas.find((area) => canReach(bounds, area));
  const size = fit(bounds, home ?? workAreas[0]);
  return { ...size, position: home === undefined ? null : { x: bounds.x, y: bounds.y }, maximized };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function fit(size: Size, area: Bounds | undefined): Size {
  return {
    width: Math.max(minWindowSize.width, Math.min(size.width, area?.width ?? size.width)),
    height: Math.max(minWindowSize.height, Math.min(size.height, area?.height ?? size.height)),
  };
}

/** The title bar is the upper edge, so a window above or too far below the area can't be dragged back. */
function canReach(bounds: Bounds, area: Bounds): boolean {
  const visibleWidth = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  return visibleWidth >= reachable.width && bounds.y >= area.y && bounds.y + reachable.height <= area.y + area.height;
}
