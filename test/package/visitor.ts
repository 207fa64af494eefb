import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { PNG } from 'pngjs';
import { waitLimitMs } from '../desktop/conditions.ts';
import { spawnIdentity } from '../desktop/ordinary-user.ts';
import type { DesktopSession } from '../desktop/session.ts';

const execute = promisify(execFile);

/** Fluent UI's brand colour in its light theme, which fills the one button that matters most. */
const brandColour = [0x0f, 0x6c, 0xbd] as const;

/** Narrower than any button, wider than an icon of this colour (pixels). */
const barWidth = 100;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Somebody in front of the screen: sees what is drawn and clicks, where a release lets no other program in. */
export interface Visitor {
  /** Resolves when a window is shown whose class a desktop would find in StartupWMClass. */
  seesWindowOfClass(name: string): Promise<void>;
  /** Clicks the filled button, once one is drawn. */
  clicksMainButton(): Promise<void>;
}

export function visitorOf(session: DesktopSession): Visitor {
  const xdotool = (...args: string[]) =>
    execute('xdotool', args, { env: session.env, ...spawnIdentity(session.user), timeout: waitLimitMs });
  return {
    async seesWindowOfClass(name) {
      await xdotool('search', '--sync', '--onlyvisible', '--class', `^${name}$`);
    },
    async clicksMainButton() {
      const { x, y } = await untilDrawn(session);
      await xdotool('mousemove', String(x), String(y), 'click', '1');
    },
  };
}

/** The middle of the button, once it is drawn the same twice in a row. */
async function untilDrawn(session: DesktopSession): Promise<Point> {
  const deadline = performance.now() + waitLimitMs;
  for (let last: Point | null = null; performance.now() < deadline;) {
    const found = middleOfBar(PNG.sync.read(session.display.screenshot()));
    if (found !== null && found.x === last?.x && found.y === last.y) return found;
    last = found;
    // Nobody tells of pixels.
    await delay(50);
  }
  throw new Error('No filled button was drawn');
}

/** The middle of all rows that have {@link barWidth} pixels of the brand's colour side by side: no icon has. */
function middleOfBar({ width, height, data }: PNG): Point | null {
  const isBrand = (index: number): boolean => brandColour.every((value, at) => data[index * 4 + at] === value);
  const middles: Point[] = [];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0, run = 0; x < width; x += 1) {
      run = isBrand(y * width + x) ? run + 1 : 0;
      if (run === barWidth) middles.push({ x: x - barWidth / 2, y });
    }
  }
  return middles[middles.length >> 1] ?? null;
}
