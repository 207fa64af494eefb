import { join } from 'node:path';

/** Every file and folder Tidings keeps, absolute. */
export interface AppPaths {
  /** Settings and the list of accounts. No secret. */
  readonly settingsFile: string;
  /** What was last seen in each mailbox, so that news are told once across restarts. No mail text. */
  readonly mailboxesFile: string;
  /** Which accounts have lost their sign-in, and why. No secret. */
  readonly signInsFile: string;
  /** Where the window was. */
  readonly windowFile: string;
  /** There while `tidings --doctor` examines by itself: its process id. */
  readonly doctorFile: string;
  /** Windows: the token caches, encrypted by DPAPI. Elsewhere the keyring holds them and these are empty stubs. */
  readonly tokensFolder: string;
  readonly logsFolder: string;
}

/** Names everything below `userData`, the app's own data folder. */
export function appPaths(userData: string): AppPaths {
  return {
    settingsFile: join(userData, 'settings.json'),
    mailboxesFile: join(userData, 'mailboxes.json'),
    signInsFile: join(userData, 'sign-ins.json'),
    windowFile: join(userData, 'window.json'),
    doctorFile: join(userData, 'doctor.pid'),
    tokensFolder: join(userData, 'tokens'),
    logsFolder: join(userData, 'logs'),
  };
}
