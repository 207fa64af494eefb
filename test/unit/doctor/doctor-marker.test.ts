import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { isDoctorAtWork, markDoctor, markerLimitMs, untilNoDoctor } from '../../../electron/main/doctor-marker.ts';
import { FakeClock, settle } from '../../support/fake-clock.ts';

const other = 4_711;
const never = new AbortController().signal;

describe('a doctor that examines by itself', () => {
  let folder: string;
  let file: string;
  let alive: Set<number>;
  let clock: FakeClock;
  const deps = () => ({ file, isAlive: (pid: number) => alive.has(pid), clock });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidings-marker-'));
    file = join(folder, 'doctor.pid');
    alive = new Set([other]);
    clock = new FakeClock(Date.now());
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('says so while it does, and not after', async () => {
    const unmark = await markDoctor(deps(), never);
    expect(readFileSync(file, 'utf8')).toBe(`${process.pid}`);
    unmark();
    expect(existsSync(file)).toBe(false);
  });

  it('is waited for by whoever starts meanwhile, far longer than Chromium would', async () => {
    writeFileSync(file, `${other}`);
    let isOver = false;
    const waiting = untilNoDoctor(deps()).then(() => {
      isOver = true;
    });
    await clock.advance(100_000);
    expect(isOver).toBe(false);
    rmSync(file);
    await clock.advance(250);
    await waiting;
    expect(clock.pending).toBe(0);
  });

  it.each([
    ['has ended without a word', () => alive.clear()],
    ['is long past its time, as a process of the same number', () => clock.setForward(markerLimitMs)],
    ['left something unreadable', () => writeFileSync(file, 'x')],
    ['is this very process', () => (writeFileSync(file, `${process.pid}`), alive.add(process.pid))],
  ])('isn’t waited for where it %s', (_, change) => {
    writeFileSync(file, `${other}`);
    expect(isDoctorAtWork(deps())).toBe(true);
    change();
    expect(isDoctorAtWork(deps())).toBe(false);
  });

  it('waits for another one first, and takes the place of one that has crashed', async () => {
    writeFileSync(file, `${other}`);
    const marking = markDoctor(deps(), never);
    await clock.advance(30_000);
    expect(readFileSync(file, 'utf8')).toBe(`${other}`);
    alive.clear();
    await clock.advance(250);
    await marking;
    expect(readFileSync(file, 'utf8')).toBe(`${process.pid}`);
  });

  it('waits no more once it is given up, and leaves the other’s mark', async () => {
    writeFileSync(file, `${other}`);
    const stop = new AbortController();
    const marking = markDoctor(deps(), stop.signal);
    await settle();
    stop.abort();
    await clock.advance(250);
    (await marking)();
    expect(readFileSync(file, 'utf8')).toBe(`${other}`);
  });

  it('goes on without where the folder isn’t there', async () => {
    file = join(folder, 'missing', 'doctor.pid');
    (await markDoctor(deps(), never))();
  });
});
