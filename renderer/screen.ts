import type { AppErrorInfo } from '../electron/shared/app-error.ts';
import type { AppSnapshot, SignInState } from '../electron/shared/snapshot.ts';

/** What fills the window under its header. */
export type Screen =
  | { readonly kind: 'sign-in'; readonly signIn: Exclude<SignInState, { kind: 'idle' }> }
  | { readonly kind: 'vault'; readonly error: AppErrorInfo }
  | { readonly kind: 'registration'; readonly error: AppErrorInfo | null }
  | { readonly kind: 'welcome' }
  | { readonly kind: 'accounts' };

/** Whatever a person must do first comes first: a running sign-in, then where to keep tokens, then a client id. */
export function chooseScreen(snapshot: AppSnapshot): Screen {
  if (snapshot.signIn.kind !== 'idle') {
    return { kind: 'sign-in', signIn: snapshot.signIn };
  }
  if (snapshot.accounts.length > 0) {
    return { kind: 'accounts' };
  }
  if (snapshot.vault.kind === 'unavailable') {
    return { kind: 'vault', error: snapshot.vault.error };
  }
  if (snapshot.registration.kind === 'missing') {
    return { kind: 'registration', error: snapshot.registration.error };
  }
  return { kind: 'welcome' };
}
