import { app } from 'electron';
import { refuseUnfitTokens } from './auth/fit-token.ts';
import { createAuthService } from './auth/auth-service.ts';
import { tokenItemName } from './auth/token-ref.ts';
import { createTokenVault } from './auth/vault.ts';
import { type AnswerChannel, openAnswerChannel } from './answer-channel.ts';
import { systemClock } from './clock.ts';
import { createAccountDoctor } from './doctor/account-doctor.ts';
import { createDoctorDesk, type DoctorAnswer } from './doctor/doctor-desk.ts';
import { parseAnswer, printedAnswer } from './doctor/doctor-print.ts';
import type { DoctorQuestion, DoctorWish } from './doctor-order.ts';
import { chooseLanguage, createWords, type Words } from './i18n.ts';
import { silentLog } from './log.ts';
import { builtInProfile, type ProfileLayers } from './profile/deployment-profile.ts';
import { loadProfileLayers } from './profile/profile-layers.ts';
import { Registration } from './profile/registration.ts';
import { ProxyControl } from './proxy/proxy-control.ts';
import { describeRefusal } from './shell/refusal.ts';
import { appPaths } from './storage/paths.ts';
import { peekSettings } from './storage/settings-file.ts';
import { loadTrustedCa } from './trusted-ca.ts';
import type { Settings } from '../shared/settings.ts';

/**
 * `tidings --doctor`: has the Tidings that runs examine its accounts, or does it by itself where none runs; prints the
 * result and answers the exit status: 0 all fine, 1 something is wrong, 2 nothing could be examined.
 *
 * Two processes must not renew the same refresh token and write the same keyring item: whoever has the instances' lock
 * examines. A Tidings started meanwhile waits for this process' end (Chromium's lock does that), which is seconds.
 */
export async function doctorAtTerminal(wish: DoctorWish): Promise<number> {
  const paths = appPaths(app.getPath('userData'));
  const settings = await peekSettings(paths.settingsFile);
  const words = createWords(chooseLanguage(settings?.language ?? 'system', app.getPreferredSystemLanguages()));
  const channel = await openAnswerChannel(systemClock, process.platform);
  try {
    const { answer, isKeyringBusy } = app.requestSingleInstanceLock(questionOf(wish, channel))
      ? await examineHere(wish, settings, words).catch((error: unknown) => couldNot(error, words))
      : { answer: parseAnswer(await channel.answer(), words.translate), isKeyringBusy: false };
    const { text, status } = printedAnswer(answer, wish.isJson, app.getVersion());
    await print(status === 2 && !wish.isJson ? process.stderr : process.stdout, text);
    if (isKeyringBusy) {
      await channel.dispose();
      process.kill(process.pid, 'SIGKILL');
    }
    return status;
  } finally {
    await channel.dispose();
  }
}

function questionOf(wish: DoctorWish, { path }: AnswerChannel): Record<keyof DoctorQuestion, DoctorQuestion['doctor']> {
  return { doctor: { ...wish, answerAt: path } };
}

interface Examined {
  readonly answer: DoctorAnswer;
  /** A dialog of the keyring is still open, and exit() would wait for it. */
  readonly isKeyringBusy: boolean;
}

async function examineHere(wish: DoctorWish, settings: Settings | null, words: Words): Promise<Examined> {
  const records = settings?.accounts ?? [];
  if (records.length > 0 && settings?.tokenStorage === 'session-only') {
    const text = words.translate('doctor.terminal.sessionOnly');
    return { answer: { kind: 'nothing', text }, isKeyringBusy: false };
  }
  const clock = systemClock;
  const log = silentLog;
  const vault = createTokenVault({
    folder: appPaths(app.getPath('userData')).tokensFolder,
    sessionOnly: false,
    expectsAccounts: (item) => records.some(({ profile }) => tokenItemName(profile) === item),
    onNotice: () => {},
    clock,
    log,
  });
  const registration = new Registration(await layersOf(settings), {
    saveLayer: () => {},
    onChange: () => {},
    now: () => clock.now(),
  });
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
  const auth = refuseUnfitTokens(service, clock, log);
  const accounts = {
    find: (id: string) => records.find((record) => record.id === id) ?? null,
    snapshots: () => [],
    records: () => records,
  };
  const appVersion = app.getVersion();
  const doctor = createAccountDoctor({
    ...{ accounts, appVersion, auth, clock, dial, loadCa: loadTrustedCa, proxyFor },
    isOnline: () => true,
    onChange: () => {},
  });
  const answer = await createDoctorDesk({ doctor, accounts, words, appVersion }).answer(wish);
  // A renewed token is the one that counts from now on.
  await vault.flush();
  auth.dispose();
  vault.dispose();
  return { answer, isKeyringBusy: vault.isBusy() };
}

/** A profile that can't be used, as the app itself says at its start. */
function couldNot(error: unknown, { translate }: Words): Examined {
  const text = describeRefusal({ kind: 'failed', error }, app.getPath('userData'), translate);
  return { answer: { kind: 'nothing', text }, isKeyringBusy: false };
}

async function layersOf(settings: Settings | null): Promise<ProfileLayers> {
  const file = process.env['TIDINGS_PROFILE'];
  const layers = await loadProfileLayers(__TIDINGS_PACKAGED_PROFILE__, file, () => systemClock.now());
  return { builtIn: builtInProfile, settings: settings?.profile ?? {}, ...layers };
}

/** Resolves when the text has left the process. */
async function print(stream: NodeJS.WriteStream, text: string): Promise<void> {
  await new Promise<void>((resolve) => {
    stream.write(`${text}\n`, () => {
      resolve();
    });
  });
}
