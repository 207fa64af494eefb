import type { AppErrorInfo } from '../../shared/app-error.ts';
import type { NetworkCheck, NetworkSnapshot, ProxyChoice } from '../../shared/network.ts';
import type { DeploymentProfile, ImapEndpoint } from '../../shared/profile.ts';
import { codeOfTransport, transportFailureOf } from '../auth/transport-failure.ts';
import type { KeptSecret } from '../auth/kept-secret.ts';
import { cleanText } from '../clean-text.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import { createDial, type Dial, type FindRoutes } from '../network/dial.ts';
import { createFindRoutes, type ProxySetting, proxySettingText, readProxySetting } from '../network/proxy-routes.ts';
import { canTakeUser, fitsSocks, type NamedProxy, proxyAddress, readProxyAddress } from '../network/proxy-server.ts';
import { createProxySignIns, type ProxySignIns } from '../network/proxy-sign-ins.ts';
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
  readonly secret: Pick<KeptSecret, 'read' | 'write' | 'erase'>;
  /** The system's proxies for an address, as Chromium writes them; undefined where there is none to ask. */
  readonly system: ((url: string) => Promise<string>) | undefined;
  readonly loadCa: (extraCaFile: string | null) => Promise<readonly string[] | undefined>;
  /** Another way may be in force: connections are made anew, by it. */
  readonly onChange: () => void;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A choice that can't be taken: the address is none, or no such proxy can be told this user name or password. */
export class ProxyChoiceFailure extends Error {
  readonly info: AppErrorInfo;

  constructor(code: 'proxy-address-invalid' | 'proxy-credentials-invalid', at: number) {
    super(code);
    this.name = 'ProxyChoiceFailure';
    this.info = { code, at };
  }
}

/** Longest wait for the system's word on its proxies, ms: Chromium answers from memory. */
const systemLimitMs = 5_000;
/** Longest check of one host, ms. */
const checkLimitMs = 15_000;

/** How the network is left: the choice, its password, and whether it works. */
export class ProxyControl {
  readonly dial: Dial;
  readonly #deps: ProxyControlDeps;
  readonly #findRoutes: FindRoutes;
  readonly #signIns: ProxySignIns;

  constructor(deps: ProxyControlDeps) {
    this.#deps = deps;
    this.#signIns = createProxySignIns(deps.clock);
    this.#findRoutes = createFindRoutes({
      setting: () => this.#setting,
      password: (proxy) => this.#password(proxy),
      system: async (url) => {
        try {
          return deps.system === undefined ? 'DIRECT' : await this.#inTime(deps.system(url));
        } catch (error) {
          deps.log.warn('system proxy unknown', { error });
          return 'DIRECT';
        }
      },
      onUnknown: (list) => {
        deps.log.warn('system proxy of an unknown kind: going directly', { list: cleanText(list, 200) });
      },
    });
    // The company's authority vouches for its proxy too.
    const loadCa = (): ReturnType<typeof deps.loadCa> => deps.loadCa(deps.registration.profile.extraCaFile);
    this.dial = createDial(this.#findRoutes, loadCa, this.#signIns);
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
      // Nobody waits for that, nor is asked to unlock anything: what is left names its owner.
      else if (text !== before) void this.#deps.secret.erase();
    } finally {
      this.#signIns.forget();
      this.#deps.onChange();
    }
  }

  /** A person asks for another try: a password that was refused is told the proxy once more. */
  tryAgain(): void {
    this.#signIns.forget();
  }

  /**
   * Deletes a password that nobody wants any more and that an earlier run couldn't, the keyring being locked. For when
   * the keyring is ready; in that of an administrator's choice, the person's own waits. Never rejects.
   */
  async forgetLeftover(): Promise<void> {
    // Where it can't be read now, the next time is early enough.
    const kept = await this.#deps.secret.read().catch(() => null);
    const setting = this.#setting;
    const isNeeded =
      setting.kind === 'manual' && setting.proxy.user !== null && readKept(kept)?.owner === proxyAddress(setting.proxy);
    if (kept !== null && !isNeeded && !this.#deps.registration.proxy.isFixed) await this.#deps.secret.erase();
  }

  /** Connects to the sign-in service and the mail server, TLS included, and sends neither of them anything. */
  async check(): Promise<readonly NetworkCheck[]> {
    this.#signIns.forget();
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
    const now = this.#deps.clock.now();
    if (named === null) throw new ProxyChoiceFailure('proxy-address-invalid', now);
    const { server } = named;
    const user = choice.user.trim() === '' ? named.user : choice.user.trim();
    const password = user === null || choice.password === '' ? null : choice.password;
    const isTooLong = password !== null && server.kind === 'socks5' && !fitsSocks({ user: user ?? '', password });
    if (isTooLong || (user !== null && !canTakeUser(server.kind, user))) {
      throw new ProxyChoiceFailure('proxy-credentials-invalid', now);
    }
    return { setting: { kind: 'manual', proxy: { server, user } }, password };
  }

  async #password(proxy: NamedProxy): Promise<string | null> {
    const kept = readKept(await this.#deps.secret.read());
    return kept?.owner === proxyAddress(proxy) ? kept.password : null;
  }

  #inTime(asked: Promise<string>): Promise<string> {
    return new Promise((resolve, reject) => {
      const cancel = this.#deps.clock.setTimer(systemLimitMs, () => {
        reject(new Error('no answer'));
      });
      void asked.then(resolve, reject).finally(cancel);
    });
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
        error: { code: codeOfTransport(failure.problem), at: clock.now(), detail: cleanText(failure.message, 300) },
      };
    }
  }
}

/** The password that is kept, and whose it is; null for none, and for what isn't ours: the next one takes its place. */
function readKept(text: string | null): { readonly owner: string; readonly password: string } | null {
  if (text === null) return null;
  try {
    const { proxy: owner, password }: { proxy?: unknown; password?: unknown } = JSON.parse(text);
    return typeof owner === 'string' && typeof password === 'string' ? { owner, password } : null;
  } catch {
    return null;
  }
}
