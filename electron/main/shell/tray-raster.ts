/**
 * A very small rasteriser for icons: shapes are signed distance functions, coverage falls from 1 to 0 over one
 * pixel around an edge. An edge that lies on the pixel grid therefore comes out perfectly sharp.
 */

/** Straight (not premultiplied) 8-bit colour. */
export interface Colour {
  readonly r: number;
  readonly g: number;
  readonly b: number;
}

/** Distance in px from (x, y) to the shape's edge; negative inside. */
export type Shape = (x: number, y: number) => number;

/** A list of points in px, joined by straight lines. */
export type Polyline = readonly Point[];

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** `#rrggbb` as numbers; throws on anything else. */
export function colour(hex: string): Colour {
  if (!/^#[0-9a-f]{6}$/i.test(hex)) throw new Error(`Not a colour: ${hex}`);
  const value = Number.parseInt(hex.slice(1), 16);
  return { r: value >> 16, g: (value >> 8) & 0xff, b: value & 0xff };
}

/** Math.hypot guards against overflow, which costs ten times as much here. */
function length(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}

/** A filled rectangle with round corners of `radius` px. */
export function roundedBox(box: Box, radius: number): Shape {
  const halfWidth = box.width / 2;
  const halfHeight = box.height / 2;
  const r = Math.min(radius, halfWidth, halfHeight);
  const centreX = box.x + halfWidth;
  const centreY = box.y + halfHeight;
  return (x, y) => {
    const dx = Math.abs(x - centreX) - halfWidth + r;
    const dy = Math.abs(y - centreY) - halfHeight + r;
    return length(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - r;
  };
}

/** A line of `width` px along `lines`, with round ends. */
export function stroke(lines: readonly Polyline[], width: number): Shape {
  const segments = lines.flatMap((line) =>
    line.slice(1).flatMap((end, index) => {
      const start = line[index];
      return start === undefined ? [] : [{ start, dx: end.x - start.x, dy: end.y - start.y }];
    }),
  );
  return (x, y) => {
    let nearest = Infinity;
    for (const { start, dx, dy } of segments) {
      const squared = dx * dx + dy * dy;
      const along = squared === 0 ? 0 : ((x - start.x) * dx + (y - start.y) * dy) / squared;
      const t = Math.min(Math.max(along, 0), 1);
      const awayX = x - start.x - t * dx;
      const awayY = y - start.y - t * dy;
      nearest = Math.min(nearest, awayX * awayX + awayY * awayY);
    }
    return Math.sqrt(nearest) - width / 2;
  };
}

/** The band of `width` px just inside the shape's edge. */
export function inset(shape: Shape, width: number): Shape {
  return (x, y) => {
    const distance = shape(x, y);
    return Math.max(distance, -distance - width);
  };
}

/** Where both shapes are. */
export function intersection(a: Shape, b: Shape): Shape {
  return (x, y) => Math.max(a(x, y), b(x, y));
}

/** The shape, larger by `by` px on every side. */
export function grown(shape: Shape, by: number): Shape {
  return (x, y) => shape(x, y) - by;
}

/** A square picture that shapes are painted on or cut out of. */
export interface Canvas {
  readonly size: number;
  /** Straight RGBA, rows from the top, 4 bytes a pixel. */
  readonly rgba: Uint8Array<ArrayBuffer>;
  /** Paints the shape over what is there; `opacity` 0..1. */
  paint(shape: Shape, ink: Colour, opacity?: number): void;
  /** Makes the shape's place transparent. */
  cut(shape: Shape): void;
}

/** An empty, transparent canvas of `size` px. */
export function createCanvas(size: number): Canvas {
  const rgba = new Uint8Array(size * size * 4);
  const each = (shape: Shape, touch: (offset: number, coverage: number) => void): void => {
    for (let y = 0; y < size; y += 1) {
      for (let x = 0; x < size; x += 1) {
        const coverage = Math.min(Math.max(0.5 - shape(x + 0.5, y + 0.5), 0), 1);
        if (coverage > 0) touch((y * size + x) * 4, coverage);
      }
    }
  };
  return {
    size,
    rgba,
    paint: (shape, ink, opacity = 1) => {
      each(shape, (offset, coverage) => {
        blend(rgba, offset, ink, coverage * opacity);
      });
    },
    cut: (shape) => {
      each(shape, (offset, coverage) => {
        rgba[offset + 3] = Math.round((rgba[offset + 3] ?? 0) * (1 - coverage));
      });
    },
  };
}

/** Porter and Duff's "source over" on straight colours. */
function blend(rgba: Uint8Array, offset: number, ink: Colour, alpha: number): void {
  const under = ((rgba[offset + 3] ?? 0) / 255) * (1 - alpha);
  const total = alpha + under;
  if (total === 0) return;
  const mix = (over: number, below: number): number => Math.round((over * alpha + below * under) / total);
  rgba[offset] = mix(ink.r, rgba[offset] ?? 0);
  rgba[offset + 1] = mix(ink.g, rgba[offset + 1] ?? 0);
  rgba[offset + 2] = mix(ink.b, rgba[offset + 2] ?? 0);
  rgba[offset + 3] = Math.round(total * 255);
}
