import type { AppErrorInfo } from '../../shared/app-error.ts';
import type { DeploymentProfile } from '../../shared/profile.ts';
import {
  overlay,
  overruledFields,
  parseProfileLayer,
  type ProfileLayer,
  type ProfileLayers,
  resolveProfile,
  resolveProxy,
} from './deployment-profile.ts';
import { ProfileFailure } from './profile-failure.ts';
import { readProfileFile } from './profile-file.ts';

export interface RegistrationDeps {
  /** Keeps the person's own values between runs. */
  readonly saveLayer: (layer: ProfileLayer) => void;
  readonly onChange: () => void;
  readonly now: () => number;
}

/** The profile that new accounts are added with, and the ways a person can change it. */
export class Registration {
  #layers: ProfileLayers;
  readonly #deps: RegistrationDeps;
  #error: AppErrorInfo | null = null;

  constructor(layers: ProfileLayers, deps: RegistrationDeps) {
    this.#layers = layers;
    this.#deps = deps;
  }

  get profile(): DeploymentProfile {
    return resolveProfile(this.#layers);
  }

  /** How connections leave the network: `system`, `none` or an address; and whether TIDINGS_PROFILE's file says so. */
  get proxy(): { readonly text: string; readonly isFixed: boolean } {
    return { text: resolveProxy(this.#layers), isFixed: this.#layers.file.proxy !== undefined };
  }

  /** Uses the person's choice of a proxy from now on. Throws ProfileFailure where it is fixed. */
  useProxy(proxy: string): void {
    this.#take(this.#layers.settings, () => ({ proxy }));
  }

  /** Why the last try to set it up failed; null when there was none or it succeeded. */
  get error(): AppErrorInfo | null {
    return this.#error;
  }

  /**
   * Uses a client id that somebody gave, with their tenant or, for null, the tenant as it is. Throws ProfileFailure
   * when it is none, or when the file of TIDINGS_PROFILE has another, which would be used in its place.
   */
  useClientId(clientId: string, tenant: string | null): void {
    const { origin } = new URL(this.profile.authority);
    this.#take(this.#layers.settings, () =>
      parseProfileLayer(
        tenant === null ? { clientId } : { clientId, authority: `${origin}/${tenant.trim()}` },
        'the values you entered',
        this.#deps.now(),
      ),
    );
  }

  /**
   * Uses the values of a set-up file, in the place of all that an earlier one or the person said but for the client id,
   * where the file leaves that open, and the computer's proxy. Rejects with ProfileFailure naming the field that is
   * wrong or overruled.
   */
  async useFile(path: string): Promise<void> {
    try {
      const layer = await readProfileFile(path, this.#deps.now);
      this.#take(whatStays(this.#layers.settings), () => layer);
    } catch (error) {
      throw this.#note(error);
    }
  }

  /** `below`: what stays of the person's own values where the new ones leave it open. */
  #take(below: ProfileLayer, read: () => ProfileLayer): void {
    try {
      const taken = read();
      const settings = overlay(below, taken);
      const layers = { ...this.#layers, settings };
      this.#refuseOverruled(overruledFields(taken, { ...resolveProfile(layers), proxy: resolveProxy(layers) }));
      this.#layers = layers;
      this.#error = null;
      this.#deps.saveLayer(settings);
    } catch (error) {
      throw this.#note(error);
    } finally {
      this.#deps.onChange();
    }
  }

  /** A person must not be left to think that what they entered is in use. */
  #refuseOverruled(fields: readonly string[]): void {
    if (fields.length === 0) return;
    const why = 'fixed by the file that TIDINGS_PROFILE names; change it there, or start Tidings without it';
    throw new ProfileFailure(`${fields.join(', ')}: ${why}`, this.#deps.now());
  }

  #note(error: unknown): unknown {
    if (error instanceof ProfileFailure) {
      this.#error = error.info;
      this.#deps.onChange();
    }
    return error;
  }
}

/** What of the person's own values outlives a set-up file: a server or CA of an earlier one must not. */
function whatStays({ clientId, proxy }: ProfileLayer): ProfileLayer {
  return { ...(clientId === undefined ? {} : { clientId }), ...(proxy === undefined ? {} : { proxy }) };
}
