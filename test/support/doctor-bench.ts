import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { AuthFailure } from '../../electron/main/auth/auth-types.ts';
import { type Clock, systemClock } from '../../electron/main/clock.ts';
import type { AccountDoctorDeps } from '../../electron/main/doctor/account-doctor.ts';
import { ConnectionDoctor, type ConnectionDoctorDeps } from '../../electron/main/doctor/connection-doctor.ts';
import { loadTrustedCa } from '../../electron/main/trusted-ca.ts';
import type { DoctorCause, DoctorRun, DoctorStepName } from '../../electron/shared/doctor.ts';
import type { DeploymentProfile } from '../../electron/shared/profile.ts';
import type { AccountRecord } from '../../electron/shared/settings.ts';
import type { TokenOverrides } from '../standin/identity/token-mint.ts';
import { ada, type StandinPerson } from '../standin/people.ts';
import type { ImapServerName } from './imap-server.ts';
import { type MailWorld, type MailWorldOptions, startMailWorld } from './mail-world.ts';

export interface DoctorBenchOptions extends Omit<MailWorldOptions, 'folder'> {
  readonly server?: ImapServerName;
}

export interface ExamineOptions {
  /** Over the world's profile. */
  readonly profile?: Partial<DeploymentProfile>;
  /** Whose token is given; default: Ada's. */
  readonly tokenOf?: StandinPerson;
  readonly token?: TokenOverrides;
  /** Given in a token's place. */
  readonly rawToken?: string;
  readonly tokenError?: AuthFailure;
  readonly isWatching?: boolean;
  readonly isOnline?: boolean;
  readonly clock?: Clock;
  /** Where the sign-in service's host is asked in clear; default: nowhere. */
  readonly plainOrigin?: string;
  readonly onChange?: (run: DoctorRun) => void;
  readonly address?: string;
  /** Waited for before the certificates to trust, or a token, are given. */
  readonly before?: (what: 'ca' | 'token') => Promise<void>;
  readonly dial?: ConnectionDoctorDeps['dial'];
  readonly proxyFor?: ConnectionDoctorDeps['proxyFor'];
}

/** The doctor on Ada's account, with real connections to a server of that name. */
export class DoctorBench {
  readonly world: MailWorld;
  readonly #folder: string;
  readonly #doctors: ConnectionDoctor[] = [];

  private constructor(world: MailWorld, folder: string) {
    this.world = world;
    this.#folder = folder;
  }

  static async start({ server = 'stand-in', ...options }: DoctorBenchOptions = {}): Promise<DoctorBench> {
    const folder = mkdtempSync(join(tmpdir(), 'tidings-doctor-'));
    return new DoctorBench(await startMailWorld(server, { ...options, folder }), folder);
  }

  /** The one account, `a`. */
  record({ address = ada.address, profile }: Pick<ExamineOptions, 'address' | 'profile'> = {}): AccountRecord {
    return {
      id: 'a',
      homeAccountId: `${ada.oid}.${ada.tid}`,
      address,
      displayName: ada.displayName,
      profile: { ...this.world.profile, ...profile },
      addedAt: 0,
      sharedMailboxes: [],
    };
  }

  /** What the app's own doctor needs, but for the tokens: one account, which isn't watched. */
  surroundings(): Omit<AccountDoctorDeps, 'auth' | 'keptReason'> {
    const record = this.record();
    return {
      accounts: { find: (id) => (id === record.id ? record : null), snapshots: () => [] },
      appVersion: '0.0.0',
      clock: systemClock,
      loadCa: loadTrustedCa,
      isOnline: () => true,
      onChange: () => {},
    };
  }

  /** A doctor for that account. */
  doctor(options: ExamineOptions = {}): ConnectionDoctor {
    const { world } = this;
    const { clock = systemClock, dial, onChange, plainOrigin, proxyFor, tokenError } = options;
    const record = this.record(options);
    const doctor: ConnectionDoctor = new ConnectionDoctor({
      find: (id) => (id === record.id ? record : null),
      onChange: () => {
        for (const run of doctor.runs()) onChange?.(run);
      },
      clock,
      clientVersion: '0.0.0',
      loadCa: async (extraCaFile) => {
        await options.before?.('ca');
        return loadTrustedCa(extraCaFile);
      },
      acquireToken: async () => {
        await options.before?.('token');
        if (tokenError !== undefined) throw tokenError;
        const token =
          options.rawToken ?? (await world.identity.issueToken(options.tokenOf ?? ada, options.token ?? {}));
        return { token, expiresAt: clock.now() + 3_600_000 };
      },
      explainTokenError: (error) => (error instanceof AuthFailure ? error.info : { code: 'unexpected', at: 0 }),
      isOnline: () => options.isOnline ?? true,
      ...(dial === undefined ? {} : { dial }),
      ...(proxyFor === undefined ? {} : { proxyFor }),
      isWatching: () => options.isWatching ?? false,
      // A port that nobody listens at, unless a test says otherwise.
      plainOrigin: () => plainOrigin ?? 'http://127.0.0.1:9/',
    });
    this.#doctors.push(doctor);
    return doctor;
  }

  /** Examines the account to the end. */
  async examine(options: ExamineOptions = {}): Promise<DoctorRun> {
    const run = await this.doctor(options).examine('a', { kind: 'window' });
    if (run === null) throw new Error('There is no such account');
    return run;
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#doctors.map((doctor) => doctor.dispose()));
    await this.world.dispose();
    rmSync(this.#folder, { recursive: true });
  }
}

/** The step that failed and why; null where none did. */
export function findingOf(run: DoctorRun): { readonly step: DoctorStepName; readonly cause: DoctorCause } | null {
  const step = run.steps.at(-1);
  return step?.kind === 'failed' ? { step: step.name, cause: step.finding.cause } : null;
}
