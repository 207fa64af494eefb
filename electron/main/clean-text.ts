/** Most graphemes kept of a person's or mailbox's name. */
export const maxNameLength = 80;
/** Most graphemes kept of a subject. */
export const maxSubjectLength = 200;
/** Most UTF-16 units looked at: longer input can only be an attack, and segmenting it costs time. */
const maxInputLength = 10_000;
/** UTF-16 units of one grapheme. The longest emoji that Unicode lists has 15; a forged one could have thousands. */
const maxGraphemeUnits = 32;

const loneSurrogate = /\p{Surrogate}/gu;
const controlExceptSpace = String.raw`\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f`;
const joiner = String.raw`\u200c\u200d`;
const selector = String.raw`\u180b-\u180d\u180f\ufe00-\ufe0f\u{e0100}-\u{e01ef}`;

// Default_Ignorable_Code_Point (Unicode 4.4, DerivedCoreProperties) is all that is drawn as nothing: soft hyphen, zero
// width, bidirectional controls, fillers, tags. Interlinear annotations and noncharacters are invisible besides.
const invisible = new RegExp(
  String.raw`(?![${joiner}${selector}])` +
    String.raw`[${controlExceptSpace}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Noncharacter_Code_Point}\ufff9-\ufffb]`,
  'gu',
);

/** Scripts in which a joiner changes how letters are written, so that words need it (UTS #39, 3.1.1). */
const joiningScripts = ['Arab', 'Syrc', 'Mong', 'Nkoo', 'Deva', 'Beng', 'Guru', 'Gujr', 'Orya', 'Taml', 'Telu']
  .concat(['Knda', 'Mlym', 'Sinh', 'Khmr', 'Mymr', 'Tibt'])
  .map((script) => String.raw`\p{Script_Extensions=${script}}`)
  .join('');

/** Where an invisible character has something to do: one of them, after what it belongs to. */
const wantedInvisible = [
  String.raw`(?<=[${joiningScripts}])(?<!\p{Default_Ignorable_Code_Point})[${joiner}]`,
  String.raw`(?<=\p{Script_Extensions=Mong})(?<!\p{Default_Ignorable_Code_Point})[\u180b-\u180d\u180f]`,
  String.raw`(?<=\p{Unified_Ideograph})[\ufe00-\ufe0d\u{e0100}-\u{e01ef}]`,
  String.raw`(?<=\p{Extended_Pictographic})[\ufe0e\ufe0f]`,
  String.raw`(?<=[0-9#*])\ufe0f(?=\u20e3)`,
  String.raw`(?<=\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]?)\u200d(?=\p{Extended_Pictographic})`,
];
const strayInvisible = new RegExp(`(?!${wantedInvisible.join('|')})[${joiner}${selector}]`, 'gu');

/** No writing needs more than five marks on one letter; with hundreds of them it covers the lines around it. */
const tooManyMarks = /(\p{M}{5})\p{M}+/gu;
// NEL and the blank Braille pattern are drawn as a space, too.
const spaces = /[\s\u0085\u2800]+/gu;
/** A mark without a letter would be drawn over what stands before the text. */
const baseless = new RegExp(String.raw`^[\s\p{M}${joiner}]+`, 'u');

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Makes text from mail, servers or tokens safe to show: one line, NFC, without control, bidirectional and
 * invisible characters (joiners and variation selectors stay where writing and emoji need them), without
 * piles of marks, cut to `maxGraphemes` with an ellipsis. Cleaning twice changes nothing more.
 * Measured need: imapflow passes CRLF, NUL, ESC and U+202E through.
 */
export function cleanText(raw: string, maxGraphemes: number): string {
  const whole = cleanLine(raw.slice(0, maxInputLength)).replace(baseless, '').trimEnd().normalize('NFC');
  const graphemes: string[] = [];
  for (const { segment } of segmenter.segment(whole)) {
    if (graphemes.length === maxGraphemes) {
      return `${graphemes.slice(0, -1).join('').trimEnd()}…`;
    }
    graphemes.push(segment.length > maxGraphemeUnits ? '\ufffd' : segment);
  }
  return graphemes.join('');
}

/** One line without anything invisible, of any length: for logs, where text is cut elsewhere. */
export function cleanLine(raw: string): string {
  return (
    raw
      // Before anything is taken out between two halves, which would make a character of them.
      .replace(loneSurrogate, '\ufffd')
      .replace(invisible, '')
      .normalize('NFC')
      .replace(strayInvisible, '')
      .replace(tooManyMarks, '$1')
      .replace(spaces, ' ')
  );
}
