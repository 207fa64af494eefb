import { teamsHighContrastTheme, webDarkTheme, webLightTheme, type Theme } from '@fluentui/react-components';

/** The media queries a theme follows. */
export const themeQueries = {
  dark: '(prefers-color-scheme: dark)',
  highContrast: '(forced-colors: active)',
} as const;

const fontFamilyBase =
  "'Segoe UI', 'Segoe UI Variable Text', -apple-system, BlinkMacSystemFont, system-ui, Roboto, 'Helvetica Neue', " +
  "'Microsoft YaHei UI', 'PingFang SC', 'Noto Sans CJK SC', sans-serif";

const light: Theme = { ...webLightTheme, fontFamilyBase };
const dark: Theme = { ...webDarkTheme, fontFamilyBase };
const highContrast: Theme = { ...teamsHighContrastTheme, fontFamilyBase };

/** Outlook's own look in light, dark or high contrast, as the system asks. */
export function chooseTheme(asked: { readonly dark: boolean; readonly highContrast: boolean }): Theme {
  if (asked.highContrast) {
    return highContrast;
  }
  return asked.dark ? dark : light;
}
