import {
  isThisComputer,
  type NamedProxy,
  proxyAddress,
  type ProxyCredentials,
  type ProxyServer,
  readProxyAddress,
  readProxyList,
} from './proxy-server.ts';
import type { FindRoutes, Route } from './dial.ts';

/** How this computer's network is left: as the system says, directly, or by a proxy that somebody named. */
export type ProxySetting =
  | { readonly kind: 'system' }
  | { readonly kind: 'none' }
  | { readonly kind: 'manual'; readonly proxy: NamedProxy };

/** Reads `system`, `none` or a proxy's address; null for everything else. */
export function readProxySetting(text: string): ProxySetting | null {
  const word = text.trim().toLowerCase();
  if (word === 'system' || word === 'none') return { kind: word };
  const proxy = readProxyAddress(text);
  return proxy === null ? null : { kind: 'manual', proxy };
}

/** The same as one text, as files keep it. */
export function proxySettingText(setting: ProxySetting): string {
  return setting.kind === 'manual' ? proxyAddress(setting.proxy) : setting.kind;
}

export interface ProxyRouteDeps {
  /** Asked for each connection: a change is in force at the next one. */
  readonly setting: () => ProxySetting;
  /** The password for a proxy that was named with a user; null where none is kept. Rejects where it can't be had now. */
  readonly password: (proxy: NamedProxy) => Promise<string | null>;
  /** The system's list for an address, as Chromium writes it: `PROXY proxy.example:8080; DIRECT`. */
  readonly system: (url: string) => Promise<string>;
  /** The system's list names nothing but what Tidings doesn't know (SOCKS 4, say): it goes directly. */
  readonly onUnknown: (list: string) => void;
}

const direct: Route = { kind: 'direct' };

/** The ways to a host by the setting in force. This computer itself is always reached directly. */
export function createFindRoutes(deps: ProxyRouteDeps): FindRoutes {
  return async ({ host, port }) => {
    const setting = deps.setting();
    if (setting.kind === 'none' || isThisComputer(host)) return [direct];
    if (setting.kind === 'system') {
      // Mail isn't a scheme that systems have a proxy for: what a secure web page takes, it takes.
      const said = await deps.system(`https://${host.includes(':') ? `[${host}]` : host}:${port}/`);
      const list = readProxyList(said);
      if (list.length === 0) {
        if (said.trim() !== '') deps.onUnknown(said);
        return [direct];
      }
      return list.map((server) => (server === null ? direct : byProxy(server)));
    }
    const { proxy } = setting;
    const { server, user } = proxy;
    if (user === null) return [byProxy(server)];
    const credentials = async (): Promise<ProxyCredentials | null> => {
      const password = await deps.password(proxy);
      return password === null ? null : { user, password };
    };
    return [{ kind: 'proxy', server, credentials }];
  };
}

function byProxy(server: ProxyServer): Route {
  return { kind: 'proxy', server, credentials: null };
}
