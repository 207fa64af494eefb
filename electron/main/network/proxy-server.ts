/** How a proxy is spoken to: CONNECT in clear, CONNECT by TLS, SOCKS 5. */
export type ProxyKind = 'http' | 'https' | 'socks5';

/** Where a proxy listens. */
export interface ProxyServer {
  readonly kind: ProxyKind;
  readonly host: string;
  readonly port: number;
}

/** Who one is to a proxy. The password never leaves main, and is never logged. */
export interface ProxyCredentials {
  readonly user: string;
  readonly password: string;
}

/** A proxy that somebody named, with the user name where there is one. */
export interface NamedProxy {
  readonly server: ProxyServer;
  /** Null for none. */
  readonly user: string | null;
}

/** RFC 1929 section 2: a length of one byte each, and none of 0. */
export function fitsSocks({ user, password }: ProxyCredentials): boolean {
  return [user, password].every((text) => text !== '' && Buffer.byteLength(text, 'utf8') <= 255);
}

/** Whether a proxy of this kind can be told such a user: Basic ends the name at its first colon (RFC 7617 section 2). */
export function canTakeUser(kind: ProxyKind, user: string): boolean {
  return kind === 'socks5' ? Buffer.byteLength(user, 'utf8') <= 255 : !user.includes(':');
}

const usualPorts: Readonly<Record<ProxyKind, number>> = { http: 8080, https: 443, socks5: 1080 };
const kinds: ReadonlyMap<string, ProxyKind> = new Map<string, ProxyKind>([
  ['http:', 'http'],
  ['https:', 'https'],
  ['socks5:', 'socks5'],
  ['socks5h:', 'socks5'],
  ['socks:', 'socks5'],
]);

/**
 * Reads `proxy.example:8080`, `http://user@proxy.example:8080`, `https://…` or `socks5://…`; without a scheme it is
 * http. Null for everything else, also for an address with a path or a password, which has its own place, or with a user
 * that no such proxy can be told.
 */
export function readProxyAddress(text: string): NamedProxy | null {
  const trimmed = text.trim();
  const full = /^[a-z][a-z0-9+.-]*:\/\//iu.test(trimmed) ? trimmed : `http://${trimmed}`;
  // `http:` and `https:` lose the port that is their own, which is no proxy's usual one.
  const parsed = parseUrl(full.replace(/^[a-z0-9]+:/iu, 'tidings:'));
  const kind = kinds.get(full.slice(0, full.indexOf(':') + 1).toLowerCase());
  if (parsed === null || kind === undefined || parsed.hostname === '' || parsed.password !== '') return null;
  if (!['', '/'].includes(parsed.pathname) || parsed.search + parsed.hash !== '') return null;
  const host = parsed.hostname.replace(/^\[(.*)\]$/u, '$1').toLowerCase();
  const isHost = /^[a-z0-9._-]{1,253}$/u.test(host) || /^[0-9a-f:.]+$/u.test(host);
  const port = parsed.port === '' ? usualPorts[kind] : Number(parsed.port);
  const user = decoded(parsed.username);
  if (!isHost || port < 1 || user === null || !canTakeUser(kind, user)) return null;
  return { server: { kind, host, port }, user: user === '' ? null : user };
}

/** The same as one text, such as `http://user@proxy.example:8080`. */
export function proxyAddress({ server: { kind, host, port }, user }: NamedProxy): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return `${kind}://${user === null ? '' : `${encodeURIComponent(user)}@`}${name}:${port}`;
}

/**
 * The list that a system's proxy settings come down to for a host, as Chromium writes it
 * (`PROXY proxy.example:8080; SOCKS5 127.0.0.1:1080; DIRECT`); null stands for DIRECT. What nobody knows is left out.
 */
export function readProxyList(text: string): (ProxyServer | null)[] {
  return text.split(';').flatMap((entry) => {
    const [word = '', address = ''] = entry.trim().split(/\s+/u);
    if (word.toUpperCase() === 'DIRECT') return [null];
    const scheme = listWords.get(word.toUpperCase());
    const named = scheme === undefined ? null : readProxyAddress(`${scheme}://${address}`);
    return named === null ? [] : [named.server];
  });
}

const listWords: ReadonlyMap<string, ProxyKind> = new Map<string, ProxyKind>([
  ['PROXY', 'http'],
  ['HTTP', 'http'],
  ['HTTPS', 'https'],
  ['SOCKS5', 'socks5'],
]);

/** Whether a host is this computer itself, to which no proxy leads (as in Chromium: "implicit bypass rules"). */
export function isThisComputer(host: string): boolean {
  const name = host.toLowerCase();
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(?:\.\d{1,3}){3}$/u.test(name);
}

/** `URL.parse`, which Electron 33's Node lacks. */
function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
