import type { TrayStatus } from '../../shared/snapshot.ts';
import { colour, type Colour } from './tray-raster.ts';

/**
 * What the icon is drawn for. `any-panel`: the panel's colour can't be known (Linux), so the picture carries its own
 * contrast. `template`: black and transparency only, which macOS inverts as it likes.
 */
export type TrayVariant = 'light-panel' | 'dark-panel' | 'any-panel' | 'template';

/** The colours of one icon. */
export interface TrayInks {
  /** The envelope's line. */
  readonly line: Colour;
  /** The envelope's inside; null leaves the panel showing. */
  readonly paper: Colour | null;
  /** The ground of the number or mark. */
  readonly ground: Colour;
  /** Number or mark on the ground; null cuts it out. */
  readonly figure: Colour | null;
  /** The ground of the alarm mark, and what is on it. */
  readonly alarm: Colour;
  readonly alarmFigure: Colour | null;
  /** Ring between envelope and badge; null leaves the panel showing. */
  readonly ring: Colour | null;
  /** Of all that is painted, 0..1. */
  readonly opacity: number;
}

const white = colour('#ffffff');
const black = colour('#000000');

/** What a status means for the colours: the number is the server's own, is being renewed, or is stale. */
type Freshness = 'fresh' | 'renewing' | 'stale';

const freshness: Readonly<Record<TrayStatus, Freshness>> = {
  // Accounts that need a person may stand beside others that are fresh; the alarm mark says that something is wrong.
  attention: 'fresh',
  watching: 'fresh',
  connecting: 'renewing',
  offline: 'stale',
  'no-accounts': 'stale',
};

/** Colours by panel; every figure has at least 4.5:1 on its ground (WCAG 2.2, 1.4.3). */
export function trayInks(variant: TrayVariant, status: TrayStatus): TrayInks {
  const state = freshness[status];
  switch (variant) {
    case 'light-panel':
      return {
        line: state === 'stale' ? colour('#767676') : colour('#242424'),
        paper: null,
        ground: { fresh: colour('#0f6cbd'), renewing: colour('#3f6486'), stale: colour('#616161') }[state],
        figure: white,
        alarm: colour('#c50f1f'),
        alarmFigure: white,
        ring: null,
        opacity: 1,
      };
    case 'dark-panel':
      return {
        line: state === 'stale' ? colour('#a6a6a6') : white,
        paper: null,
        ground: { fresh: colour('#62abf5'), renewing: colour('#a3bdd6'), stale: colour('#b3b3b3') }[state],
        figure: colour('#081c30'),
        alarm: colour('#ff8a8a'),
        alarmFigure: colour('#2b0508'),
        ring: null,
        opacity: 1,
      };
    case 'any-panel':
      return {
        line: state === 'stale' ? colour('#767676') : colour('#242424'),
        paper: state === 'stale' ? colour('#e6e6e6') : white,
        ground: { fresh: colour('#0f6cbd'), renewing: colour('#3f6486'), stale: colour('#616161') }[state],
        figure: white,
        alarm: colour('#c50f1f'),
        alarmFigure: white,
        ring: white,
        opacity: 1,
      };
    case 'template':
      return {
        line: black,
        paper: null,
        ground: black,
        figure: null,
        alarm: black,
        alarmFigure: null,
        ring: null,
        opacity: { fresh: 1, renewing: 0.75, stale: 0.5 }[state],
      };
  }
}
