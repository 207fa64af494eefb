/** Markup that needs no more escaping. */
export class SafeHtml {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

type Piece = string | number | SafeHtml | null | readonly SafeHtml[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A template tag: values are escaped for text and quoted attributes; null is nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly Piece[]): SafeHtml {
  const parts = strings.flatMap((text, index) =>
    index < values.length ? [text, render(values[index] ?? null)] : [text],
  );
  return new SafeHtml(parts.join(''));
}

function render(piece: Piece): string {
  if (piece === null) return '';
  if (piece instanceof SafeHtml) return piece.markup;
  if (typeof piece === 'string') return piece.replace(/[&<>"']/g, (character) => entities[character] ?? '');
  if (typeof piece === 'number') return String(piece);
  return piece.map((part) => part.markup).join('');
}
