import { selectTotalUnread } from '../../electron/main/state/select-snapshot.ts';
import type { AppErrorCode, AppErrorInfo } from '../../electron/shared/app-error.ts';
import type {
  AccountSnapshot,
  ApprovalSnapshot,
  AppSnapshot,
  OtherAccountSignedIn,
  SharedMailboxSnapshot,
} from '../../electron/shared/snapshot.ts';
import { failedRun, fineRun, runningRun } from './doctor-runs.ts';

/** The time that every picture is taken at, ms since the epoch. */
export const previewNow = Date.UTC(2026, 10, 21, 9, 41, 0);

/** An error with every fact that one can have. */
export function errorOf(code: AppErrorCode, facts: Partial<AppErrorInfo> = {}): AppErrorInfo {
  return { code, at: previewNow - 30_000, ...facts };
}

/** An account being watched. */
export function accountOf(id: string, changes: Partial<AccountSnapshot> = {}): AccountSnapshot {
  return {
    id,
    address: `${id}@outlook.example`,
    displayName: '',
    kind: 'personal',
    state: { kind: 'watching' },
    unreadCount: 0,
    lastCheckedAt: previewNow - 12_000,
    sharedMailboxes: [],
    ...changes,
  };
}

/** An account that waits for approval, since the day before. */
export function approvalOf(id: string, changes: Partial<ApprovalSnapshot> = {}): ApprovalSnapshot {
  const clientId = '6d9c2f64-51aa-4c0e-9a5e-0d4f6c7b8a10';
  const tenant = 'contoso.example';
  const scope = 'https%3A%2F%2Foutlook.office.com%2FIMAP.AccessAsUser.All%20offline_access%20openid%20profile%20email';
  return {
    id,
    accountId: null,
    address: `${id}@${tenant}`,
    since: previewNow - 86_400_000,
    triedAt: null,
    link:
      `https://login.microsoftonline.com/${tenant}/v2.0/adminconsent?client_id=${clientId}&scope=${scope}` +
      '&redirect_uri=http%3A%2F%2Flocalhost&state=a5d2ab64-1a1c-4b63-8d5e-0a61d2d0a1d5',
    clientId,
    tenant,
    graphEnvironment: null,
    ...changes,
  };
}

/** A shared mailbox being watched. */
export function sharedMailboxOf(id: string, changes: Partial<SharedMailboxSnapshot> = {}): SharedMailboxSnapshot {
  return {
    id,
    address: `${id}@contoso.example`,
    muted: false,
    state: { kind: 'watching' },
    unreadCount: 0,
    lastCheckedAt: previewNow - 12_000,
    ...changes,
  };
}

/** A snapshot of the first run with everything ready. */
export function snapshotOf(changes: Partial<AppSnapshot> = {}): AppSnapshot {
  const accounts = changes.accounts ?? [];
  return {
    revision: 1,
    appVersion: '0.1.0',
    language: 'en',
    languageSetting: 'system',
    accounts,
    approvals: [],
    totalUnread: selectTotalUnread(accounts),
    status: accounts.length === 0 ? 'no-accounts' : 'watching',
    signIn: { kind: 'idle' },
    vault: { kind: 'ready' },
    registration: { kind: 'ready' },
    notificationDetail: 'full',
    startsAtLogin: false,
    network: { mode: 'system', address: '', user: '', isFixed: false },
    notices: [],
    doctorRuns: [],
    focusedAccountId: null,
    focusRequest: 0,
    ...changes,
  };
}

const anna = accountOf('anna.lindqvist', { displayName: 'Anna Lindqvist', unreadCount: 3 });
const wei = accountOf('wei.zhang', {
  displayName: '张伟',
  address: 'wei.zhang@contoso.example',
  kind: 'work',
  unreadCount: 1_284,
  lastCheckedAt: previewNow - 75_000,
});
const quiet = accountOf('orders', {
  address: 'orders@fabrikam.example',
  kind: 'work',
  lastCheckedAt: previewNow - 2_000,
});

