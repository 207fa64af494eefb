import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { systemClock } from '../../electron/main/clock.ts';
import { type Examined, examineAlone } from '../../electron/main/doctor-alone.ts';
import { createWords } from '../../electron/main/i18n.ts';
import { builtInProfile } from '../../electron/main/profile/deployment-profile.ts';
import { appPaths } from '../../electron/main/storage/paths.ts';
import { defaultSettings, type Settings } from '../../electron/shared/settings.ts';
import { DoctorBench } from '../support/doctor-bench.ts';

const words = createWords('en');

/** The doctor where no Tidings runs; no keyring is needed, since it is asked only for a token. */
describe('the doctor by itself', () => {
  let bench: DoctorBench;
  let folder: string;

  beforeEach(async () => {
    bench = await DoctorBench.start();
    folder = mkdtempSync(join(tmpdir(), 'tidings-alone-'));
  });

  afterEach(async () => {
    await bench.dispose();
    rmSync(folder, { recursive: true });
  });

  function examine(
    settings: Settings | null,
    options: { account?: string; signal?: AbortSignal } = {},
  ): Promise<Examined> {
    const paths = appPaths(folder);
    mkdirSync(paths.tokensFolder);
    return examineAlone({
      order: { account: options.account ?? null, showAddresses: true },
      paths,
      settings,
      layers: { builtIn: builtInProfile, settings: {}, packaged: {}, file: {} },
      words,
      appVersion: '1',
      clock: systemClock,
      signal: options.signal ?? new AbortController().signal,
    });
  }

  const nothing = (key: 'noAccounts' | 'sessionOnly') => ({
    answer: { kind: 'nothing', text: words.translate(`doctor.terminal.${key}`) },
    isKeyringBusy: false,
  });

  it('says that there are no accounts, with and without settings', async () => {
    expect(await examine(null)).toEqual(nothing('noAccounts'));
  });

  it('says that sign-ins are kept only while Tidings runs', async () => {
    const settings: Settings = { ...defaultSettings, accounts: [bench.record()], tokenStorage: 'session-only' };
    expect(await examine(settings)).toEqual(nothing('sessionOnly'));
    expect(bench.world.identity.log.tokenRequestCount()).toBe(0);
  });

  it('says why a sign-in was lost, and sends nothing that was refused already', async () => {
    const record = bench.record();
    const reason = { code: 'sign-in-expired', at: 1, aadsts: '50173', correlationId: 'c-1' };
    const lost = { schemaVersion: 1, lost: { [record.id]: reason } };
    writeFileSync(appPaths(folder).signInsFile, JSON.stringify(lost));
    const { answer } = await examine({ ...defaultSettings, accounts: [record] });
    expect(answer.text).toContain('50173');
    expect(answer.text).not.toContain('keyring');
    expect(bench.world.identity.log.tokenRequestCount()).toBe(0);
  });

  it('ends when it is given up, with what was found so far, and leaves no connection', async () => {
    const stop = new AbortController();
    stop.abort();
    const settings: Settings = { ...defaultSettings, accounts: [bench.record()] };
    const { answer } = await examine(settings, { signal: stop.signal });
    expect(answer).toMatchObject({ kind: 'examined', isFine: false });
    expect(answer.text).toContain('Stopped before the end.');
    await bench.world.server.untilNoConnection();
  });
});
