import type { DoctorRun, DoctorStep, DoctorStepName } from '../../shared/doctor.ts';
import type { AccountRecord } from '../../shared/settings.ts';
import type { Clock } from '../clock.ts';
import type { ExaminationDeps, StepEnd, StepWork } from './examination-step.ts';
import { MailboxSteps } from './mailbox-steps.ts';
import { ReachSteps } from './reach-steps.ts';
import { finding } from './reach-finding.ts';
import { TokenStep } from './token-step.ts';

/** The whole examination, ms. */
export const examinationLimitMs = 90_000;

/** Each step's own limit, ms. Those of the token: an HTTP exchange (30 s), and a keyring that is slow. */
const limitsMs: Readonly<Record<DoctorStepName, number>> = {
  dns: 10_000,
  tcp: 18_000,
  tls: 20_000,
  token: 40_000,
  'sign-in': 30_000,
  capabilities: 20_000,
  mailbox: 20_000,
  push: 20_000,
};

/** How long (ms) the doctor's own LOGOUT may take. */
const logoutMs = 2_000;

/**
 * Goes the whole way to an account's mailbox, and stops at the first step that fails. `onChange` is told of each
 * change. Resolves when nothing of it is open any more; never rejects.
 */
export async function examine(
  account: AccountRecord,
  deps: ExaminationDeps,
  signal: AbortSignal,
  onChange: (run: DoctorRun) => void,
): Promise<DoctorRun> {
  const { clock } = deps;
  const { host, port } = account.profile.imap;
  let run: DoctorRun = {
    accountId: account.id,
    address: account.address,
    server: `${host}:${port}`,
    startedAt: clock.now(),
    state: 'running',
    steps: [],
  };
  const change = (next: Partial<DoctorRun>): void => {
    run = { ...run, ...next };
    onChange(run);
  };
  const total = new AbortController();
  const cancelTotal = clock.setTimer(examinationLimitMs, () => {
    total.abort();
  });
  const reach = new ReachSteps(account, deps);
  const token = new TokenStep(account, deps, reach);
  const mailbox = new MailboxSteps(account, deps, token);
  const steps: readonly (readonly [DoctorStepName, StepWork])[] = [...reach.steps, ...token.steps, ...mailbox.steps];

  change({});
  let state: DoctorRun['state'] = 'fine';
  for (const [name, work] of steps) {
    if (signal.aborted) break;
    const before = run.steps;
    change({ steps: [...before, { name, kind: 'running' }] });
    const step = await runStep(name, work, { clock, signal, total: total.signal });
    // A step that was cancelled says nothing of the connection.
    if (signal.aborted) {
      change({ steps: before });
      break;
    }
    change({ steps: [...before, step] });
    if (step.kind === 'failed') {
      state = 'failed';
      break;
    }
  }
  cancelTotal();
  reach.dispose();
  await mailbox.end(logoutMs);
  change({ state: signal.aborted && state !== 'failed' ? 'cancelled' : state });
  return run;
}

interface StepSurroundings {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly total: AbortSignal;
}

async function runStep(
  name: DoctorStepName,
  work: StepWork,
  { clock, signal, total }: StepSurroundings,
): Promise<DoctorStep> {
  const own = new AbortController();
  const any = AbortSignal.any([signal, total, own.signal]);
  const cancel = clock.setTimer(limitsMs[name], () => {
    own.abort();
  });
  const beganAt = clock.monotonic();
  const ended = new Promise<StepEnd>((resolve) => {
    const onEnd = (): void => {
      const kind = total.aborted ? 'stopped-early' : name === 'push' ? 'push-unanswered' : 'timed-out';
      resolve({ kind: 'failed', facts: null, finding: finding({ kind }) });
    };
    if (any.aborted) onEnd();
    any.addEventListener('abort', onEnd, { once: true });
  });
  const end = await Promise.race([settled(work(any)), ended]);
  cancel();
  // What the step left under way ends with it.
  own.abort();
  const ms = Math.round(clock.monotonic() - beganAt);
  return { name, ms, ...end };
}

/** A step that rejects has met what nobody foresaw. */
async function settled(work: Promise<StepEnd>): Promise<StepEnd> {
  try {
    return await work;
  } catch (error) {
    return { kind: 'failed', facts: null, finding: finding({ kind: 'server-odd' }, String(error)) };
  }
}
