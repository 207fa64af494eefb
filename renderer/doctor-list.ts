import { type DoctorRun, type DoctorStep, type DoctorStepName, doctorStepNames } from '../electron/shared/doctor.ts';

/** A line of the doctor's list. */
export interface DoctorLine {
  readonly name: DoctorStepName;
  readonly kind: DoctorStep['kind'] | 'waiting';
  /** Null where it hasn't begun. */
  readonly step: DoctorStep | null;
}

/** All steps in their order, also those to come: the list doesn't grow under the reader's eyes. */
export function doctorLines(run: DoctorRun | null): readonly DoctorLine[] {
  return doctorStepNames.map((name) => {
    const step = run?.steps.find((each) => each.name === name) ?? null;
    return { name, step, kind: step?.kind ?? 'waiting' };
  });
}
