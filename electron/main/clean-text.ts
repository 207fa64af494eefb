/** Most graphemes kept of a person's or mailbox's name. */
export const maxNameLength = 80;
/** Most graphemes kept of a subject. */
export const maxSubjectLength = 200;
/** Most characters looked at: longer input can only be an attack, and segmenting it costs time. */
const maxInputLength = 10_000;

// C0, C1 and DEL; soft hyphen; zero-width and bidirectional controls; BOM; interlinear and tag characters.
const invisible =
  /[\u0000-\u001f\u007f-\u009f]|[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\u{e0001}-\u{e007f}]/gu;
const loneSurrogate = /\p{Surrogate}/gu;
const lineOrSpace = /[\s\u2028\u2029]+/gu;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Makes text from mail, servers or tokens safe to show: one line, NFC, without control, bidirectional and
 * zero-width characters (the joiners U+200C and U+200D stay: Persian and emoji need them), cut to
 * `maxGraphemes` with an ellipsis. Measured need: imapflow passes CRLF, NUL, ESC and U+202E through.
 */
export function cleanText(raw: string, maxGraphemes: number): string {
  const oneLine = raw
    .slice(0, maxInputLength)
    .replace(lineOrSpace, ' ')
    .replace(invisible, '')
    .replace(loneSurrogate, '\ufffd')
    .normalize('NFC')
    .trim();
  if (oneLine.length <= maxGraphemes) {
    return oneLine;
  }
  let kept = '';
  let count = 0;
  for (const { segment } of segmenter.segment(oneLine)) {
    if (count === maxGraphemes - 1) {
      return hasMore(oneLine, kept.length + segment.length) ? `${kept.trimEnd()}…` : kept + segment;
    }
    kept += segment;
    count += 1;
  }
  return kept;
}

function hasMore(text: string, length: number): boolean {
  return text.length > length;
}
