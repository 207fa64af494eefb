/** A process of its own that watches accounts, so that its memory is theirs alone. */
import type { DeploymentProfile } from '../../electron/shared/profile.ts';
import { answerParent } from '../integration/host-answers.ts';
import type { StandinPerson } from '../standin/people.ts';
import { WatchedAccount } from './watched-account.ts';

const accounts = new Map<unknown, WatchedAccount>();

function find(address: unknown): WatchedAccount {
  const account = accounts.get(address);
  if (account === undefined) throw new Error(`Nobody watches ${String(address)}`);
  return account;
}

answerParent({
  watch: (profile, person, token) => {
    const who = person as StandinPerson;
    const issueToken = (): Promise<string> => Promise.resolve(String(token));
    const account = new WatchedAccount({ profile: profile as DeploymentProfile, person: who, issueToken });
    accounts.set(who.address, account);
    account.start();
  },
  counted: async (address, unread) => (await find(address).counted(Number(unread))).unreadCount,
  told: (address) => find(address).told(),
  /** The most memory that the process ever had, bytes. */
  peakMemory: () => process.resourceUsage().maxRSS * 1024,
  quit: async () => {
    for (const account of accounts.values()) await account.quit();
  },
});