const info = sharedMailboxOf('info', { unreadCount: 4 });
const europe = sharedMailboxOf('orders.europe-and-north-africa', { muted: true, unreadCount: 128 });
const noAccess = sharedMailboxOf('bookkeeping', {
  state: {
    kind: 'refused',
    error: errorOf('shared-mailbox-no-access', { detail: 'AUTHENTICATE failed.' }),
    retryAt: previewNow + 540_000,
  },
  unreadCount: null,
  lastCheckedAt: null,
});

const refusal = errorOf('admin-approval-needed', {
  aadsts: '90094',
  explanation: 'admin-approval',
  who: 'administrator',
  correlationId: '6f1f2a50-7f0c-4a58-9d8e-0d6c1d0f6f9e',
  detail: 'AADSTS90094: The grant requires administrator permission.',
});

function otherAccount(addableUntil: number | null): OtherAccountSignedIn {
  const { id, address } = anna;
  return { kind: 'other-account', accountId: id, askedFor: address, signedIn: wei.address, addableUntil };
}

/** Every screen of the window, by name. */
export const previewSnapshots: Readonly<Record<string, AppSnapshot>> = {
  welcome: snapshotOf(),
  registration: snapshotOf({ registration: { kind: 'missing', error: null } }),
  'registration-error': snapshotOf({
    registration: {
      kind: 'missing',
      error: errorOf('profile-invalid', { detail: 'imap.port: expected a number from 1 to 65535' }),
    },
  }),
  vault: snapshotOf({ vault: { kind: 'unavailable', error: errorOf('keyring-unavailable') } }),
  waiting: snapshotOf({
    signIn: { kind: 'waiting', host: 'login.microsoftonline.com', accountId: null, deadline: previewNow + 272_000 },
  }),
  'waiting-again': snapshotOf({
    accounts: [anna],
    signIn: { kind: 'waiting', host: 'login.microsoftonline.com', accountId: anna.id, deadline: previewNow + 9_000 },
  }),
  failed: snapshotOf({ signIn: { kind: 'failed', accountId: null, error: refusal } }),
  'other-account': snapshotOf({ accounts: [anna], signIn: otherAccount(previewNow + 272_000) }),
  'other-account-known': snapshotOf({ accounts: [anna, wei], signIn: otherAccount(null) }),
  one: snapshotOf({ accounts: [anna] }),
  connecting: snapshotOf({
    accounts: [
      accountOf('anna.lindqvist', { ...anna, state: { kind: 'connecting' }, unreadCount: null, lastCheckedAt: null }),
    ],
    status: 'connecting',
  }),
  accounts: snapshotOf({ accounts: [anna, wei, quiet], focusedAccountId: wei.id, focusRequest: 1 }),
  'waiting-for-approval': snapshotOf({ approvals: [approvalOf('ada')] }),
  'approval-of-an-account': snapshotOf({
    status: 'attention',
    accounts: [{ ...wei, kind: 'work', state: { kind: 'needs-sign-in', error: refusal } }],
    approvals: [approvalOf('wei', { accountId: wei.id, address: wei.address, triedAt: previewNow - 7_200_000 })],
  }),
  'needs-approval': snapshotOf({
    status: 'attention',
    accounts: [{ ...wei, kind: 'work', state: { kind: 'needs-sign-in', error: refusal } }],
  }),
  'approvals-beside-accounts': snapshotOf({
    accounts: [anna],
    approvals: [approvalOf('ada', { triedAt: previewNow - 7_200_000 }), approvalOf('nobody', { address: null })],
  }),
  troubled: snapshotOf({
    status: 'attention',
    notices: [
      {
        id: 'n1',
        kind: 'file-set-aside',
        file: 'settings.json',
        keptAs: 'settings.damaged-20261121-094100.json',
        detail: 'accounts.2.profile.imap.port: expected a number from 1 to 65535',
      },
      { id: 'n2', kind: 'save-failed', error: errorOf('disk-full') },
      { id: 'n3', kind: 'notifications-unavailable', error: errorOf('notifications-unavailable') },
    ],
    accounts: [
      anna,
      accountOf('wei.zhang', {
        ...wei,
        state: { kind: 'offline', error: errorOf('network-unreachable'), retryAt: previewNow + 45_000 },
      }),
      accountOf('work', {
        displayName: 'Maximiliane von Hohenstein-Wittelsbach',
        address: 'maximiliane.von.hohenstein-wittelsbach@research.contoso.example',
        state: { kind: 'needs-sign-in', error: errorOf('sign-in-expired', { aadsts: '700082' }) },
        unreadCount: 17,
        lastCheckedAt: previewNow - 7_400_000,
      }),
      accountOf('shared', {
        state: { kind: 'refused', error: errorOf('imap-not-connected'), retryAt: previewNow + 3_600_000 },
        unreadCount: null,
        lastCheckedAt: null,
      }),
    ],
  }),
  throttled: snapshotOf({
    status: 'offline',
    accounts: [
      anna,
      accountOf('wei.zhang', {
        ...wei,
        state: { kind: 'offline', error: errorOf('imap-throttled'), retryAt: previewNow + 275_000 },
      }),
    ],
  }),
  'doctor-fine': snapshotOf({ accounts: [wei], doctorRuns: [fineRun(wei.id, wei.address, previewNow)] }),
  'doctor-failed': snapshotOf({ accounts: [wei], doctorRuns: [failedRun(wei.id, wei.address, previewNow)] }),
  'doctor-running': snapshotOf({ accounts: [wei], doctorRuns: [runningRun(wei.id, wei.address, previewNow)] }),
  shared: snapshotOf({ accounts: [{ ...wei, sharedMailboxes: [info, europe] }, anna] }),
  'shared-no-access': snapshotOf({
    status: 'attention',
    accounts: [{ ...wei, sharedMailboxes: [info, noAccess] }],
    focusedAccountId: info.id,
    focusRequest: 1,
  }),
  'shared-waiting': snapshotOf({
    status: 'attention',
    accounts: [
      {
        ...wei,
        state: { kind: 'needs-sign-in', error: errorOf('sign-in-expired') },
        sharedMailboxes: [{ ...info, state: { kind: 'waits-for-account' } }],
      },
    ],
  }),
  'no-keyring-with-accounts': snapshotOf({
    vault: {
      kind: 'unavailable',
      error: errorOf('keyring-locked', { detail: 'Cannot create an item in a locked collection' }),
    },
    accounts: [anna],
  }),
  'keyring-lost': snapshotOf({
    vault: { kind: 'unavailable', error: errorOf('keyring-lost') },
    accounts: [anna],
  }),
  'keyring-locked-meanwhile': snapshotOf({ vault: { kind: 'locked' }, accounts: [anna, quiet] }),
  'session-only': snapshotOf({ vault: { kind: 'session-only' }, accounts: [anna, quiet] }),
  'starting-at-login': snapshotOf({ accounts: [anna, wei, quiet], startsAtLogin: true }),
  'session-only-welcome': snapshotOf({ vault: { kind: 'session-only' } }),
  'failed-client-id': snapshotOf({
    accounts: [anna],
    signIn: { kind: 'failed', accountId: null, error: errorOf('client-id-refused', { aadsts: '700016' }) },
  }),
  'failed-explained': snapshotOf({
    signIn: {
      kind: 'failed',
      accountId: null,
      error: errorOf('client-id-refused', {
        explanation: 'redirect-missing',
        who: 'registration',
        aadsts: '50011',
        correlationId: '6f1f2a50-7f0c-4a58-9d8e-0d6c1d0f6f9e',
      }),
    },
  }),
  'failed-unknown-number': snapshotOf({
    signIn: {
      kind: 'failed',
      accountId: null,
      error: errorOf('sign-in-refused', { explanation: 'unknown-number', who: 'unknown', aadsts: '1234567' }),
    },
  }),
  cancelled: snapshotOf({ accounts: [anna], signIn: { kind: 'cancelled', accountId: null } }),
  'sign-in-lost': snapshotOf({
    status: 'attention',
    accounts: [
      accountOf('wei.zhang', {
        ...wei,
        state: {
          kind: 'needs-sign-in',
          error: errorOf('sign-in-expired', { explanation: 'sign-in-frequency', who: 'you', aadsts: '70043' }),
        },
      }),
    ],
  }),
  'failed-timed-out': snapshotOf({
    signIn: { kind: 'failed', accountId: null, error: errorOf('sign-in-timed-out') },
  }),
};
