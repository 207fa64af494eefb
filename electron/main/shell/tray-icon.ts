import type { TrayStatus } from '../../shared/snapshot.ts';
import { drawText, trayNumber, type DigitSize, type DrawnText, type TrayGlyph } from './tray-digits.ts';
import { trayInks, type TrayInks, type TrayVariant } from './tray-palette.ts';
import { alarmCorner, drawAlarm, drawBadge, drawFigure, drawMark } from './tray-marks.ts';
import { createCanvas, grown, inset, intersection, roundedBox, stroke } from './tray-raster.ts';
import type { Box, Canvas, Colour, Polyline } from './tray-raster.ts';

/** All that the picture depends on. */
export interface TrayIconSpec {
  /** Unread messages; 100 and more are drawn as `99+`. */
  readonly count: number;
  readonly status: TrayStatus;
  readonly variant: TrayVariant;
  /** Edge in physical px, 16 or more. */
  readonly size: number;
}

/** A picture in straight (not premultiplied) RGBA, rows from the top, as PNG wants it. */
export interface TrayIconImage {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array<ArrayBuffer>;
}

/**
 * Draws the tray icon: an envelope; with unread mail the number on a badge over it, below 20 px the badge alone, so
 * that the number can still be read. The states differ in shape too, not in colour alone. Throws below 16 px.
 */
export function drawTrayIcon(spec: TrayIconSpec): TrayIconImage {
  const { size, status } = spec;
  if (!Number.isInteger(size) || size < 16) throw new RangeError(`A tray icon has 16 px or more, not ${size}`);
  const canvas = createCanvas(size);
  const inks = trayInks(spec.variant, status);
  const glyphs = trayNumber(spec.count);
  if (glyphs.length === 0) {
    drawEnvelope(canvas, inks, 'centre');
    drawMark(canvas, inks, status);
  } else if (size < 20) {
    drawNumberAlone(canvas, inks, glyphs, status);
  } else {
    drawEnvelope(canvas, inks, 'top');
    const alarmed = status === 'attention';
    drawNumberBadge(canvas, inks, glyphs, alarmed);
    if (alarmed) drawAlarm(canvas, inks, alarmCorner(size));
  }
  return { width: size, height: size, rgba: canvas.rgba };
}

function drawEnvelope(canvas: Canvas, inks: TrayInks, place: 'centre' | 'top'): void {
  const { size } = canvas;
  const line = Math.max(1, Math.round(size / 14));
  const margin = Math.round(size / 20);
  const width = size - 2 * margin;
  const height = Math.round(width * 0.74);
  const top = place === 'top' ? Math.floor(margin / 2) : Math.floor((size - height) / 2);
  const body = roundedBox({ x: margin, y: top, width, height }, size / 8);
  if (inks.paper !== null) canvas.paint(body, inks.paper, inks.opacity);
  canvas.paint(inset(body, line), inks.line, inks.opacity);
  const flap: Polyline = [
    { x: margin, y: top + height * 0.16 },
    { x: size / 2, y: top + height * 0.6 },
    { x: size - margin, y: top + height * 0.16 },
  ];
  const inside = grown(body, -line);
  canvas.paint(intersection(stroke([flap], line), inside), inks.line, inks.opacity);
}

/** The number over the envelope's lower right, as large as it can be. */
function drawNumberBadge(canvas: Canvas, inks: TrayInks, glyphs: readonly TrayGlyph[], alarmed: boolean): void {
  const { size } = canvas;
  // In a small icon the number needs the room more than the envelope does, but not the alarm's.
  const small = size < 28;
  const height = Math.round(size * (small ? (alarmed ? 0.64 : 0.72) : 0.68));
  const pad = small ? 2 : Math.floor(size / 9.5);
  const text = fitText(glyphs, size - 2 * Math.max(2, pad - 1), height - 2 * pad);
  const width = Math.min(size, Math.max(height, text.drawn.width + 2 * pad));
  const box = { x: size - width, y: size - height, width, height };
  // Slivers of the envelope left of a wide badge would only be noise.
  if (width > size * 0.75) canvas.cut(roundedBox({ ...box, x: -size, width: 3 * size }, 0));
  drawBadge(canvas, inks, roundedBox(box, height * 0.3), inks.ground);
  drawCentred(canvas, inks.figure, text, box);
}

function drawNumberAlone(canvas: Canvas, inks: TrayInks, glyphs: readonly TrayGlyph[], status: TrayStatus): void {
  const { size } = canvas;
  const height = size - 2;
  const text = fitText(glyphs, size - 2, height - 4);
  const width = Math.min(size, Math.max(height, text.drawn.width + 4));
  const box = { x: Math.floor((size - width) / 2), y: 1, width, height };
  // Square corners instead of round ones tell the alarm apart without its colour.
  const alarmed = status === 'attention';
  canvas.paint(roundedBox(box, alarmed ? 0 : 4), alarmed ? inks.alarm : inks.ground, inks.opacity);
  drawCentred(canvas, alarmed ? inks.alarmFigure : inks.figure, text, box);
}

interface FittedText {
  readonly drawn: DrawnText;
  readonly stem: number;
}

function drawCentred(canvas: Canvas, ink: Colour | null, text: FittedText, box: Box): void {
  const x = box.x + Math.floor((box.width - text.drawn.width) / 2);
  const y = box.y + Math.floor((box.height - text.drawn.height) / 2);
  const lines = text.drawn.lines.map((line) => line.map((point) => ({ x: point.x + x, y: point.y + y })));
  drawFigure(canvas, ink, stroke(lines, text.stem));
}

/** The widest and boldest digits of that height that fit; thinner lines only where thick ones would close up. */
function fitText(glyphs: readonly TrayGlyph[], maxWidth: number, height: number): FittedText {
  const ideal = Math.round(height * 0.64);
  const bold = Math.max(2, Math.round(height / 5.2));
  const sizes: DigitSize[] = [];
  for (let stem = bold; stem >= 1; stem -= 1) {
    const narrowest = stem === 1 ? 4 : stem * 2 + 1;
    for (let width = ideal; width >= narrowest; width -= 1) {
      sizes.push({ width, height, stem, gap: Math.max(1, Math.round(stem * 0.6)) });
    }
  }
  const fits = sizes.find((size) => drawText(glyphs, size).width <= maxWidth);
  const size = fits ?? { width: 4, height, stem: 1, gap: 1 };
  return { drawn: drawText(glyphs, size), stem: size.stem };
}
