import type { AppErrorCode, AppErrorInfo } from './app-error.ts';
import type { NetworkCheck, ProxyChoice } from './network.ts';
import type { NotificationDetail } from './settings.ts';
import type { TokenReport } from './token-report.ts';

/** External pages a window may ask for by name; main builds the address. */
export type ExternalLink =
  | 'entra-app-registrations'
  | 'azure-cli-install'
  | 'client-id-guide'
  | 'revoke-consent-personal'
  | 'revoke-consent-work'
  | 'outlook-web';

/** What becomes of the wish to remove everything. */
export type RemovalAnswer =
  /** It has begun: the window closes, and the app quits when it is done. */
  | { readonly kind: 'begun' }
  /** Nothing was touched, since the tokens can't be deleted now. */
  | { readonly kind: 'tokens-out-of-reach'; readonly error: AppErrorInfo };

/**
 * Every command a window can send: name -> its arguments and the value of a successful answer.
 * Names are `noun.verb`. The schemas in main/ipc/command-schemas.ts are checked against this.
 */
export interface Commands {
  /** Opens the browser for a new account. Answers as soon as the sign-in has begun; its course is in the snapshot. */
  'account.signIn': { args: Record<string, never>; value: null };
  /** The same for an account that needs it. */
  'account.signInAgain': { args: { accountId: string }; value: null };
  /** Removes the account, its tokens and what was remembered of its mail. */
  'account.remove': { args: { accountId: string }; value: null };
  /** Counts again now, an account with its mailboxes or a shared mailbox alone; without an id, every one. */
  'account.checkNow': { args: { accountId: string | null }; value: null };
  /** Watches another's mailbox with the token of a work account; value is its id, and its state tells of access. */
  'account.addSharedMailbox': { args: { accountId: string; address: string }; value: { readonly mailboxId: string } };
  /** Watches a shared mailbox no longer, and forgets what was remembered of its mail. */
  'mailbox.remove': { args: { mailboxId: string }; value: null };
  /** A muted mailbox is counted, but not told of. */
  'mailbox.setMuted': { args: { mailboxId: string; muted: boolean }; value: null };
  /** Ends the waiting sign-in; its listener is closed. */
  'signIn.cancel': { args: Record<string, never>; value: null };
  /**
   * Explains what Microsoft's page shows, as if it had been told to Tidings: a number, the page's text or its address.
   * Value false when nothing in it says what happened. The text is neither kept nor logged.
   */
  'signIn.explain': { args: { text: string }; value: boolean };
  /** Opens Microsoft's page about an AADSTS number (digits). */
  'signIn.lookUp': { args: { aadsts: string }; value: null };
  /** Leaves the failed or cancelled state of the last sign-in. */
  'signIn.dismiss': { args: Record<string, never>; value: null };
  /** Adds the other account that was signed in to, as a new one. */
  'signIn.addOther': { args: Record<string, never>; value: null };
  /**
   * Lists an account as waiting for an administrator's approval: by its work or school address (null for none given),
   * or one that is there. Value: the approval's id, also where it was listed already.
   */
  'approval.ask': { args: { address: string | null; accountId: string | null }; value: string };
  /** Opens the browser for a listed account once more. */
  'approval.checkAgain': { args: { approvalId: string }; value: null };
  /** Takes it from the list. */
  'approval.remove': { args: { approvalId: string }; value: null };
  /**
   * Opens a new mail with the letter to the administrator in the system's mail program. Value: whether it is the whole
   * letter; else it is the short one, which every system takes.
   */
  'approval.mail': { args: { approvalId: string }; value: boolean };
  /** Opens the approval page in the browser, for those who are the administrator themselves. */
  'approval.openPage': { args: { approvalId: string }; value: null };
  /** Uses a client id that somebody gave. */
  'registration.useClientId': { args: { clientId: string; tenant: string | null }; value: null };
  /** Asks for a set-up file with the system's file dialog; value false when the person closed it. */
  'registration.openFile': { args: Record<string, never>; value: boolean };
  /** Looks for the keyring again. */
  'vault.retry': { args: Record<string, never>; value: null };
  /** Keeps tokens in memory only from now on. */
  'vault.useSessionOnly': { args: Record<string, never>; value: null };
  'notice.dismiss': { args: { noticeId: string }; value: null };
  'settings.setLanguage': { args: { language: 'system' | 'en' | 'zh-CN' }; value: null };
  'settings.setNotificationDetail': { args: { detail: NotificationDetail }; value: null };
  /** Has the system start Tidings, in the tray only, when the person logs in, or no longer. */
  'settings.setStartAtLogin': { args: { enabled: boolean }; value: null };
  /** How connections leave the network from now on. */
  'network.useProxy': { args: ProxyChoice; value: null };
  /** Connects to the sign-in service and the mail server by the way in force. */
  'network.check': { args: Record<string, never>; value: readonly NetworkCheck[] };
  /**
   * Removes tokens, data folder and autostart entry, and quits. With `leaveTokens` also where the keyring can't be
   * reached, whose tokens then stay in it.
   */
  'app.removeEverything': { args: { leaveTokens: boolean }; value: RemovalAnswer };
  /** Puts a text made by the window (the set-up commands, an error's facts) on the clipboard. At most 4,096 characters. */
  'clipboard.write': { args: { text: string }; value: null };
  /** Examines an account's connection. Answers as soon as it has begun; its course is in the snapshot. */
  'doctor.examine': { args: { accountId: string }; value: null };
  /** Ends the examination under way; what it found so far stays. */
  'doctor.cancel': { args: { accountId: string }; value: null };
  /** Puts the result of the last examination on the clipboard: never a token, and addresses only on wish. */
  'doctor.copy': {
    args: { accountId: string; format: 'text' | 'json'; showAddresses: boolean };
    value: null;
  };
  /** Opens the page of the account's cloud or, without one, of the cloud that new accounts are of. */
  'link.open': { args: { link: ExternalLink; accountId?: string }; value: null };

  /**
   * Says what a pasted token is good for, measured by an account's mailbox or, for null, by itself. The text is decoded
   * where it arrives, and neither kept, logged nor sent. At most 65,536 characters.
   */
  'token.inspect': { args: { text: string; accountId: string | null }; value: TokenReport };
  /** The same for the account's own token, which never reaches the window. */
  'account.inspectToken': { args: { accountId: string }; value: TokenReport };
}

export type CommandName = keyof Commands;
export type CommandArgs<N extends CommandName> = Commands[N]['args'];
export type CommandValue<N extends CommandName> = Commands[N]['value'];

/** The answer to a command. Electron's IPC keeps only an error's message, so failures travel as values. */
export type CommandResult<N extends CommandName> =
  | { readonly ok: true; readonly value: CommandValue<N> }
  | { readonly ok: false; readonly code: AppErrorCode };
