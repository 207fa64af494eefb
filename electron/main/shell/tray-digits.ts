import type { Point, Polyline } from './tray-raster.ts';

/**
 * Digits drawn for tray icons: each is a line along a small grid whose stems are whole pixels wide and lie on
 * whole pixels, so that they are sharp at every size. Fonts are not used: which ones there are differs by machine,
 * and their hinting is lost below 12 px.
 */
export interface DigitSize {
  /** Of one digit, whole px; `1` is narrower. */
  readonly width: number;
  /** Whole px. */
  readonly height: number;
  /** Thickness of the line, whole px. */
  readonly stem: number;
  /** Between two digits, whole px. */
  readonly gap: number;
}

/** A text as lines with the origin at its top left corner, to be stroked `stem` px wide. */
export interface DrawnText {
  readonly lines: readonly Polyline[];
  readonly width: number;
  readonly height: number;
}

/** What can be drawn. */
export type TrayGlyph = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '+';

interface Glyph {
  readonly width: number;
  readonly lines: readonly Polyline[];
}

/** A corner of a glyph; `round` ones are turned into a quarter of a circle. */
type Corner = readonly [x: number, y: number, kind?: 'round'];

/** The number as it is written on the icon: 1 to 99, then `99+`. Counts below 1 give no glyph. */
export function trayNumber(count: number): readonly TrayGlyph[] {
  if (!Number.isFinite(count) || count < 1) return [];
  if (count > 99) return ['9', '9', '+'];
  return String(Math.floor(count)).split('').filter(isGlyph);
}

/** Lays the glyphs out side by side. */
export function drawText(glyphs: readonly TrayGlyph[], size: DigitSize): DrawnText {
  const lines: Polyline[] = [];
  let x = 0;
  for (const [index, name] of glyphs.entries()) {
    const glyph = drawGlyph(name, size);
    if (index > 0) x += size.gap;
    const left = x;
    lines.push(...glyph.lines.map((line) => line.map((point) => ({ x: point.x + left, y: point.y }))));
    x += glyph.width;
  }
  return { lines, width: x, height: size.height };
}

const glyphNames: readonly string[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '+'];

function isGlyph(text: string): text is TrayGlyph {
  return glyphNames.includes(text);
}

function drawGlyph(name: TrayGlyph, size: DigitSize): Glyph {
  const { width, height, stem } = size;
  const left = stem / 2;
  const right = width - stem / 2;
  const top = stem / 2;
  const bottom = height - stem / 2;
  // A bar in the middle has to cover whole pixels too, so it may lie half a pixel above the true middle.
  const middle = Math.floor((height - stem) / 2) + stem / 2;
  const centre = (left + right) / 2;
  const radius = Math.min((right - left) / 2, (middle - top) / 2 + stem / 4);
  const tail = Math.min(radius, (middle - top) / 2);
  const line = (...corners: readonly Corner[]): Polyline => rounded(corners, radius);
  const of = (...lines: readonly Polyline[]): Glyph => ({ width, lines });
  const ring = (upper: number, lower: number): Polyline =>
    line(
      [centre, upper],
      [right, upper, 'round'],
      [right, lower, 'round'],
      [left, lower, 'round'],
      [left, upper, 'round'],
      [centre, upper],
    );
  switch (name) {
    case '0':
      return of(ring(top, bottom));
    case '1': {
      const flag = Math.max(stem, Math.round(width * 0.3));
      const x = flag + stem / 2;
      const flagEnd = { x: left, y: top + flag };
      return { width: flag + stem, lines: [[flagEnd, { x, y: top }, { x, y: bottom }]] };
    }
    case '2':
      return of(
        line(
          [left, top + tail],
          [left, top, 'round'],
          [right, top, 'round'],
          [right, middle - stem / 4, 'round'],
          [left, bottom],
          [right, bottom],
        ),
      );
    case '3':
      return of(
        line(
          [left, top + tail],
          [left, top, 'round'],
          [right, top, 'round'],
          [right, middle, 'round'],
          [centre, middle],
        ),
        line(
          [centre, middle],
          [right, middle, 'round'],
          [right, bottom, 'round'],
          [left, bottom, 'round'],
          [left, bottom - tail],
        ),
      );
    case '4': {
      const bar = Math.floor((height - stem) * 0.7) + stem / 2;
      const post = right - Math.max(1, Math.round(width * 0.15));
      return of(line([post, bottom], [post, top], [left, bar], [right, bar]));
    }
    case '5':
      return of(
        line(
          [right, top],
          [left, top],
          [left, middle],
          [right, middle, 'round'],
          [right, bottom, 'round'],
          [left, bottom, 'round'],
          [left, bottom - tail],
        ),
      );
    case '6':
      return of(
        ring(middle, bottom),
        line([right, top + tail], [right, top, 'round'], [left, top, 'round'], [left, (middle + bottom) / 2]),
      );
    case '7':
      return of(line([left, top], [right, top], [left + (right - left) * 0.3, bottom]));
    case '8':
      return of(ring(top, middle), ring(middle, bottom));
    case '9': {
      // The six turned round: its bar lies as far from the bottom as the six's from the top.
      const bar = top + bottom - middle;
      return of(
        ring(top, bar),
        line([left, bottom - tail], [left, bottom, 'round'], [right, bottom, 'round'], [right, (top + bar) / 2]),
      );
    }
    case '+': {
      const arm = Math.max(1, Math.floor((width - stem) / 2));
      const span = arm * 2 + stem;
      const x = span / 2;
      const y = Math.floor((height - span) / 2) + span / 2;
      const half = span / 2 - stem / 2;
      return {
        width: span,
        lines: [
          [
            { x: x - half, y },
            { x: x + half, y },
          ],
          [
            { x, y: y - half },
            { x, y: y + half },
          ],
        ],
      };
    }
  }
}

const arcSteps = 6;

/** Replaces each round corner by an arc that takes at most half of the lines that meet there. */
function rounded(corners: readonly Corner[], radius: number): Polyline {
  return corners.flatMap((corner, index): readonly Point[] => {
    const here: Point = { x: corner[0], y: corner[1] };
    const before = corners[index - 1];
    const after = corners[index + 1];
    if (corner[2] !== 'round' || before === undefined || after === undefined) return [here];
    const start = towards(here, before, radius);
    const end = towards(here, after, radius);
    return Array.from({ length: arcSteps + 1 }, (_, step) => {
      const angle = ((step / arcSteps) * Math.PI) / 2;
      const toStart = 1 - Math.sin(angle);
      const toEnd = 1 - Math.cos(angle);
      return {
        x: here.x + (start.x - here.x) * toStart + (end.x - here.x) * toEnd,
        y: here.y + (start.y - here.y) * toStart + (end.y - here.y) * toEnd,
      };
    });
  });
}

function towards(from: Point, corner: Corner, reach: number): Point {
  const dx = corner[0] - from.x;
  const dy = corner[1] - from.y;
  const length = Math.hypot(dx, dy);
  // A line to another round corner is shared; one to an end is this corner's alone.
  const limit = corner[2] === 'round' ? length / 2 : length;
  const part = length === 0 ? 0 : Math.min(reach, limit) / length;
  return { x: from.x + dx * part, y: from.y + dy * part };
}
