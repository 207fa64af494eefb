import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ConnectionDoctor } from '../../electron/main/doctor/connection-doctor.ts';
import { examinationLimitMs } from '../../electron/main/doctor/examination.ts';
import { dialDirectly } from '../../electron/main/network/dial.ts';
import type { DoctorRun, DoctorStepName } from '../../electron/shared/doctor.ts';
import { DoctorBench, type ExamineOptions, findingOf } from '../support/doctor-bench.ts';
import { FakeClock } from '../support/fake-clock.ts';

/** Real connections, and a clock that the test turns: nothing ends by itself. */
describe('an examination that is held up', () => {
  let bench: DoctorBench;
  let clock: FakeClock;
  let doctor: ConnectionDoctor;

  beforeEach(async () => {
    bench = await DoctorBench.start();
    clock = new FakeClock(Date.now());
  });

  afterEach(async () => {
    await bench.dispose();
  });

  const hold = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      clock.setTimer(ms, resolve);
    });

  function begin(options: ExamineOptions): Promise<DoctorRun | null> {
    doctor = bench.doctor({ clock, ...options });
    return doctor.examine('a', { kind: 'window' });
  }

  const untilAt = async (name: DoctorStepName): Promise<void> => {
    await expect.poll(() => doctor.runs()[0]?.steps.at(-1)).toEqual({ name, kind: 'running' });
  };

  it.each([
    ['dns', 10_000, { proxyFor: () => new Promise<null>(() => {}) }],
    ['tcp', 18_000, { dial: () => new Promise<never>(() => {}) }],
    ['tls', 20_000, { before: (what: string) => (what === 'ca' ? new Promise<void>(() => {}) : Promise.resolve()) }],
    [
      'token',
      40_000,
      { before: (what: string) => (what === 'token' ? new Promise<void>(() => {}) : Promise.resolve()) },
    ],
  ] as const)('ends at %s after %i ms, and not before', async (name, limitMs, options) => {
    const examining = begin(options);
    await untilAt(name);
    await clock.advance(limitMs - 1);
    expect(doctor.runs()[0]?.state).toBe('running');
    await clock.advance(1);
    const run = await examining;
    expect(run === null ? null : findingOf(run)).toEqual({ step: name, cause: { kind: 'timed-out' } });
    expect(run?.steps.at(-1)).toMatchObject({ ms: limitMs });
    expect(clock.pending).toBe(0);
  });

  it('ends after 90 s in all, though no step was too slow by itself', async () => {
    let dials = 0;
    const examining = begin({
      proxyFor: async () => {
        await hold(9_000);
        return null;
      },
      dial: async (...args) => {
        if (args[0].port === bench.world.profile.imap.port) {
          dials += 1;
          // The second is the login's.
          await hold(dials === 1 ? 17_000 : examinationLimitMs);
        }
        return dialDirectly(...args);
      },
      before: (what) => hold(what === 'ca' ? 19_000 : 39_000),
    });
    for (const [name, ms] of [
      ['dns', 9_000],
      ['tcp', 17_000],
      ['tls', 19_000],
      ['token', 39_000],
    ] as const) {
      await untilAt(name);
      await clock.advance(ms);
    }
    await untilAt('sign-in');
    await clock.advance(examinationLimitMs - 84_000 - 1);
    expect(doctor.runs()[0]?.state).toBe('running');
    await clock.advance(1);
    const run = await examining;
    expect(run === null ? null : findingOf(run)).toEqual({ step: 'sign-in', cause: { kind: 'stopped-early' } });
  });
});
