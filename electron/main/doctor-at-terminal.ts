import { app } from 'electron';
import { type AnswerChannel, openAnswerChannel } from './answer-channel.ts';
import { systemClock } from './clock.ts';
import { examineAlone, type Examined } from './doctor-alone.ts';
import { parseAnswer, printedAnswer } from './doctor/doctor-print.ts';
import { type DoctorMarkerDeps, markDoctor } from './doctor-marker.ts';
import type { DoctorWish } from './doctor-order.ts';
import { chooseLanguage, createWords, type Words } from './i18n.ts';
import { builtInProfile, type ProfileLayers } from './profile/deployment-profile.ts';
import { loadProfileLayers } from './profile/profile-layers.ts';
import { describeRefusal } from './shell/refusal.ts';
import { appPaths } from './storage/paths.ts';
import { peekSettings } from './storage/settings-file.ts';
import type { Settings } from '../shared/settings.ts';

/** As shells say it of a program that Ctrl-C ended. */
const interruptedStatus = 130;
const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * `tidings --doctor`: has the Tidings that runs examine its accounts, or does it by itself where none runs; prints the
 * result and answers the exit status: 0 all fine, 1 something is wrong, 2 nothing could be examined, 130 given up.
 *
 * Two processes must not renew the same refresh token and write the same keyring item: whoever has the instances' lock
 * examines. A Tidings started meanwhile waits for this process' end, by the marker: see {@link markDoctor}.
 */
export async function doctorAtTerminal(wish: DoctorWish, marker: DoctorMarkerDeps): Promise<number> {
  const paths = appPaths(app.getPath('userData'));
  const settings = await peekSettings(paths.settingsFile);
  const words = createWords(chooseLanguage(settings?.language ?? 'system', app.getPreferredSystemLanguages()));
  const stop = new AbortController();
  for (const name of endingSignals) {
    process.once(name, () => {
      stop.abort();
    });
  }
  // Without one it can still examine by itself.
  const channel = await openAnswerChannel(systemClock, process.platform).catch(() => null);
  const unmark = await markDoctor(marker, stop.signal);
  try {
    const { answer, isKeyringBusy } = app.requestSingleInstanceLock(questionOf(wish, channel))
      ? await examineHere(wish, settings, words, stop.signal).catch((error: unknown) => couldNot(error, words))
      : await askOther(channel, words, { unmark, signal: stop.signal });
    const { text, status } = printedAnswer(answer, wish.isJson, app.getVersion());
    const isGivenUp = stop.signal.aborted;
    if (!isGivenUp) await print(status === 2 && !wish.isJson ? process.stderr : process.stdout, text);
    if (isKeyringBusy) {
      unmark();
      await channel?.dispose();
      process.kill(process.pid, 'SIGKILL');
    }
    return isGivenUp ? interruptedStatus : status;
  } finally {
    unmark();
    await channel?.dispose();
  }
}

/** Without a place to answer at it is no question, and the Tidings that runs takes no notice. */
function questionOf(wish: DoctorWish, channel: AnswerChannel | null): Record<string, unknown> {
  return channel === null ? {} : { doctor: { ...wish, answerAt: channel.path } };
}

async function askOther(
  channel: AnswerChannel | null,
  { translate }: Words,
  { unmark, signal }: { readonly unmark: () => void; readonly signal: AbortSignal },
): Promise<Examined> {
  // Whoever is started now comes to a Tidings that has an ear.
  unmark();
  if (channel === null) {
    return { answer: { kind: 'nothing', text: translate('doctor.terminal.noPlace') }, isKeyringBusy: false };
  }
  const onStop = (): void => {
    // The other side notices, and gives up what nobody else waits for.
    void channel.dispose();
  };
  signal.addEventListener('abort', onStop, { once: true });
  if (signal.aborted) onStop();
  return { answer: parseAnswer(await channel.answer(), translate), isKeyringBusy: false };
}

async function examineHere(
  { account, showAddresses }: DoctorWish,
  settings: Settings | null,
  words: Words,
  signal: AbortSignal,
): Promise<Examined> {
  return examineAlone({
    order: { account, showAddresses },
    paths: appPaths(app.getPath('userData')),
    settings,
    layers: await layersOf(settings),
    words,
    appVersion: app.getVersion(),
    clock: systemClock,
    signal,
  });
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
