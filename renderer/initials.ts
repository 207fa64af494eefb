const wideScript = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/**
 * An avatar's initials where Fluent finds none: of a Chinese, Japanese or Korean name, the last two characters. Empty
 * for other names, whose initials Fluent takes itself.
 */
export function initialsOf(name: string): { initials?: string } {
  // Of "林薇 Lin Wei" the Latin letters are no part of it.
  const wide = Array.from(name).filter((character) => wideScript.test(character));
  return wide.length > 0 ? { initials: wide.slice(-2).join('') } : {};
}
