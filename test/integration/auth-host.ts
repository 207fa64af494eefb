/**
 * A process of its own that signs people in and keeps their tokens in the session's keyring, as the app does. It takes
 * its folder and the profile (JSON); the sign-in pages are walked through by whoever was named.
 */
import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';

import { createAuthService } from '../../electron/main/auth/auth-service.ts';
import type { AccountKey } from '../../electron/main/auth/auth-types.ts';
import { type Keyring, openSystemKeyring } from '../../electron/main/auth/keyring.ts';
import type { VaultNotice } from '../../electron/main/auth/vault-notice.ts';
import { createTokenVault } from '../../electron/main/auth/vault.ts';
import { systemClock } from '../../electron/main/clock.ts';
import type { DeploymentProfile } from '../../electron/shared/profile.ts';
import { walkSignIn } from '../standin/identity/page-walker.ts';
import type { StandinPerson } from '../standin/people.ts';
import { recordingLog } from '../support/recording-log.ts';
import { answerParent } from './host-answers.ts';

const [, , folder = '', profileText = ''] = process.argv;
const profile = JSON.parse(profileText) as DeploymentProfile;
const notices: VaultNotice[] = [];
const log = recordingLog();
const browser: { person: StandinPerson | null } = { person: null };
/** Whether a save waits for ever: the moment between an answer and its keeping, as long as somebody wants it. */
let holdsSaves = false;
const place = { folder, serviceName: 'Tidings' };

async function openKeyring(): Promise<Keyring> {
  const keyring = await openSystemKeyring(place);
  return {
    verify: () => keyring.verify(),
    item: async (name) => {
      const item = await keyring.item(name);
      return { ...item, save: (text) => (holdsSaves ? new Promise<never>(() => {}) : item.save(text)) };
    },
  };
}

const vault = createTokenVault({
  folder,
  openKeyring,
  sessionOnly: false,
  expectsAccounts: () => true,
  onNotice: (notice) => notices.push(notice),
  clock: systemClock,
  log,
});
const auth = createAuthService({
  openBrowser: async (url) => {
    if (browser.person !== null) await walkSignIn(url, browser.person);
  },
  vault,
  clock: systemClock,
  log,
  loadCa: async (path) => (path === null ? undefined : [...rootCertificates, await readFile(path, 'utf8')]),
  resultPages: () => ({ success: '<!doctype html>well done', failure: '<!doctype html>not done' }),
});
const accountOf = (id: unknown): AccountKey => ({ profile, homeAccountId: String(id) });

answerParent({
  holdSaves: () => {
    holdsSaves = true;
  },
  /** Answers the account's id. */
  signIn: async (person) => {
    browser.person = person as StandinPerson;
    const { signal } = new AbortController();
    return (await auth.signIn({ profile, loginHint: null, signal })).homeAccountId;
  },
  /** Only whether there is one: a token stays where it is. */
  acquire: async (id, how) => {
    const { token } = await auth.acquireToken(accountOf(id), { forceRefresh: how === 'renewed' });
    return token.length > 0;
  },
  remove: (id) => auth.removeAccount(accountOf(id)),
  state: () => vault.state(),
  retry: () => vault.retry(),
  notices: () => notices,
  flush: () => vault.flush(),
});
