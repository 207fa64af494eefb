import type { Translate } from '../../shared/locales/messages.ts';

/** The words of the page that the browser shows when a sign-in is over, in the person's language. */
export interface ResultPageWords {
  /** BCP 47 tag of the words. */
  readonly language: string;
  readonly outcome: 'success' | 'failure';
  readonly title: string;
  readonly body: string;
}

/** What MSAL's loopback listener answers with: whole HTML pages. */
export interface ResultPages {
  readonly success: string;
  readonly failure: string;
}

const marks = {
  success: '<path d="M13 24.5l7.5 7.5L35 17.5"/>',
  failure: '<path d="M24 13v14M24 33.5v.5"/>',
} as const;

const style = `
:root{color-scheme:light dark;--ground:#f5f5f5;--card:#fff;--ink:#242424;--soft:#616161;--edge:#e0e0e0;--good:#0e700e;--bad:#b10e1c}
@media (prefers-color-scheme:dark){:root{--ground:#1f1f1f;--card:#292929;--ink:#fff;--soft:#adadad;--edge:#3d3d3d;--good:#54b054;--bad:#f1707b}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px;background:var(--ground);color:var(--ink);
font:16px/1.5 "Segoe UI",system-ui,-apple-system,"Noto Sans","Noto Sans CJK SC",sans-serif}
main{max-width:26rem;width:100%;padding:40px 32px;text-align:center;background:var(--card);border:1px solid var(--edge);
border-radius:12px;box-shadow:0 8px 24px rgb(0 0 0/8%)}
svg{width:56px;height:56px;fill:none;stroke:currentColor;stroke-width:3;stroke-linecap:round;stroke-linejoin:round}
.success svg{color:var(--good)}.failure svg{color:var(--bad)}
h1{margin:20px 0 8px;font-size:1.375rem;line-height:1.3;font-weight:600}
p{margin:0;color:var(--soft);overflow-wrap:anywhere}
`.replaceAll('\n', '');

/**
 * A self-contained page: no script, nothing fetched, light and dark. MSAL sends it without a content type, so it opens
 * with the doctype that browsers recognise HTML by, and names its own encoding.
 */
export function renderResultPage({ language, outcome, title, body }: ResultPageWords): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
  return [
    '<!doctype html>',
    `<html lang="${escapeHtml(language)}"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer"><link rel="icon" href="data:,">',
    `<title>${escapeHtml(title)}</title><style>${style}</style></head>`,
    `<body><main class="${outcome}">`,
    `<svg viewBox="0 0 48 48" aria-hidden="true"><circle cx="24" cy="24" r="21"/>${marks[outcome]}</svg>`,
    `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(body)}</p></main></body></html>`,
  ].join('');
}

/** Both pages in the language of the moment (a BCP 47 tag). */
export function renderResultPages(language: string, translate: Translate): ResultPages {
  const page = (outcome: ResultPageWords['outcome'], title: string, body: string): string =>
    renderResultPage({ language, outcome, title, body });
  return {
    success: page('success', translate('dialog.signedInTitle'), translate('dialog.signedInBody')),
    failure: page('failure', translate('dialog.signInFailedTitle'), translate('dialog.signInFailedBody')),
  };
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (character) => entities[character] ?? '');
}
