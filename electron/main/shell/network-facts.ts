import type { NetworkInterfaceInfo } from 'node:os';

/** As `os.networkInterfaces()` gives them: those that are up and have a carrier. */
export type Interfaces = NodeJS.Dict<readonly Pick<NetworkInterfaceInfo, 'address' | 'internal' | 'netmask'>[]>;

/** An address that reaches no further than the cable: RFC 3927 and RFC 4291, 2.5.6. */
const linkLocal = /^(?:169\.254\.|fe[89ab][0-9a-f]:)/iu;

/** What could carry a connection to a server elsewhere, as `interface address/netmask`, in a fixed order. */
export function usableAddresses(interfaces: Interfaces): readonly string[] {
  return Object.entries(interfaces)
    .flatMap(([name, addresses = []]) =>
      addresses
        .filter(({ internal, address }) => !internal && !linkLocal.test(address))
        .map(({ address, netmask }) => `${name} ${address}/${netmask}`),
    )
    .toSorted();
}

/** What a line of `ip -o monitor label link address route` is about. */
export type MonitorNews =
  /** A route, or an address that is gone: connections may be going another way now. */
  | 'changed'
  /** An interface or address: maybe only its lifetimes, or a scan of Wi-Fi; the addresses themselves tell. */
  | 'look'
  /** Nothing that mail goes by: local and multicast tables, link-local routes. */
  | 'nothing';

const ownRoute = /^(?:Deleted )?(?:multicast|broadcast|local|anycast|ff00:|fe80:)|\stable (?:local|255)\s/u;
const usableAddressGone = /^Deleted .*\sscope (?:global|site)\s/u;
/** Seconds that run down by themselves. */
const lifetime = /\s+expires \S+/gu;
const deleted = 'Deleted ';
const knownRoutesLimit = 4_096;

/**
 * Reads the lines of one run of `ip monitor`, in their order. What is told again as it was is no news: Wi-Fi tells its
 * interface after each scan, and some programs write a route anew each time that a router announces it.
 */
export class MonitorReader {
  readonly #links = new Map<string, string>();
  readonly #routes = new Set<string>();

  read(line: string): MonitorNews {
    const [, label, text = ''] = /^\[(\w+)\](.*)$/u.exec(line) ?? [];
    switch (label) {
      case 'LINK':
        return this.#readLink(text);
      case 'ADDR':
        return usableAddressGone.test(text) ? this.#forgetRoutes('changed') : 'look';
      case 'ROUTE':
        return this.#readRoute(text.replace(lifetime, '').trim());
      default:
        return 'nothing';
    }
  }

  #readLink(text: string): MonitorNews {
    const number = /^(?:Deleted )?(\d+):/u.exec(text)?.[1] ?? '';
    if (this.#links.get(number) === text) return 'nothing';
    if (text.startsWith(deleted)) this.#links.delete(number);
    else this.#links.set(number, text);
    return this.#forgetRoutes('look');
  }

  #readRoute(text: string): MonitorNews {
    if (ownRoute.test(text)) return 'nothing';
    if (text.startsWith(deleted)) {
      this.#routes.delete(text.slice(deleted.length));
      return 'changed';
    }
    if (this.#routes.has(text)) return 'nothing';
    if (this.#routes.size >= knownRoutesLimit) this.#routes.clear();
    this.#routes.add(text);
    return 'changed';
  }

  /** With an interface or an address go routes of which the kernel says nothing (measured on Linux 6.18). */
  #forgetRoutes(news: MonitorNews): MonitorNews {
    this.#routes.clear();
    return news;
  }
}
