import { enDoctor } from './en/doctor.ts';
import { enApproval } from './en/approval.ts';
import { enErrors } from './en/errors.ts';
import { enExplain } from './en/explain.ts';
import { enOtherAccount } from './en/other-account.ts';
import { enInspector } from './en/inspector.ts';
import { enNetwork } from './en/proxy.ts';
import { enRemoval } from './en/removal.ts';
import { enVault } from './en/vault.ts';
import { enWindow } from './en/window.ts';

/** English, the language of reference: every other language has exactly these keys. */
export const en = {
  app: {
    name: 'Tidings',
  },
  // Tray, tooltip and tray menu (main process).
  tray: {
    unread_one: '{{count}} unread',
    unread_other: '{{count}} unread',
    nothingUnread: 'Nothing unread',
    noAccounts: 'No accounts yet',
    /** The tooltip's first line. */
    headline: '{{app}} — {{status}}',
    /** One account in tooltip or menu. */
    accountLine: '{{account}}: {{status}}',
    state: {
      connecting: 'connecting…',
      'needs-sign-in': 'needs you to sign in',
      'waits-for-account': 'waits for its account',
      refused: 'mailbox refused',
      offline: 'offline',
    },
    /** An account that isn't watched, with what was last known of it. */
    stateSince: '{{state}}, {{unread}} at {{time}}',
    /** `ago` is e.g. "12 min. ago". */
    lastChecked: '{{state}}, last checked {{ago}}',
    moreAccounts_one: '…and {{count}} more account',
    moreAccounts_other: '…and {{count}} more accounts',
    checkNow: 'Check now',
    open: 'Open Tidings',
    quit: 'Quit Tidings',
  },
  // Desktop notifications (main process).
  notification: {
    noSender: 'Unknown sender',
    noSubject: '(no subject)',
    /** The line under the subject that names the account. */
    toAccount: 'To {{account}}',
    /** The same for several. */
    toAccounts: 'To {{accounts}}',
    summary_one: '{{count}} new message',
    summary_other: '{{count}} new messages',
    whileAway_one: '{{count}} new message while you were away',
    whileAway_other: '{{count}} new messages while you were away',
    /** Under the subject of the only message that came while nobody watched. */
    cameWhileAway: 'Came while you were away',
    fromSenders: 'From {{senders}}',
    others: 'others',
  },
  // File dialogs and messages shown before there is a window (main process).
  dialog: {
    openSetUpFile: 'Open a set-up file',
    setUpFiles: 'Tidings set-up files',
    cantStart: 'Tidings can’t start',
    /** Before a profile's detail, which names the field and the file. */
    badProfile: 'The deployment profile can’t be used. Correct it and start Tidings again.',
    forbiddenSwitches: 'These switches would take away its protection. Start Tidings without: {{switches}}',
    appImageWithoutSandbox:
      'This system gives the AppImage no sandbox for its window, and Tidings doesn’t run without one. Install the .deb package instead: it brings what the sandbox needs.',
    filesUnreadable:
      'Its files can’t be used. Make this folder yours to read and write, then start Tidings again: {{folder}}',
    runsInTray: 'Tidings goes on in the tray',
    runsInTrayBody: 'It keeps watching your mail. To end it, choose Quit Tidings in the tray menu.',
    windowFailed: 'The window had to close',
    windowFailedBody: 'Tidings goes on watching your mail. Click to open the window again.',
    /** MSAL shows the page before it redeems the code: whether that works, only Tidings can say. */
    signedInTitle: 'Back to Tidings',
    signedInBody: 'Tidings finishes the sign-in and shows your account. You can close this tab and go back to Tidings.',
    signInFailedTitle: 'The sign-in didn’t work',
    signInFailedBody: 'Close this tab and go back to Tidings, which says what happened and what to do.',
  },
  // The connection doctor, in the window and in a terminal.
  doctor: enDoctor,
  // Asking an administrator for approval (both processes).
  approval: enApproval,
  // What "tidings --remove-my-data" prints (main process).
  removal: enRemoval,
  // An AppErrorCode each: what happened, and what to do.
  errors: enErrors,
  // What Microsoft's refusals of a sign-in mean (both processes).
  explain: enExplain,
  // The window (renderer).
  window: enWindow,
  // Another account was signed in than asked for (renderer).
  otherAccount: enOtherAccount,
  // The view "Network" (renderer).
  network: enNetwork,
  // The token inspector and the view that it lives in (renderer).
  inspector: enInspector,
  // The keyring while Tidings runs (renderer).
  vault: enVault,
} as const;
