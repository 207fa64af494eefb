import type { AppErrorInfo } from './app-error.ts';
import type { Translate } from './locales/messages.ts';

/** What happened, and the next step: the words of the explanation where there is one, else those of the code. */
export function errorWords({ code, explanation }: AppErrorInfo, t: Translate): { title: string; action: string } {
  return explanation === undefined
    ? { title: t(`errors.${code}.title`), action: t(`errors.${code}.action`) }
    : { title: t(`explain.reasons.${explanation}.title`), action: t(`explain.reasons.${explanation}.action`) };
}
