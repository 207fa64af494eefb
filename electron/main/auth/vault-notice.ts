import type { AppErrorInfo } from '../../shared/app-error.ts';

/** What the person should hear about the tokens' storage. */
export type VaultNotice =
  /** A damaged cache is kept under `keptAs`, still encrypted; its accounts must sign in again. */
  | { readonly kind: 'cache-set-aside'; readonly keptAs: string; readonly error: AppErrorInfo }
  /** Tokens are in memory only until a later save succeeds. Said once until then. */
  | { readonly kind: 'save-failed'; readonly error: AppErrorInfo }
  | { readonly kind: 'save-recovered' }
  /** An account was removed in session-only mode; what the keyring keeps of it goes as soon as that is ready. */
  | { readonly kind: 'deletion-waits'; readonly error: AppErrorInfo }
  | { readonly kind: 'deletion-done' };
