import type { AppErrorInfo } from './app-error.ts';

/** How connections leave this computer's network, as a window may know it. Never a password. */
export interface NetworkSnapshot {
  /** As the system says, without a proxy, or by the one at `address`. */
  readonly mode: 'system' | 'none' | 'manual';
  /** Such as `http://proxy.example:8080`; empty unless by hand. */
  readonly address: string;
  /** Empty for none. */
  readonly user: string;
  /** An administrator's profile says so, and nothing in the window changes it. */
  readonly isFixed: boolean;
}

/** What a person chooses. An empty password leaves the one that is kept for this very proxy and user. */
export type ProxyChoice =
  | { readonly mode: 'system' | 'none' }
  | { readonly mode: 'manual'; readonly address: string; readonly user: string; readonly password: string };

/** How far a connection to one host came, TLS included. */
export interface NetworkCheck {
  readonly host: string;
  readonly port: number;
  /** The proxy, such as `http://proxy.example:8080`; null for none. */
  readonly way: string | null;
  /** Null where it could be reached. */
  readonly error: AppErrorInfo | null;
}
