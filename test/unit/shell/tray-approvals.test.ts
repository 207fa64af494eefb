import { expect, it } from 'vitest';

import { createWords } from '../../../electron/main/i18n.ts';
import { trayMenu } from '../../../electron/main/shell/tray-menu.ts';
import { trayTooltip, type TraySnapshot } from '../../../electron/main/shell/tray-text.ts';
import { selectStatus } from '../../../electron/main/state/select-snapshot.ts';
import { accountOf, approvalOf } from '../../preview/snapshots.ts';

const approvals = [approvalOf('p1'), approvalOf('p2', { address: null })];
const alone: TraySnapshot = { accounts: [], approvals, totalUnread: 0, status: selectStatus([]), language: 'en' };
const anna = accountOf('anna', { unreadCount: 2 });
const { translate } = createWords('en');

const labels = (snapshot: TraySnapshot): string[] =>
  trayMenu(snapshot, translate, 0).flatMap((item) => (item.kind === 'separator' ? [] : [item.label]));

it('an account that waits for approval is in the menu, and opens the window', () => {
  const beside = { ...alone, accounts: [anna], totalUnread: 2 };
  expect(labels(beside)).toEqual([
    '2 unread',
    'anna@outlook.example: 2 unread',
    'p1@contoso.example: waiting for approval',
    'Work or school account: waiting for approval',
    'Check now',
    'Open Tidings',
    'Quit Tidings',
  ]);
  expect(trayMenu(beside, translate, 0)[3]).toMatchObject({ enabled: true, action: { kind: 'open' } });
});

it('it is no trouble: without an account the icon is as with none, and the tooltip says what is awaited', () => {
  expect(alone.status).toBe('no-accounts');
  expect(trayTooltip(alone, translate, 0)).toBe(
    'Tidings — waiting for approval\np1@contoso.example: waiting for approval\n' +
      'Work or school account: waiting for approval',
  );
  expect(labels(alone)[0]).toBe('waiting for approval');
  expect(labels(alone)).not.toContain('No accounts yet');
});

it('beside accounts, the total stays what the tooltip begins with', () => {
  expect(trayTooltip({ ...alone, accounts: [anna], totalUnread: 2 }, translate, 0)).toMatch(/^Tidings — 2 unread\n/u);
});

it('an account of the list has one line, which says what it waits for', () => {
  const error = { code: 'admin-approval-needed', at: 0 } as const;
  const ada = accountOf('ada', { address: 'ada@contoso.example', state: { kind: 'needs-sign-in', error } });
  const awaited = { ...alone, accounts: [ada], approvals: [approvalOf('p', { accountId: 'ada' })] };
  expect(labels(awaited).filter((label) => label.includes('@'))).toEqual(['ada@contoso.example: waiting for approval']);
  expect(trayTooltip(awaited, translate, 0).split('\n').slice(1)).toEqual([
    'ada@contoso.example: waiting for approval',
  ]);
  // Of a mailbox that is watched all the same, the number is what people look for.
  const watched = { ...awaited, accounts: [{ ...ada, state: { kind: 'watching' } as const, unreadCount: 4 }] };
  expect(labels(watched)).toContain('ada@contoso.example: 4 unread');
});

it('says so in Chinese, too', () => {
  expect(trayTooltip(alone, createWords('zh-CN').translate, 0)).toContain('p1@contoso.example：等待批准');
});
