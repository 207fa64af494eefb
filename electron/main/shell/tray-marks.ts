import type { TrayStatus } from '../../shared/snapshot.ts';
import type { TrayInks } from './tray-palette.ts';
import { grown, roundedBox, stroke } from './tray-raster.ts';
import type { Box, Canvas, Colour, Polyline, Shape } from './tray-raster.ts';

/** What stands at the lower right when there is no number. */
export function drawMark(canvas: Canvas, inks: TrayInks, status: TrayStatus): void {
  const { size } = canvas;
  switch (status) {
    case 'watching':
      return;
    case 'attention': {
      const edge = Math.round(size * 0.6);
      drawAlarm(canvas, inks, { x: size - edge, y: size - edge, width: edge, height: edge });
      return;
    }
    case 'connecting': {
      const dot = Math.round(size / 8);
      const gap = Math.round(size / 14);
      const pad = Math.round(size / 10);
      const width = 3 * dot + 2 * gap + 2 * pad;
      const box = { x: size - width, y: size - dot - 2 * pad, width, height: dot + 2 * pad };
      drawBadge(canvas, inks, roundedBox(box, box.height / 2), inks.ground);
      for (const index of [0, 1, 2]) {
        const x = box.x + pad + index * (dot + gap);
        drawFigure(canvas, inks.figure, roundedBox({ x, y: box.y + pad, width: dot, height: dot }, dot / 2));
      }
      return;
    }
    case 'offline': {
      const line = Math.max(2, Math.round(size / 11));
      const slash: Polyline = [
        { x: line, y: line },
        { x: size - line, y: size - line },
      ];
      const shape = stroke([slash], line);
      drawBadge(canvas, inks, shape, inks.ground);
      return;
    }
    case 'no-accounts': {
      const edge = Math.round(size * 0.6);
      const box = { x: size - edge, y: size - edge, width: edge, height: edge };
      drawBadge(canvas, inks, roundedBox(box, edge / 2), inks.ground);
      const stem = evenly(edge / 6, edge);
      const pad = Math.floor(edge * 0.22);
      const start = (edge - stem) / 2;
      const span = edge - 2 * pad;
      drawFigure(canvas, inks.figure, roundedBox({ x: box.x + pad, y: box.y + start, width: span, height: stem }, 0));
      drawFigure(canvas, inks.figure, roundedBox({ x: box.x + start, y: box.y + pad, width: stem, height: span }, 0));
      return;
    }
  }
}

/** Where the alarm stands when the lower right belongs to the number. */
export function alarmCorner(size: number): Box {
  const edge = Math.round(size * 0.38);
  return { x: size - edge, y: 0, width: edge, height: edge };
}

/** A disc with an exclamation mark. */
export function drawAlarm(canvas: Canvas, inks: TrayInks, box: Box): void {
  drawBadge(canvas, inks, roundedBox(box, box.width / 2), inks.alarm);
  const stem = evenly(box.width / 5, box.width);
  const dot = Math.min(stem, Math.ceil(box.height / 7));
  const pad = Math.max(1, Math.floor(box.height * 0.16));
  const gap = Math.max(1, Math.round(dot / 2));
  const x = box.x + (box.width - stem) / 2;
  const bottom = box.y + box.height - pad;
  const bar = { x, y: box.y + pad, width: stem, height: box.height - 2 * pad - gap - dot };
  drawFigure(canvas, inks.alarmFigure, roundedBox(bar, stem / 3));
  drawFigure(canvas, inks.alarmFigure, roundedBox({ x, y: bottom - dot, width: stem, height: dot }, dot / 3));
}

/** A thickness of whole px near `wanted` that can stand in the very middle of `room` px. */
function evenly(wanted: number, room: number): number {
  const near = Math.max(1, Math.round(wanted));
  if ((room - near) % 2 === 0) return near;
  return near > 1 ? near - 1 : near + 1;
}

/** A ground, set off from what lies under it. */
export function drawBadge(canvas: Canvas, inks: TrayInks, shape: Shape, ground: Colour): void {
  const moat = grown(shape, Math.max(1, Math.round(canvas.size / 24)));
  if (inks.ring === null) canvas.cut(moat);
  else canvas.paint(moat, inks.ring, inks.opacity);
  canvas.paint(shape, ground, inks.opacity);
}

/** Number or mark on a ground; null cuts it out. */
export function drawFigure(canvas: Canvas, ink: Colour | null, shape: Shape): void {
  if (ink === null) canvas.cut(shape);
  else canvas.paint(shape, ink);
}
