import { createInstance } from 'i18next';
import { en } from '../shared/locales/en.ts';
import { zhCN } from '../shared/locales/zh-CN.ts';
import type { Translate } from '../shared/locales/messages.ts';
import type { Settings } from '../shared/settings.ts';
import type { AppSnapshot } from '../shared/snapshot.ts';

export type Language = AppSnapshot['language'];

/**
 * The language for a person who chose `setting`; for `system`, the first of their preferred ones (BCP 47, best first,
 * as Electron's `app.getPreferredSystemLanguages` gives them) that Tidings speaks, else English. Chinese written in
 * traditional characters isn't Simplified Chinese, so it doesn't count.
 */
export function chooseLanguage(setting: Settings['language'], preferred: readonly string[]): Language {
  if (setting !== 'system') return setting;
  for (const tag of preferred) {
    const [language, ...rest] = tag.toLowerCase().split(/[-_.@]/);
    if (language === 'en') return 'en';
    if (language === 'zh' && !isTraditional(rest)) return 'zh-CN';
  }
  return 'en';
}

function isTraditional(subtags: readonly string[]): boolean {
  if (subtags.includes('hans')) return false;
  return ['hant', 'tw', 'hk', 'mo'].some((subtag) => subtags.includes(subtag));
}

/** The words of the main process: tray, notifications, dialogs. */
export interface Words {
  readonly translate: Translate;
  readonly language: () => Language;
  readonly setLanguage: (language: Language) => Promise<void>;
}

/** Loads both languages, which are part of the program, so changing between them never fails. */
export function createWords(language: Language): Words {
  const i18n = createInstance();
  let current = language;
  // With the words at hand, all is done when it returns: a refusal to start can't wait.
  void i18n.init({
    lng: language,
    fallbackLng: 'en',
    supportedLngs: ['en', 'zh-CN'],
    initAsync: false,
    nsSeparator: false,
    resources: { en: { translation: en }, 'zh-CN': { translation: zhCN } },
    // Menus and notifications take plain text; what takes markup escapes for itself.
    interpolation: { escapeValue: false },
  });
  return {
    translate: (key, values) => i18n.t(key, { ...values }),
    language: () => current,
    async setLanguage(next) {
      await i18n.changeLanguage(next);
      current = next;
    },
  };
}
