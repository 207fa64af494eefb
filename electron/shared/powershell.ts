/**
 * A text as one argument of a PowerShell command. PowerShell takes typographic quotes for straight ones; doubled, they
 * stand for themselves (about_Quoting_Rules).
 */
export function quotedForPowerShell(text: string): string {
  return `'${text.replaceAll(/['\u2018\u2019\u201a\u201b]/gu, '$&$&')}'`;
}
