import { lookup } from 'node:dns/promises';
import type { Socket } from 'node:net';
import type { DoctorFinding, DoctorRemark, DoctorStepName } from '../../shared/doctor.ts';
import type { ImapEndpoint } from '../../shared/profile.ts';
import type { AccountRecord } from '../../shared/settings.ts';
import { dialDirectly } from '../network/dial.ts';
import { ProxyFailure } from '../network/proxy-failure.ts';
import { type ExaminationDeps, failed, passed, type StepEnd, type StepWork } from './examination-step.ts';
import { askPlainHost } from './identity-probe.ts';
import { explainDns, explainTcp, explainTls, knownError, noSurroundings, type Surroundings } from './reach-finding.ts';
import { probeTls, type TlsProbe } from './tls-probe.ts';

const maxAddresses = 8;
/** For the part of a step's own limit (ms) in which the handshake has to come about. */
const handshakeLimitMs = 12_000;
/** How long (ms) another host is asked for what goes on. */
export const surroundingsLimitMs = 5_000;

/** The name, the port and the certificate of the mail server; also of another one, where a finding needs that. */
export class ReachSteps {
  readonly steps: readonly (readonly [DoctorStepName, StepWork])[];
  readonly #account: AccountRecord;
  readonly #deps: ExaminationDeps;
  #socket: Socket | null = null;
  /** The one that leads to the server, for people. */
  #proxy: string | null = null;
  #ca: readonly string[] | undefined;

  constructor(account: AccountRecord, deps: ExaminationDeps) {
    this.#account = account;
    this.#deps = deps;
    this.steps = [
      ['dns', () => this.#lookUp()],
      ['tcp', (signal) => this.#connect(signal)],
      ['tls', (signal) => this.#encrypt(signal)],
    ];
  }

  /** The certificates to trust, once the third step has begun. */
  get ca(): readonly string[] | undefined {
    return this.#ca;
  }

  dispose(): void {
    this.#socket?.destroy();
    this.#socket = null;
  }

  async #lookUp(): Promise<StepEnd> {
    const { imap } = this.#account.profile;
    const { host } = imap;
    // What keeps the proxy from being known is told by the connection, which needs it too.
    const proxy = (await this.#deps.proxyFor?.(imap).catch(() => null)) ?? null;
    this.#proxy = proxy;
    if (proxy !== null) return passed({ step: 'dns', host, addresses: [], proxy });
    try {
      const found = await lookup(host, { all: true, verbatim: true });
      return passed({
        step: 'dns',
        host,
        addresses: found.slice(0, maxAddresses).map(({ address }) => address),
        proxy,
      });
    } catch (error) {
      return failed(explainDns(error, this.#deps.isOnline()));
    }
  }

  async #connect(signal: AbortSignal): Promise<StepEnd> {
    const { imap } = this.#account.profile;
    try {
      const { clock, dial = dialDirectly } = this.#deps;
      const socket = await dial(imap, { clock, limitMs: handshakeLimitMs, signal });
      // Whatever comes before the next step has it: an end shows there.
      socket.on('error', () => {});
      this.#socket = socket;
      const { remoteAddress: address = '?', remotePort: port = imap.port } = socket;
      return passed({ step: 'tcp', address, port, proxy: this.#proxy });
    } catch (error) {
      if (error instanceof ProxyFailure) return failed(knownError(error.code, this.#deps.clock.now(), error.message));
      return failed(explainTcp(error, this.#deps.isOnline()));
    }
  }

  async #encrypt(signal: AbortSignal): Promise<StepEnd> {
    const { extraCaFile, imap } = this.#account.profile;
    const socket = this.#socket;
    if (socket === null) throw new Error('Not connected');
    this.#socket = null;
    try {
      this.#ca = await this.#deps.loadCa(extraCaFile);
    } catch (error) {
      socket.destroy();
      const detail = `extraCaFile: ${error instanceof Error ? error.message : 'cannot be read'}`;
      return failed(knownError('profile-invalid', this.#deps.clock.now(), detail));
    }
    const probe = await this.#probe(imap.host, socket, signal);
    const { chain, nameFits, version } = probe;
    const facts = { step: 'tls', version, nameFits, chain } as const;
    if (probe.error !== null) return failed(await this.#explain(imap.host, probe, signal), facts);
    return passed(facts, this.#remarksOn(probe));
  }

  #remarksOn({ chain, isPublic }: TlsProbe): readonly DoctorRemark[] {
    if (isPublic || this.#ca === undefined) return [];
    return [{ kind: 'inspected', issuer: chain.at(-1)?.issuer ?? '?' }];
  }

  async #probe(host: string, socket: Socket, signal: AbortSignal): Promise<TlsProbe> {
    const { clock } = this.#deps;
    return probeTls({ socket, host, ca: this.#ca, clock, limitMs: handshakeLimitMs, signal });
  }

  async #explain(host: string, probe: TlsProbe, signal: AbortSignal): Promise<DoctorFinding> {
    const surroundings = await this.#lookAround(signal);
    return explainTls({ ...probe, host, now: this.#deps.clock.now(), surroundings });
  }

  /** Why the certificate of a server other than the mail server isn't trusted; null where it is now. */
  async explainServer(server: ImapEndpoint, signal: AbortSignal): Promise<DoctorFinding | null> {
    try {
      const { clock, dial = dialDirectly } = this.#deps;
      const socket = await dial(server, { clock, limitMs: surroundingsLimitMs, signal });
      const probe = await this.#probe(server.host, socket, signal);
      return probe.error === null ? null : await this.#explain(server.host, probe, signal);
    } catch {
      // The error that led here stands.
      return null;
    }
  }

  /** What the sign-in service's host answers in clear: a portal answers for it too, and it knows the time. */
  async #lookAround(signal: AbortSignal): Promise<Surroundings> {
    const { clock, dial = dialDirectly, plainOrigin = portEighty } = this.#deps;
    const { authority } = this.#account.profile;
    try {
      const options = { authority, ca: this.#ca, clock, dial, limitMs: surroundingsLimitMs, signal };
      return await askPlainHost(plainOrigin(authority), options);
    } catch {
      // It needn't answer: then the handshake has to speak for itself.
      return noSurroundings;
    }
  }
}

function portEighty(authority: string): string {
  return `http://${new URL(authority).hostname}/`;
}
