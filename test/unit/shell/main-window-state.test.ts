import { describe, expect, it } from 'vitest';
import {
  defaultWindowSize,
  minWindowSize,
  placeWindow,
  windowStateSchema,
  type Bounds,
} from '../../../electron/main/shell/window-state.ts';

const left: Bounds = { x: 0, y: 30, width: 1920, height: 1050 };
const right: Bounds = { x: 1920, y: 0, width: 1280, height: 720 };
const at = (x: number, y: number, width = 500, height = 600) => ({ bounds: { x, y, width, height }, maximized: false });

describe('where the window opens', () => {
  it('is the window manager’s choice at first', () => {
    expect(placeWindow(null, [left])).toEqual({ ...defaultWindowSize, position: null, maximized: false });
  });

  it.each([
    ['on the first display', 100, 100],
    ['on the second display', 2_000, 10],
    ['across both', 1_700, 100],
    ['half out at the side', -400, 100],
    ['with a reachable corner', 3_119, 690],
  ])('is the remembered place %s', (_where, x, y) => {
    expect(placeWindow(at(x, y), [left, right]).position).toEqual({ x, y });
  });

  it.each([
    ['on a display that has gone', 5_000, 100],
    ['too far left', -450, 100],
    ['above the panel', 100, 0],
    ['below the edge', 100, 1_070],
    ['too far right', 3_150, 100],
  ])('is not a place that no hand reaches: %s', (_where, x, y) => {
    expect(placeWindow(at(x, y), [left, right])).toMatchObject({ position: null, width: 500, height: 600 });
  });

  it('fits the display, but never below what the page needs', () => {
    expect(placeWindow(at(1_920, 0, 4_000, 4_000), [left, right])).toMatchObject({ width: 1_280, height: 720 });
    expect(placeWindow(at(0, 30, 10, 10), [left])).toMatchObject(minWindowSize);
    expect(placeWindow(at(0, 0, 500, 600), [{ x: 0, y: 0, width: 300, height: 200 }])).toMatchObject(minWindowSize);
  });

  it('needs no display', () => {
    expect(placeWindow(at(0, 0), [])).toEqual({ width: 500, height: 600, position: null, maximized: false });
  });
});

describe('the remembered place', () => {
  it.each([
    null,
    {},
    { ...at(0, 0), extra: 1 },
    at(Number.NaN, 0),
    at(0.5, 0),
    at(0, 0, 0),
    at(0, 0, -5),
    at(1e9, 0),
    { bounds: at(0, 0).bounds, maximized: 'yes' },
  ])('is not taken from %j', (value) => {
    expect(windowStateSchema.safeParse(value).success).toBe(false);
  });

  it('is taken as it was written', () => {
    expect(windowStateSchema.parse(at(-5, 7))).toEqual(at(-5, 7));
  });
});
