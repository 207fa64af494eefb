import { expect, it } from 'vitest';
import { drawTrayIcon } from '../../../electron/main/shell/tray-icon.ts';

/** The ten digits as a person knows them, in an icon of 22 px, the size of Linux' panels. */
const shapes: readonly string[] = [
  `
  --####--
  -######-
  ###--###
  ##----##
  ##----##
  ##----##
  ##----##
  ##----##
  ##----##
  ###--###
  -######-
  --####--
  `,
  `
  --##
  -###
  ####
  ####
  --##
  --##
  --##
  --##
  --##
  --##
  --##
  --##
  `,
  `
  --####--
  -######-
  ###---##
  ##----##
  ------##
  -----##-
  ----###-
  ---###--
  --###---
  -###----
  ########
  ########
  `,
  `
  --####--
  -######-
  ###--###
  ##----##
  -----###
  ---####-
  ---####-
  -----###
  ##----##
  ###--###
  -######-
  --####--
  `,
  `
  -----##-
  ----###-
  ----###-
  ---####-
  --#####-
  --##-##-
  -##--##-
  ########
  ########
  -----##-
  -----##-
  -----##-
  `,
  `
  ########
  ########
  ##------
  ##------
  ##------
  ######--
  #######-
  -----###
  ##----##
  ###--###
  -######-
  --####--
  `,
  `
  --####--
  -######-
  ###--###
  ##----##
  ##------
  ######--
  #######-
  ###--###
  ##----##
  ###--###
  -######-
  --####--
  `,
  `
  ########
  ########
  -----##-
  -----##-
  ----###-
  ----##--
  ----##--
  ---##---
  ---##---
  --###---
  --##----
  --##----
  `,
  `
  --####--
  -######-
  ###--###
  ##----##
  ###--###
  -######-
  -######-
  ###--###
  ##----##
  ###--###
  -######-
  --####--
  `,
  `
  --####--
  -######-
  ###--###
  ##----##
  ###--###
  -#######
  --######
  ------##
  ##----##
  ###--###
  -######-
  --####--
  `,
];

/** What is white in the icon's badge, without the rows and columns around it that have none. */
function figureOf(count: number): readonly string[] {
  const size = 22;
  const { rgba } = drawTrayIcon({ count, status: 'watching', variant: 'light-panel', size });
  const isWhite = (x: number, y: number): boolean => {
    const [red = 0, , , alpha = 0] = rgba.subarray((y * size + x) * 4);
    return alpha >= 128 && red >= 128;
  };
  const all = Array.from({ length: size }, (_, at) => at);
  const rows = all.filter((y) => all.some((x) => isWhite(x, y)));
  const columns = all.filter((x) => all.some((y) => isWhite(x, y)));
  const from = columns.at(0) ?? 0;
  const to = columns.at(-1) ?? 0;
  return rows.map((y) =>
    all
      .slice(from, to + 1)
      .map((x) => (isWhite(x, y) ? '#' : '-'))
      .join(''),
  );
}

const linesOf = (shape: string): readonly string[] => shape.trim().split(/\n\s*/u);

it.each(shapes.slice(1).map((shape, at) => [at + 1, shape] as const))(
  'the tray icon’s %i has the shape of one',
  (digit, shape) => {
    expect(figureOf(digit)).toEqual(linesOf(shape));
  },
);

it('the tray icon’s 0 has the shape of one, behind another digit', () => {
  const zero = linesOf(shapes[0] ?? '');
  expect(figureOf(10).map((row) => row.slice(-8))).toEqual(zero);
});
