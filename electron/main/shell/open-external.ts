import type { AppErrorCode, AppErrorInfo } from '../../shared/app-error.ts';
import { type Letter, mailtoOf } from '../../shared/approval-letter.ts';
import type { ExternalLink } from '../../shared/commands.ts';
import type { DeploymentProfile } from '../../shared/profile.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import {
  errorPageUrl,
  externalUrl,
  isExternalUrlAllowed,
  isLetterUrlAllowed,
  isSignInUrlAllowed,
} from './external-links.ts';
import { describeUrl } from './web-guards.ts';

/**
 * Nothing opened. `info.code` is `browser-failed`, `mail-program-failed`, or `identity-misconfigured` for a sign-in page
 * we don't open.
 */
export class OpenExternalFailure extends Error {
  readonly info: AppErrorInfo;

  constructor(code: AppErrorCode, at: number, options?: ErrorOptions) {
    super(code, options);
    this.name = 'OpenExternalFailure';
    this.info = { code, at };
  }
}

export interface ExternalOpener {
  /** Opens a page by its name, the one of the profile's cloud. Rejects with {@link OpenExternalFailure}. */
  readonly openLink: (link: ExternalLink, profile: Pick<DeploymentProfile, 'authority'>) => Promise<void>;
  /** Opens Microsoft's page about an AADSTS number (digits). Rejects with {@link OpenExternalFailure}. */
  readonly openErrorPage: (aadsts: string) => Promise<void>;
  /** Opens the page of a sign-in with `profile`. Rejects with {@link OpenExternalFailure}. */
  readonly openSignInPage: (url: string, profile: Pick<DeploymentProfile, 'authority'>) => Promise<void>;
  /**
   * Opens a new mail with the first of these letters that isn't too long for this system, and resolves to that. Rejects
   * with {@link OpenExternalFailure}.
   */
  readonly openLetter: (letters: readonly Letter[]) => Promise<Letter>;
}

export interface ExternalOpenerOptions {
  /** Electron's `shell.openExternal`. On Linux it resolves once xdg-open has started, whatever becomes of that. */
  readonly openExternal: (url: string) => Promise<void>;
  /** Whose limits hold; this system's unless given. */
  readonly platform?: NodeJS.Platform;
  readonly log: Logger;
  readonly clock: Pick<Clock, 'now'>;
}

/** The only caller of `shell.openExternal`: nothing gets there that {@link isExternalUrlAllowed} and its sibling refuse. */
export function createExternalOpener(options: ExternalOpenerOptions): ExternalOpener {
  const { log, clock, platform = process.platform } = options;

  const open = async (url: string, otherwise: AppErrorCode = 'browser-failed'): Promise<void> => {
    try {
      // Printed by the same parser that checked it, so that the browser can't read it otherwise.
      await options.openExternal(new URL(url).href);
    } catch (error) {
      log.warn('the system opened nothing', { to: describeUrl(url), error });
      throw new OpenExternalFailure(otherwise, clock.now(), { cause: error });
    }
  };
  const refuse = (url: string, code: AppErrorCode): never => {
    log.warn('an address was not opened', { to: describeUrl(url) });
    throw new OpenExternalFailure(code, clock.now());
  };

  const openAllowed = async (url: string): Promise<void> => {
    if (!isExternalUrlAllowed(url)) refuse(url, 'browser-failed');
    await open(url);
  };

  return {
    openLink: (link, profile) => openAllowed(externalUrl(link, profile)),
    openErrorPage: (aadsts) => openAllowed(errorPageUrl(aadsts)),
    async openSignInPage(url, profile) {
      if (!isSignInUrlAllowed(url, profile)) refuse(url, 'identity-misconfigured');
      await open(url);
    },
    async openLetter(letters) {
      const letter =
        letters.find((one) => isLetterUrlAllowed(mailtoOf(one), platform)) ?? refuse('mailto:', 'mail-program-failed');
      await open(mailtoOf(letter), 'mail-program-failed');
      return letter;
    },
  };
}
