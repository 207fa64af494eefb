import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inMs, renewFigures } from '../../../scripts/bench/report/figures-page.ts';
import { latencyPlot } from '../../../scripts/bench/report/plot.ts';
import {
  type BenchResults,
  burstFigures,
  latencyFigures,
  outageFigures,
  targets,
} from '../../../scripts/bench/report/results.ts';
import { median, percentile } from '../../../scripts/bench/report/statistics.ts';

const results: BenchResults = {
  existsToNotify: {
    tidings: latencyFigures([5, 6, 40]),
    imapflow: latencyFigures([3.5, 4]),
    rawSocket: latencyFigures([0.25]),
  },
  burst50: burstFigures([
    { server: 'Dovecot', firstToldMs: 7, allToldMs: 300, deliveryMs: 950 },
    { server: 'stand-in', firstToldMs: 6, allToldMs: 601, deliveryMs: 940 },
  ]),
  outage60: outageFigures([900, 7_400]),
  machine: {
    ...{ cpu: 'a processor', cores: 2, memoryMiB: 4_096, os: 'a system', node: '24', electron: '45' },
    busyPercent: { before: 1, after: 2 },
  },
  date: '2026-11-23T10:00:00.000Z',
};

describe('statistics', () => {
  it('know the middle, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 2])).toBe(3.5);
    expect(() => median([])).toThrow(RangeError);
  });

  it('know the value that a share stays below, by the nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(percentile(hundred, 0.95)).toBe(95);
    expect(percentile([3, 1, 2], 0.95)).toBe(3);
    expect(percentile([3, 1, 2], 0)).toBe(1);
  });
});

describe('the results', () => {
  it('count the slowest burst and outage, not a lucky one', () => {
    expect(results.burst50).toMatchObject({ firstToldMs: 7, allToldMs: 601 });
    expect(results.outage60.allToldMs).toBe(7_400);
  });

  it('are held to the targets: beside the bare script, after the burst, after the outage', () => {
    expect(targets(results).map(({ measuredMs, isMet }) => [measuredMs, isMet])).toEqual([
      [2.25, false],
      [601, false],
      [7_400, true],
    ]);
  });
});

describe('the page of figures', () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'performance.md'), 'utf8');

  it('gets new ones in the place of the old, and keeps the rest', () => {
    const renewed = renewFigures(page, results);
    expect(renewed).toContain('| **Tidings** | 6.0 ms | 40 ms | 3 |');
    expect(renewed).toContain('| 601 ms | ≤ 600 ms | **missed** |');
    expect(renewed).toContain('| 7.4 s | ≤ 10 s | met |');
    const rest = (text: string) => text.replace(/<!-- figures[^]*<!-- end of figures -->/u, '');
    expect(rest(renewed)).toBe(rest(page));
    expect(renewFigures(renewed, results)).toBe(renewed);
  });

  it('is refused where it has no place for them', () => {
    expect(() => renewFigures('# Performance', results)).toThrow('lacks');
  });

  it.each([
    [0.284, '0.3 ms'],
    [12.4, '12 ms'],
    [-3.04, '-3.0 ms'],
    [1_028, '1.0 s'],
    [60_000, '60 s'],
  ])('says %d ms as people do', (ms, words) => {
    expect(inMs(ms)).toBe(words);
  });
});

describe('the plot', () => {
  const dots = [...latencyPlot(results).matchAll(/<circle class="dot (\w+)" cx="([\d.]+)"/gu)];
  const placesOf = (name: string): number[] => dots.filter(([, of]) => of === name).map(([, , x]) => Number(x));

  it('has a dot for every mail, the later told the farther right', () => {
    expect(dots).toHaveLength(6);
    const [raw = 0] = placesOf('rawSocket');
    const [bare = 0, barely = 0] = placesOf('imapflow');
    const [first = 0, second = 0, slow = 0] = placesOf('tidings');
    const places = [raw, bare, barely, first, second, slow];
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(new Set(places).size).toBe(6);
  });

  it('is logarithmic: ten times the time is as far everywhere', () => {
    const spaced = latencyPlot({
      existsToNotify: { ...results.existsToNotify, tidings: latencyFigures([1, 10, 100]) },
    });
    const [a = 0, b = 0, c = 0] = [...spaced.matchAll(/dot tidings" cx="([\d.]+)"/gu)].map(([, x]) => Number(x));
    expect(c - b).toBeCloseTo(b - a, 0);
    expect(b - a).toBeGreaterThan(50);
  });
});
