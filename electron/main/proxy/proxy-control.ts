import type { AppErrorInfo } from '../../shared/app-error.ts';
import type { NetworkCheck, NetworkSnapshot, ProxyChoice } from '../../shared/network.ts';
import type { DeploymentProfile, ImapEndpoint } from '../../shared/profile.ts';
import { codeOfTransport, transportFailureOf } from '../auth/transport-failure.ts';
import type { KeptSecret } from '../auth/kept-secret.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import { createDial, type Dial, type FindRoutes } from '../network/dial.ts';
import { createFindRoutes, type ProxySetting, proxySettingText, readProxySetting } from '../network/proxy-routes.ts';
import { type NamedProxy, proxyAddress, readProxyAddress } from '../network/proxy-server.ts';
import { connectTls } from '../network/tls.ts';

export interface ProxyControlDeps {
  readonly registration: {
    /** In force now, and whether it is the administrator's to change. */
    readonly proxy: { readonly text: string; readonly isFixed: boolean };
    /** What a check reaches for. */
    readonly profile: DeploymentProfile;
    /** Keeps the person's choice between runs. Throws where it is fixed. */
    useProxy(text: string): void;
  };
  /** Where the password is kept. */
  readonly secret: KeptSecret;
  /** The system's proxies for an address, as Chromium writes them; undefined where there is none to ask. */
  readonly system: ((url: string) => Promise<string>) | undefined;
  readonly loadCa: (extraCaFile: string | null) => Promise<readonly string[] | undefined>;
  /** Another way is in force: connections are tried again by it. */
  readonly onChange: () => void;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A choice that can't be taken: the address is none, or the user name is missing. */
export class ProxyChoiceFailure extends Error {
  readonly info: AppErrorInfo;

  constructor(at: number) {
    super('not the address of a proxy');
    this.name = 'ProxyChoiceFailure';
    this.info = { code: 'proxy-address-invalid', at };
  }
}

/** Longest check of one host, ms. */
const checkLimitMs = 15_000;

/** How the network is left: the choice, its password, and whether it works. */
export class ProxyControl {
  readonly dial: Dial;
  readonly #deps: ProxyControlDeps;
  readonly #findRoutes: FindRoutes;

  constructor(deps: ProxyControlDeps) {
    this.#deps = deps;
    this.#findRoutes = createFindRoutes({
      setting: () => this.#setting,
      password: (proxy) => this.#password(proxy),
      system: async (url) => {
        try {
          return (await deps.system?.(url)) ?? 'DIRECT';
        } catch (error) {
          deps.log.warn('system proxy unknown', { error });
          return 'DIRECT';
        }
      },
    });
    this.dial = createDial(this.#findRoutes, () => deps.loadCa(null));
  }

  /** The proxy that leads to a host, such as `http://proxy.example:8080`; null for none. */
  readonly proxyFor = async (target: ImapEndpoint): Promise<string | null> => {
    const [first] = await this.#findRoutes(target);
    return first?.kind === 'proxy' ? proxyAddress({ server: first.server, user: null }) : null;
  };

  get snapshot(): NetworkSnapshot {
    const { isFixed } = this.#deps.registration.proxy;
    const setting = this.#setting;
    if (setting.kind !== 'manual') return { mode: setting.kind, address: '', user: '', isFixed };
    const { server, user } = setting.proxy;
    return { mode: 'manual', address: proxyAddress({ server, user: null }), user: user ?? '', isFixed };
  }

  /** Takes the person's choice. Rejects with ProxyChoiceFailure, ProfileFailure (it is fixed) or KeyringFailure. */
  async use(choice: ProxyChoice): Promise<void> {
    const { setting, password } = this.#read(choice);
    const before = proxySettingText(this.#setting);
    const text = proxySettingText(setting);
    this.#deps.registration.useProxy(text);
    this.#deps.log.info('proxy', { mode: setting.kind });
    try {
      // Another proxy or user never gets the old password.
      if (password !== null) await this.#deps.secret.write(JSON.stringify({ proxy: text, password }));
      else if (text !== before) await this.#deps.secret.write(null);
    } finally {
      this.#deps.onChange();
    }
  }

  /** Connects to the sign-in service and the mail server, TLS included, and sends neither of them anything. */
  async check(): Promise<readonly NetworkCheck[]> {
    const { authority, imap, extraCaFile } = this.#deps.registration.profile;
    const { hostname, port } = new URL(authority);
    const targets = [{ host: hostname, port: port === '' ? 443 : Number(port) }, imap];
    return Promise.all(targets.map((target) => this.#checkOne(target, extraCaFile)));
  }

  get #setting(): ProxySetting {
    return readProxySetting(this.#deps.registration.proxy.text) ?? { kind: 'system' };
  }

  #read(choice: ProxyChoice): { setting: ProxySetting; password: string | null } {
    if (choice.mode !== 'manual') return { setting: { kind: choice.mode }, password: null };
    const named = readProxyAddress(choice.address);
    if (named === null) throw new ProxyChoiceFailure(this.#deps.clock.now());
    const user = choice.user.trim() === '' ? named.user : choice.user.trim();
    const password = user === null || choice.password === '' ? null : choice.password;
    return { setting: { kind: 'manual', proxy: { server: named.server, user } }, password };
  }

  async #password(proxy: NamedProxy): Promise<string | null> {
    const kept = await this.#deps.secret.read();
    if (kept === null) return null;
    try {
      const { proxy: owner, password }: { proxy?: unknown; password?: unknown } = JSON.parse(kept);
      return owner === proxyAddress(proxy) && typeof password === 'string' ? password : null;
    } catch {
      // Nothing of ours: it is overwritten with the next password.
      return null;
    }
  }

  async #checkOne(target: ImapEndpoint, extraCaFile: string | null): Promise<NetworkCheck> {
    const { clock } = this.#deps;
    const options = { clock, limitMs: checkLimitMs, signal: new AbortController().signal };
    const way = await this.proxyFor(target);
    try {
      const ca = await this.#deps.loadCa(extraCaFile);
      const secured = await connectTls(await this.dial(target, options), { host: target.host, ca }, options);
      secured.destroy();
      return { ...target, way, error: null };
    } catch (error) {
      const failure = transportFailureOf(error);
      return {
        ...target,
        way,
        error: { code: codeOfTransport(failure.problem), at: clock.now(), detail: failure.message },
      };
    }
  }
}
