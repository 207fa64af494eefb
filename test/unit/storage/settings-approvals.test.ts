import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { builtInProfile } from '../../../electron/main/profile/deployment-profile.ts';
import { openSettingsFile } from '../../../electron/main/storage/settings-file.ts';
import { defaultSettings, type AwaitedApproval, type Settings } from '../../../electron/shared/settings.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';

const awaited: AwaitedApproval = {
  id: 'p1',
  accountId: null,
  address: 'ada@contoso.example',
  tenant: 'contoso.example',
  profile: { ...builtInProfile, clientId: '6d9c2f64-51aa-4c0e-9a5e-0d4f6c7b8a10' },
  since: 1_000,
  triedAt: null,
};
const nameless: AwaitedApproval = { ...awaited, id: 'p2', address: null, tenant: null, triedAt: 2_000 };
const again: AwaitedApproval = { ...awaited, id: 'p3', accountId: 'a1' };

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidings-settings-'));
  path = join(folder, 'settings.json');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function load(content: unknown): Promise<Settings> {
  writeFileSync(path, JSON.stringify(content));
  return (await openSettingsFile(path, new FakeClock(), recordingLog()).load()).value;
}

it('who waits for approval still does after a restart', async () => {
  const settings = { ...defaultSettings, awaitedApprovals: [awaited, nameless, again] };
  await openSettingsFile(path, new FakeClock(), recordingLog()).save(settings);
  expect((await openSettingsFile(path, new FakeClock(), recordingLog()).load()).value).toEqual(settings);
});

it('settings of before there was any are read as they are', async () => {
  const { awaitedApprovals: _none, ...older } = { ...defaultSettings, language: 'zh-CN' };
  expect(await load(older)).toEqual({ ...defaultSettings, language: 'zh-CN' });
  // Not as damaged ones, of which a copy is kept and the person told.
  expect(readdirSync(folder)).toEqual(['settings.json']);
});

it('one of before accounts could wait again is for a new account', async () => {
  const { accountId: _none, ...older } = awaited;
  expect((await load({ ...defaultSettings, awaitedApprovals: [older] })).awaitedApprovals).toEqual([awaited]);
  expect(readdirSync(folder)).toEqual(['settings.json']);
});

it.each([
  ['an account that is none', { accountId: 7 }],
  ['a tenant that leads elsewhere', { tenant: 'contoso.example/../x' }],
  ['no profile', { profile: null }],
  ['a time that is none', { since: 'today' }],
])('one with %s is left out, and the others stay', async (_what, wrong) => {
  const settings = { ...defaultSettings, closeHintShown: true, awaitedApprovals: [{ ...awaited, ...wrong }, nameless] };
  expect(await load(settings)).toEqual({ ...settings, awaitedApprovals: [nameless] });
});
