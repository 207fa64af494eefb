import type { AppErrorInfo } from '../../shared/app-error.ts';
import type { ExternalLink } from '../../shared/commands.ts';
import type { NetworkCheck, ProxyChoice } from '../../shared/network.ts';
import type { DeploymentProfile } from '../../shared/profile.ts';
import type { NotificationDetail, Settings } from '../../shared/settings.ts';
import type { VaultState } from '../../shared/snapshot.ts';
import type { TokenReport } from '../../shared/token-report.ts';
import { createApprovalHandlers, type ApprovalTargets } from './approval-handlers.ts';
import { CommandError } from './command-error.ts';
import type { CommandHandlers } from './message-server.ts';

/** What the commands act on; each is the least that they need. */
export interface CommandTargets extends ApprovalTargets {
  readonly accounts: {
    remove(accountId: string): Promise<void>;
    /** Resolves with the new mailbox's id. */
    addSharedMailbox(accountId: string, address: string): Promise<string>;
    removeSharedMailbox(mailboxId: string): Promise<void>;
    setSharedMailboxMuted(mailboxId: string, muted: boolean): Promise<void>;
  };
  readonly signIn: {
    begin(profile: DeploymentProfile): void;
    beginAgain(accountId: string): void;
    cancel(): void;
    dismiss(): void;
    addOther(): void;
    /** Whether the text said what happened. */
    explain(text: string): boolean;
  };
  readonly registration: {
    readonly profile: DeploymentProfile;
    useClientId(clientId: string, tenant: string | null): void;
    useFile(path: string): Promise<void>;
  };
  readonly vault: {
    /** Resolves with what was found when the keyring was looked for. */
    retry(): Promise<VaultState>;
    useSessionOnly(): void;
  };
  readonly checkNow: (accountId: string | null) => void;
  readonly notices: { dismiss(id: string): void };
  readonly setLanguage: (language: Settings['language']) => Promise<void>;
  readonly setNotificationDetail: (detail: NotificationDetail) => void;
  readonly setStartAtLogin: (enabled: boolean) => Promise<void>;
  readonly network: {
    use(choice: ProxyChoice): Promise<void>;
    check(): Promise<readonly NetworkCheck[]>;
  };
  readonly removal: {
    /** Why the accounts' tokens can't be deleted now; null when they can. */
    tokenTrouble(): Promise<AppErrorInfo | null>;
    /** Returns at once; the app quits when it is done. */
    begin(leaveTokens: boolean): void;
  };
  /** Of the account's cloud; for null, of the one that new accounts are of. */
  readonly doctor: {
    examine(accountId: string): void;
    cancel(accountId: string): void;
    /** The last result; null where there is none. */
    report(accountId: string, format: 'text' | 'json', showAddresses: boolean): string | null;
  };
  readonly openLink: (link: ExternalLink, accountId: string | null) => Promise<void>;
  /** Opens Microsoft's page about an AADSTS number (digits). */
  readonly openErrorPage: (aadsts: string) => Promise<void>;
  readonly writeClipboard: (text: string) => Promise<void>;
  /** The path the person picked; null when they closed the dialog. */
  readonly pickSetUpFile: () => Promise<string | null>;
  readonly tokenInspector: {
    inspect(text: string, accountId: string | null): TokenReport;
    /** Null for an account that is gone. */
    inspectOwn(accountId: string): Promise<TokenReport | null>;
  };
}

/** Carries each command to what it is about. */
export function createCommandHandlers(targets: CommandTargets): CommandHandlers {
  const { accounts, signIn, registration, vault, notices } = targets;
  return {
    async 'account.signIn'() {
      const { profile } = registration;
      if (profile.clientId === null) {
        throw new CommandError('client-id-missing');
      }
      signIn.begin(profile);
      return null;
    },
    async 'account.signInAgain'({ accountId }) {
      signIn.beginAgain(accountId);
      return null;
    },
    async 'account.remove'({ accountId }) {
      await accounts.remove(accountId);
      return null;
    },
    async 'account.checkNow'({ accountId }) {
      targets.checkNow(accountId);
      return null;
    },
    async 'account.addSharedMailbox'({ accountId, address }) {
      return { mailboxId: await accounts.addSharedMailbox(accountId, address) };
    },
    async 'mailbox.remove'({ mailboxId }) {
      await accounts.removeSharedMailbox(mailboxId);
      return null;
    },
    async 'mailbox.setMuted'({ mailboxId, muted }) {
      await accounts.setSharedMailboxMuted(mailboxId, muted);
      return null;
    },
    async 'signIn.cancel'() {
      signIn.cancel();
      return null;
    },
    async 'signIn.dismiss'() {
      signIn.dismiss();
      return null;
    },
    async 'signIn.addOther'() {
      signIn.addOther();
      return null;
    },
    async 'signIn.explain'({ text }) {
      return signIn.explain(text);
    },
    async 'signIn.lookUp'({ aadsts }) {
      await targets.openErrorPage(aadsts);
      return null;
    },
    ...createApprovalHandlers(targets),
    async 'registration.useClientId'({ clientId, tenant }) {
      registration.useClientId(clientId, tenant);
      return null;
    },
    async 'registration.openFile'() {
      const path = await targets.pickSetUpFile();
      if (path === null) {
        return false;
      }
      await registration.useFile(path);
      return true;
    },
    async 'vault.retry'() {
      const state = await vault.retry();
      if (state.kind === 'unavailable') {
        throw new CommandError(state.error.code);
      }
      return null;
    },
    async 'vault.useSessionOnly'() {
      vault.useSessionOnly();
      return null;
    },
    async 'notice.dismiss'({ noticeId }) {
      notices.dismiss(noticeId);
      return null;
    },
    async 'settings.setLanguage'({ language }) {
      await targets.setLanguage(language);
      return null;
    },
    async 'settings.setNotificationDetail'({ detail }) {
      targets.setNotificationDetail(detail);
      return null;
    },
    async 'settings.setStartAtLogin'({ enabled }) {
      await targets.setStartAtLogin(enabled);
      return null;
    },
    async 'network.useProxy'(choice) {
      await targets.network.use(choice);
      return null;
    },
    'network.check': () => targets.network.check(),
    async 'app.removeEverything'({ leaveTokens }) {
      const error = leaveTokens ? null : await targets.removal.tokenTrouble();
      if (error !== null) {
        return { kind: 'tokens-out-of-reach', error };
      }
      targets.removal.begin(leaveTokens);
      return { kind: 'begun' };
    },
    async 'clipboard.write'({ text }) {
      await targets.writeClipboard(text);
      return null;
    },
    async 'doctor.examine'({ accountId }) {
      targets.doctor.examine(accountId);
      return null;
    },
    async 'doctor.cancel'({ accountId }) {
      targets.doctor.cancel(accountId);
      return null;
    },
    async 'doctor.copy'({ accountId, format, showAddresses }) {
      const report = targets.doctor.report(accountId, format, showAddresses);
      if (report !== null) await targets.writeClipboard(report);
      return null;
    },
    async 'link.open'({ link, accountId = null }) {
      await targets.openLink(link, accountId);
      return null;
    },
    async 'token.inspect'({ text, accountId }) {
      return targets.tokenInspector.inspect(text, accountId);
    },
    async 'account.inspectToken'({ accountId }) {
      const report = await targets.tokenInspector.inspectOwn(accountId);
      if (report === null) {
        throw new CommandError('unexpected');
      }
      return report;
    },
  };
}
