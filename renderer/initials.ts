const wideScript = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/**
 * An avatar's initials where Fluent finds none: of a Chinese, Japanese or Korean name, the last two characters. Empty
 * for other names, whose initials Fluent takes itself.
 */
export function initialsOf(name: string): { initials?: string } {
  return wideScript.test(name) ? { initials: Array.from(name.trim()).slice(-2).join('') } : {};
}
