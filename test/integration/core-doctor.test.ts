import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { systemClock } from '../../electron/main/clock.ts';
import type { DoctorCause } from '../../electron/shared/doctor.ts';
import { walkSignIn } from '../standin/identity/page-walker.ts';
import { ada } from '../standin/people.ts';
import { findingOf } from '../support/doctor-bench.ts';
import { type HeadlessApp, startHeadlessApp } from '../support/headless-app.ts';
import { type MailWorld, startMailWorld } from '../support/mail-world.ts';

/** The doctor beside a watching that is real: what it knows of that decides what it says. */
describe('the doctor of an account that is being watched', () => {
  let folder: string;
  let world: MailWorld;
  let app: HeadlessApp;
  let accountId: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tidings-core-doctor-'));
    world = await startMailWorld('stand-in', { folder: join(folder, 'world') });
    app = await startHeadlessApp({ folder: join(folder, 'data'), profile: world.profile, clock: systemClock });
    await walkSignIn(await app.beginSignIn(), ada, 'accept');
    const { accounts } = await app.snapshots.waitFor((snapshot) => snapshot.accounts[0]?.state.kind === 'watching');
    accountId = accounts[0]?.id ?? '';
  });

  afterEach(async () => {
    await app.core.dispose();
    await world.dispose();
    rmSync(folder, { recursive: true });
  });

  async function causeNow(): Promise<DoctorCause['kind'] | null> {
    const run = await app.core.doctor.examine(accountId, { kind: 'window' });
    return run === null ? null : (findingOf(run)?.cause.kind ?? null);
  }

  it('takes "not connected" for the limit while the watching goes on, and for IMAP switched off once it doesn’t', async () => {
    const text = 'User is authenticated but not connected.';
    world.imap.order({ kind: 'answer', command: 'NAMESPACE', status: 'BAD', text });
    expect(await causeNow()).toBe('connection-limit');
    expect(app.core.state.snapshot.accounts[0]?.state.kind).toBe('watching');
    const { mark } = app.snapshots;
    world.imap.cut('rst');
    await app.snapshots.waitFor((snapshot) => snapshot.accounts[0]?.state.kind !== 'watching', mark);
    expect(await causeNow()).toBe('imap-switched-off');
  });
});
