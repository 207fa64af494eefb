import { readFile } from 'node:fs/promises';
import type { AppErrorInfo } from '../shared/app-error.ts';
import type { Settings } from '../shared/settings.ts';
import { type LostSignInsFile, lostSignInsFileSchema, refusalIn } from './accounts/lost-sign-ins.ts';
import { atMost } from './at-most.ts';
import { createAuthService } from './auth/auth-service.ts';
import { refuseUnfitTokens } from './auth/fit-token.ts';
import { heedKnownRefusals } from './auth/known-refusals.ts';
import { tokenItemName } from './auth/token-ref.ts';
import { createTokenVault } from './auth/vault.ts';
import type { Clock } from './clock.ts';
import { createAccountDoctor } from './doctor/account-doctor.ts';
import { createDoctorDesk, type DoctorAnswer, type DoctorOrder } from './doctor/doctor-desk.ts';
import type { Words } from './i18n.ts';
import { silentLog } from './log.ts';
import type { ProfileLayers } from './profile/deployment-profile.ts';
import { Registration } from './profile/registration.ts';
import { ProxyControl } from './proxy/proxy-control.ts';
import type { AppPaths } from './storage/paths.ts';
import { readVersioned } from './storage/versioned-json.ts';
import { loadTrustedCa } from './trusted-ca.ts';

/** A keyring may ask somebody first, ms. */
const flushLimitMs = 20_000;

export interface ExamineAloneOptions {
  readonly order: DoctorOrder;
  readonly paths: AppPaths;
  /** What can be read of them; null for nothing. */
  readonly settings: Settings | null;
  readonly layers: ProfileLayers;
  readonly words: Words;
  readonly appVersion: string;
  readonly clock: Clock;
  /** Ends it before its time, with what was found so far. */
  readonly signal: AbortSignal;
}

export interface Examined {
  readonly answer: DoctorAnswer;
  /** A dialog of the keyring is still open, and exit() would wait for it. */
  readonly isKeyringBusy: boolean;
}

/** The doctor without the app around it. Whoever calls has the instances' lock: it may renew and save tokens. */
export async function examineAlone(options: ExamineAloneOptions): Promise<Examined> {
  const { appVersion, clock, layers, order, paths, settings, signal, words } = options;
  const records = settings?.accounts ?? [];
  if (records.length > 0 && settings?.tokenStorage === 'session-only') {
    const text = words.translate('doctor.terminal.sessionOnly');
    return { answer: { kind: 'nothing', text }, isKeyringBusy: false };
  }
  const lost = await peekLostSignIns(paths.signInsFile);
  const log = silentLog;
  const vault = createTokenVault({
    folder: paths.tokensFolder,
    sessionOnly: false,
    expectsAccounts: (item) => records.some(({ profile }) => tokenItemName(profile) === item),
    onNotice: () => {},
    clock,
    log,
  });
  const registration = new Registration(layers, { saveLayer: () => {}, onChange: () => {}, now: () => clock.now() });
  const { dial, proxyFor } = new ProxyControl({
    registration,
    secret: vault.proxyPassword,
    // Chromium, which knows them, isn't there yet.
    system: undefined,
    loadCa: loadTrustedCa,
    onChange: () => {},
    clock,
    log,
  });
  const service = createAuthService({
    dial,
    vault,
    openBrowser: () => Promise.reject(new Error('Nobody signs in here')),
    resultPages: () => ({ success: '', failure: '' }),
    loadCa: loadTrustedCa,
    clock,
    log,
  });
  // As in the app: what was refused once isn't sent again by asking why.
  const heeding = heedKnownRefusals(service, records, ({ id }) => refusalIn(lost, id));
  const auth = refuseUnfitTokens(heeding, clock, log);
  const accounts = {
    find: (id: string) => records.find((record) => record.id === id) ?? null,
    snapshots: () => [],
    records: () => records,
  };
  const doctor = createAccountDoctor({
    ...{ accounts, appVersion, auth, clock, dial, loadCa: loadTrustedCa, proxyFor },
    keptReason: (accountId) => lost[accountId] ?? null,
    isOnline: () => true,
    onChange: () => {},
  });
  const answer = await createDoctorDesk({ doctor, accounts, words, appVersion }).answer(order, signal);
  // A renewed token is the one that counts from now on.
  await atMost(flushLimitMs, clock, vault.flush());
  auth.dispose();
  vault.dispose();
  return { answer, isKeyringBusy: vault.isBusy() };
}

/** Why accounts lost their sign-in, as far as the file can be read. Never rejects: it only chooses the words. */
async function peekLostSignIns(path: string): Promise<Readonly<Record<string, AppErrorInfo>>> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const read = readVersioned<LostSignInsFile>(text, lostSignInsFileSchema, 1, {});
  return read.kind === 'valid' ? read.value.lost : {};
}
