import type { AppErrorCode } from '../../app-error.ts';
import { enSharedMailboxErrors } from './shared-mailboxes.ts';
import { enProxyErrors } from './proxy.ts';

/** What a person is told about a failure: what happened, and what to do next or whom to ask. */
export interface ErrorWords {
  readonly title: string;
  readonly action: string;
}

/** English words for every {@link AppErrorCode}. Causes and remedies follow Microsoft's AADSTS and Exchange pages. */
export const enErrors = {
  'network-unreachable': {
    title: 'Microsoft can’t be reached',
    action: 'Check that this computer is online and that no firewall or VPN is in the way, then try again.',
  },
  'dns-failed': {
    title: 'The server’s name couldn’t be found',
    action: 'Check your internet connection. If websites open as usual, ask whoever looks after your network or VPN.',
  },
  'timed-out': {
    title: 'The server took too long to answer',
    action: 'The connection may be slow or blocked on the way. Wait a moment, then try again.',
  },
  'certificate-untrusted': {
    title: 'The connection can’t be trusted',
    action:
      'The server’s certificate isn’t one that this computer trusts, so Tidings sent nothing. Try another network, ' +
      'or ask your administrator for your organization’s CA certificate file.',
  },
  'identity-unavailable': {
    title: 'Microsoft’s sign-in service isn’t available',
    action: 'The trouble is on Microsoft’s side and usually passes. Try again in a few minutes.',
  },
  'identity-misconfigured': {
    title: 'The sign-in address is wrong',
    action:
      'The address in Tidings’ set-up doesn’t lead to a sign-in service. Check the tenant and the set-up file, ' +
      'or ask the person who gave them to you.',
  },
  'browser-failed': {
    title: 'The browser couldn’t be opened',
    action: 'Check that this computer has a default browser, then try again.',
  },
  'mail-program-failed': {
    title: 'The mail program couldn’t be opened',
    action: 'Copy the letter instead, and paste it into a new mail.',
  },
  'sign-in-cancelled': {
    title: 'The sign-in was cancelled',
    action: 'Nothing was changed. Try again whenever you like.',
  },
  'sign-in-timed-out': {
    title: 'The sign-in wasn’t finished in time',
    action:
      'Tidings waits five minutes for the browser. Try again, and go on until the page says that you can return to ' +
      'Tidings. If Microsoft’s page showed an error instead, Tidings can tell you what it means.',
  },
  'consent-refused': {
    title: 'Tidings wasn’t given permission',
    action: 'Tidings can only watch your mailbox if you allow it. Try again and choose Accept on Microsoft’s page.',
  },
  'admin-approval-needed': {
    title: 'Your administrator has to approve Tidings',
    action:
      'Your organization doesn’t let people allow mail apps by themselves. “Ask your administrator” has a letter for ' +
      'them, with the link to approve it.',
  },
  'approval-not-needed': {
    title: 'This account needs no administrator',
    action: 'It is a personal account. Sign in again and choose Accept on Microsoft’s page.',
  },
  'approvals-too-many': {
    title: 'Too many accounts wait for approval',
    action: 'Tidings waits for 20 at most. Stop waiting for one that you no longer need, then ask again.',
  },
  'client-id-refused': {
    title: 'Microsoft doesn’t accept this client id',
    action:
      'The client id, the tenant or the kind of account doesn’t fit. Ask whoever registered the app to check that it ' +
      'is a public client with the redirect http://localhost, and open to your kind of account.',
  },
  'sign-in-refused': {
    title: 'Microsoft refused the sign-in',
    action:
      'Try again, perhaps with another account. For a work or school account, copy the details and ask your ' +
      'administrator: they can look up the reason.',
  },
  'sign-in-expired': {
    title: 'Your sign-in has ended',
    action: 'This happens after a password change, or after a long time. Sign in again to go on.',
  },
  'other-account-signed-in': {
    title: 'You signed in with a different account',
    action: 'Nothing was changed. Sign in again and choose the account that Tidings shows.',
  },
  'token-unfit': {
    title: 'Microsoft’s token isn’t for the mailbox',
    action:
      'Tidings didn’t try it. The app’s registration probably lacks the permission IMAP.AccessAsUser.All, or the ' +
      'set-up names another service: ask whoever registered it. “Check connection” in the account’s menu shows more.',
  },
  'client-id-missing': {
    title: 'Tidings has no client id yet',
    action: 'Open a set-up file, paste a client id, or register one of your own.',
  },
  'imap-sign-in-refused': {
    title: 'The mail server refused the sign-in',
    action:
      'Sign in again. If that doesn’t help, IMAP may be switched off: for Outlook.com, look in its mail settings; ' +
      'for a work or school account, ask your administrator.',
  },
  'imap-not-connected': {
    title: 'You’re signed in, but the mailbox doesn’t open',
    action:
      'Usually IMAP is switched off for this mailbox, or too many mail programs use it at once. Close some, or ask ' +
      'your administrator whether IMAP is allowed for you.',
  },
  'imap-mailbox-refused': {
    title: 'The inbox can’t be opened',
    action:
      'See whether your mail opens in Outlook on the web. If it does, copy the details and ask your administrator.',
  },
  'imap-unavailable': {
    title: 'The mail server isn’t available',
    action: 'The trouble is on the server’s side and usually passes. Tidings tries again by itself.',
  },
  'imap-throttled': {
    title: 'The mail server asks for a pause',
    action:
      'It was asked too much in a short time, perhaps by several mail programs. Tidings waits as long as it must and ' +
      'goes on by itself.',
  },
  'imap-connection-lost': {
    title: 'The connection to the mail server was lost',
    action: 'Tidings connects again by itself. If this goes on, check your internet connection.',
  },
  'imap-tls-failed': {
    title: 'No encrypted connection to the mail server came about',
    action:
      'Tidings sent nothing. What answers there speaks no TLS, or only an outdated one: look at the mail server’s host ' +
      'and port in the set-up file (encrypted IMAP is port 993, not 143), or ask the person who gave it to you.',
  },
  'imap-protocol': {
    title: 'The mail server gave an unexpected answer',
    action:
      'Something between this computer and the server may be answering in its place, such as a Wi-Fi sign-in page. ' +
      'Open a website to see, then try again.',
  },
  ...enSharedMailboxErrors,
  ...enProxyErrors,
  'keyring-unavailable': {
    title: 'This computer has no keyring in use',
    action:
      'Install or start one, such as GNOME Keyring or KWallet, then look again. Or keep your sign-in only until you ' +
      'quit Tidings.',
  },
  'keyring-locked': {
    title: 'The keyring is locked',
    action:
      'Enter its password, usually the one you sign in to this computer with, in the window that the keyring opens; ' +
      '“Look again” opens it once more. Or keep your sign-in only until you quit Tidings.',
  },
  'keyring-lost': {
    title: 'The keyring has stopped',
    action:
      'Tidings goes on watching your mail, but can’t save your sign-ins until a keyring runs again. Start it, or sign ' +
      'out of this computer and back in. Nothing is lost as long as Tidings runs; after that it may ask you to sign in.',
  },
  'token-cache-damaged': {
    title: 'The saved sign-ins couldn’t be read',
    action: 'They were set aside, and Tidings starts with none. Sign in to your accounts again.',
  },
  'disk-full': {
    title: 'The disk is full',
    action: 'Free some space on it. Until then, changes may be lost when Tidings quits.',
  },
  'disk-failed': {
    title: 'Tidings couldn’t save',
    action: 'Check that you may write to Tidings’ data folder and that the disk is in order, then try again.',
  },
  'settings-damaged': {
    title: 'The settings couldn’t be read',
    action: 'The file was kept under another name, and Tidings starts with its defaults. Add your accounts again.',
  },
  'notifications-unavailable': {
    title: 'Notifications can’t be shown',
    action:
      'This desktop has no notification service, or it is switched off. Start it or allow notifications in the ' +
      'system’s settings. The tray icon and this window go on counting.',
  },
  'profile-invalid': {
    title: 'There is a mistake in the set-up',
    action: 'The details name the field. Correct it, or ask the person who gave you the file.',
  },
  unexpected: {
    title: 'Something unexpected went wrong',
    action: 'Try again. If it happens again, quit Tidings, start it once more, and report what you did.',
  },
} as const satisfies Readonly<Record<AppErrorCode, ErrorWords>>;
