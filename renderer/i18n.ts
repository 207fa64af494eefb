import { createInstance, type i18n } from 'i18next';

import { en } from '../electron/shared/locales/en.ts';
import { zhCN } from '../electron/shared/locales/zh-CN.ts';

/** An i18next with every language loaded, ready at once. React escapes what it shows, so i18next needn't. */
export function createI18n(): i18n {
  const instance = createInstance();
  void instance.init({
    resources: { en: { translation: en }, 'zh-CN': { translation: zhCN } },
    lng: 'en',
    fallbackLng: 'en',
    initAsync: false,
    interpolation: { escapeValue: false },
  });
  return instance;
}
