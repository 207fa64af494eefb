/** The scheme of the app's own pages. */
export const appScheme = 'tidings';

/** The origin of the app's own pages. */
export const appOrigin = `${appScheme}://app`;

/** The window's page. */
export const appPageUrl = `${appOrigin}/index.html`;

/** A segment starts with a letter, digit or underscore, so neither `.`, `..` nor a hidden file is one. */
const segment = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

/**
 * The path, relative to the renderer's folder and with `/` between its parts, that an address asks for; null for
 * whatever isn't plainly one of ours: another scheme or host, a port, userinfo, a query, and any `%`, backslash, NUL
 * or dot segment. Vite gives no file a name that would need them.
 */
export function resolveAppPath(url: string): string | null {
  const prefix = `${appOrigin}/`;
  if (!url.startsWith(prefix)) return null;
  const path = url.slice(prefix.length);
  if (path === '') return 'index.html';
  return path.split('/').every((part) => segment.test(part)) ? path : null;
}

const contentTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
};

/** The Content-Type for a file's name; null for kinds that no page of ours has. */
export function contentTypeOf(path: string): string | null {
  const extension = path.slice(path.lastIndexOf('.') + 1);
  return Object.hasOwn(contentTypes, extension) ? (contentTypes[extension] ?? null) : null;
}
