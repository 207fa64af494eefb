import type { AppErrorCode, AppErrorInfo } from '../../shared/app-error.ts';
import { safeDetail } from './error-detail.ts';

/**
 * The system's secret store can't do what it was asked. `info.code` is `keyring-unavailable`, `keyring-locked`,
 * `keyring-lost` (by the gate alone, which knows that it worked before), `token-cache-damaged`, `disk-full` or
 * `disk-failed`.
 */
export class KeyringFailure extends Error {
  readonly info: AppErrorInfo;

  constructor(info: AppErrorInfo, options?: ErrorOptions) {
    super(info.code, options);
    this.name = 'KeyringFailure';
    this.info = info;
  }
}

/**
 * How the stores word their troubles. libsecret and Keychain give no codes, so texts it is: measured with libsecret
 * 0.20 and gnome-keyring ("Cannot create an item in a locked collection"), and Apple's for errSecInteractionNotAllowed
 * and errSecAuthFailed. Whatever isn't here is "unavailable", which is never wrong, only less helpful.
 */
const wordings: readonly (readonly [RegExp, AppErrorCode])[] = [
  [/\b(?:ENOSPC|EDQUOT)\b|no space left/iu, 'disk-full'],
  [/\b(?:EACCES|EPERM|EROFS|EIO|EISDIR|ENOTDIR)\b/u, 'disk-failed'],
  [
    /locked|interaction is not allowed|passphrase you entered is not correct|prompt(?:ing)? was dismissed/iu,
    'keyring-locked',
  ],
];

/** Sorts an error of keytar, libsecret, Keychain, DPAPI or the files beside them. */
export function keyringFailure(error: unknown, at: number): KeyringFailure {
  if (error instanceof KeyringFailure) return error;
  if (error instanceof Error && 'info' in error && isInfo(error.info)) {
    return new KeyringFailure({ ...error.info, at }, { cause: error });
  }
  const text = error instanceof Error ? error.message : String(error);
  const code = wordings.find(([pattern]) => pattern.test(text))?.[1] ?? 'keyring-unavailable';
  return new KeyringFailure({ code, at, detail: safeDetail(explained(text)) }, { cause: error });
}

/** Whether it is the keyring's own: a full disk leaves it as usable as it was. */
export function isKeyrings({ info: { code } }: KeyringFailure): boolean {
  return code === 'keyring-unavailable' || code === 'keyring-locked' || code === 'keyring-lost';
}

/** What the Secret Service's own errors have, which another room makes. */
function isInfo(info: unknown): info is AppErrorInfo {
  return typeof info === 'object' && info !== null && 'code' in info && String(info.code).startsWith('keyring-');
}

function explained(text: string): string {
  // libsecret holds on to its session for the process's whole life (measured with 0.20.5, in Electron 33 too).
  if (/session wrapping the secret/iu.test(text)) return 'the keyring was restarted: restart Tidings to use it again';
  return withoutPaths(text.replace(/^.*failed with the error: (?:\w*Error: )*/su, ''));
}

/** Node's file errors end in the path, which names the person's home. */
function withoutPaths(text: string): string {
  return text.replace(/, \w+ '.*$/su, '');
}
