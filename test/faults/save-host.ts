/**
 * A process that saves without a pause: settings, what is known of mailboxes, and tokens by the vault's own code, each
 * with a number that rises. Tells its parent `['loaded', numbers]` of what it found at its start and `['saved', number]`
 * when all three are on the disk with that number.
 */
import { mkdirSync } from 'node:fs';

import { loadAppData } from '../../electron/main/app-data.ts';
import { dpapiKeyring, openSystemKeyring } from '../../electron/main/auth/keyring.ts';
import { createTokenVault } from '../../electron/main/auth/vault.ts';
import { systemClock } from '../../electron/main/clock.ts';
import { builtInProfile } from '../../electron/main/profile/deployment-profile.ts';
import { Notices } from '../../electron/main/state/notices.ts';
import { appPaths } from '../../electron/main/storage/paths.ts';
import { fakeDataProtection } from '../support/fake-data-protection.ts';
import { recordingLog } from '../support/recording-log.ts';

const [folder = '', store = ''] = process.argv.slice(2);
const tell = (what: string, value: unknown): void => void process.send?.([what, value]);

const clock = systemClock;
const log = recordingLog();
const paths = appPaths(folder);
mkdirSync(paths.tokensFolder, { recursive: true });
const notices = new Notices(() => {});
const data = await loadAppData(paths, notices, clock, log);
const place = { folder: paths.tokensFolder, serviceName: 'Tidings' };
const vault = createTokenVault({
  folder: paths.tokensFolder,
  sessionOnly: false,
  expectsAccounts: () => data.settings.value.accounts.length > 0,
  onNotice: (notice) => {
    tell('notice', notice.kind);
  },
  clock,
  log,
  openKeyring: () =>
    store === 'keyring' ? openSystemKeyring(place) : Promise.resolve(dpapiKeyring(fakeDataProtection(), place)),
});
const ref = { item: 'login.example.com_6d9c2f64', partition: 'common/ada' };
const account = {
  id: 'ada',
  homeAccountId: 'oid.tid',
  address: 'ada@contoso.example',
  displayName: '',
  profile: builtInProfile,
  sharedMailboxes: [],
};
/** As long as a real account's, so that a save takes its time. */
const padding = 'x'.repeat(6_000);

const cacheOf = (number: number): string =>
  JSON.stringify({
    Account: { ada: { number, padding } },
    IdToken: {},
    AccessToken: {},
    RefreshToken: {},
    AppMetadata: {},
  });

async function tokenNumber(): Promise<number | string> {
  const read = await vault.tokens.read(ref);
  if (read.kind === 'absent') return read.isDamaged ? 'damaged' : 0;
  return Number(/"number":(?<number>\d+)/u.exec(read.cache)?.groups?.['number'] ?? Number.NaN);
}

const found = {
  settings: data.settings.value.accounts[0]?.addedAt ?? 0,
  mailboxes: data.mailboxes.value.accounts['ada']?.['INBOX']?.lastUid ?? 0,
  tokens: await tokenNumber(),
  notices: notices.all.map(({ kind }) => kind),
};
tell('loaded', found);

for (let number = Math.max(found.settings, found.mailboxes, Number(found.tokens) || 0) + 1; ; number += 1) {
  data.settings.set({ ...data.settings.value, accounts: [{ ...account, addedAt: number }] });
  data.mailboxes.set({
    ...data.mailboxes.value,
    accounts: { ada: { INBOX: { uidValidity: '1', lastUid: number, settled: [] } } },
  });
  await Promise.all([vault.tokens.write(ref, cacheOf(number)), data.flush()]);
  tell('saved', number);
}
