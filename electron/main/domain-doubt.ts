import { domainToASCII, domainToUnicode } from 'node:url';

/**
 * Why a domain may be taken for another one. `mixed-scripts`: letters of scripts that no language writes together;
 * `lookalike`: all letters of a name look like Latin ones, before a Latin top level; `rare-script`: letters of a script
 * that isn't in common modern use; `malformed`: no domain that can be looked up as it is written.
 */
export type DomainDoubt = 'mixed-scripts' | 'lookalike' | 'rare-script' | 'malformed';

/** Scripts in common modern use (UAX #31, table 5) but for those of `together`. */
const single = ['Arab', 'Armn', 'Beng', 'Deva', 'Ethi', 'Geor', 'Gujr', 'Guru', 'Hebr', 'Khmr', 'Knda', 'Laoo'].concat([
  'Mlym',
  'Mymr',
  'Orya',
  'Sinh',
  'Taml',
  'Telu',
  'Thaa',
  'Thai',
  'Tibt',
]);
/** Never with Latin: most of their letters have a double there. */
const alone = ['Cyrl', 'Grek'];
/** Japanese, Chinese with Bopomofo, Korean. */
const together = [
  ['Hani', 'Hira', 'Kana'],
  ['Hani', 'Bopo'],
  ['Hani', 'Hang'],
];

/** UTS #39 5.2, "moderately restrictive": each a set of scripts that may meet in one name. */
const permitted = [
  ...alone.map((script) => [script]),
  ...single.map((script) => ['Latn', script]),
  ...together.map((scripts) => ['Latn', ...scripts]),
].map(labelOf);
const anyCommonScript = labelOf(['Latn', ...alone, ...single, ...together.flat()]);

/** Small letters that look like Latin ones, by script (UTS #39, confusables). Only whole names of them are doubted. */
const lookalikes = [/^[асԁеһіїјӏорԛѕԝхуүѵҽьпгѡ0-9-]+$/u, /^[αγηικνορτυχω0-9-]+$/u, /^[ագզլհյոսցքօ0-9-]+$/u];

/** What is doubtful about a domain, written in Unicode or punycode; null for nothing. Plain ASCII is never doubted. */
export function doubtOfDomain(domain: string): DomainDoubt | null {
  const lower = domain.toLowerCase();
  if (isAscii(lower) && !/(?:^|\.)xn--/u.test(lower)) {
    return null;
  }
  // Both apply UTS #46, which maps some characters to others: a domain that it changes isn't what it looks like.
  const ascii = domainToASCII(lower);
  const unicode = domainToUnicode(ascii);
  if (ascii === '' || (!isAscii(lower) && unicode !== lower)) {
    return 'malformed';
  }
  const labels = unicode.split('.');
  if (labels.some((label) => !anyCommonScript.test(label))) {
    return 'rare-script';
  }
  if (labels.some((label) => !permitted.some((pattern) => pattern.test(label)))) {
    return 'mixed-scripts';
  }
  const hasLatinTop = isAscii(labels.at(-1) ?? '');
  const isDouble = (label: string): boolean => !isAscii(label) && lookalikes.some((pattern) => pattern.test(label));
  return hasLatinTop && labels.some(isDouble) ? 'lookalike' : null;
}

function isAscii(text: string): boolean {
  return /^[\u0020-\u007e]*$/u.test(text);
}

function labelOf(scripts: readonly string[]): RegExp {
  const classes = [...scripts, 'Zyyy', 'Zinh'].map((script) => String.raw`\p{Script_Extensions=${script}}`);
  return new RegExp(`^[${classes.join('')}]*$`, 'u');
}
