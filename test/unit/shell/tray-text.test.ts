import { beforeAll, describe, expect, test } from 'vitest';
import type { AccountSnapshot, AccountState, SharedMailboxSnapshot } from '../../../electron/shared/snapshot.ts';
import { createWords, type Words } from '../../../electron/main/i18n.ts';
import { menuLabel, trayMenu } from '../../../electron/main/shell/tray-menu.ts';
import {
  maxTooltipLength,
  tooltipAges,
  trayTooltip,
  type TraySnapshot,
} from '../../../electron/main/shell/tray-text.ts';

const now = new Date(2026, 10, 22, 14, 32).getTime();
const minutesAgo = (minutes: number): number => now - minutes * 60_000;
const offline: AccountState = {
  kind: 'offline',
  error: { code: 'network-unreachable', at: now },
  retryAt: now + 5_000,
};

let english: Words;
let chinese: Words;
beforeAll(async () => {
  english = createWords('en');
  chinese = createWords('zh-CN');
});

function account(
  address: string,
  unreadCount: number | null,
  state: AccountState = { kind: 'watching' },
): AccountSnapshot {
  const lastCheckedAt = unreadCount === null ? null : minutesAgo(12);
  const own = { id: address, address, displayName: 'Somebody', kind: 'work', sharedMailboxes: [] } as const;
  return { ...own, state, unreadCount, lastCheckedAt };
}

function snapshot(...accounts: readonly AccountSnapshot[]): TraySnapshot {
  const totalUnread = accounts.reduce((sum, { unreadCount }) => sum + (unreadCount ?? 0), 0);
  return { accounts, approvals: [], totalUnread, status: 'watching', language: 'en' };
}

const info: SharedMailboxSnapshot = {
  id: 'm',
  address: 'info@x.org',
  muted: false,
  state: { kind: 'watching' },
  unreadCount: 2,
  lastCheckedAt: now,
};

describe('the tooltip', () => {
  test('gives the total and each account', () => {
    expect(trayTooltip(snapshot(account('ada@x.org', 3), account('bob@y.org', 1)), english.translate, now)).toBe(
      'Tidings — 4 unread\nada@x.org: 3 unread\nbob@y.org: 1 unread',
    );
  });

  test('says when nothing is unread, nothing is counted yet, nobody is added', () => {
    expect(trayTooltip(snapshot(account('ada@x.org', 0)), english.translate, now)).toMatch(
      /^Tidings — Nothing unread\n/,
    );
    const connecting = account('ada@x.org', null, { kind: 'connecting' });
    expect(trayTooltip(snapshot(connecting), english.translate, now)).toMatch(/^Tidings — connecting…\n/);
    expect(trayTooltip(snapshot(), english.translate, now)).toBe('Tidings — No accounts yet');
  });

  test('never calls an uncounted account empty', () => {
    const text = trayTooltip(snapshot(account('ada@x.org', null)), english.translate, now);
    expect(text).not.toContain('Nothing unread');
  });

  test('says how old the count of an account is that is not watched', () => {
    const away = snapshot(account('ada@x.org', 3, offline));
    expect(trayTooltip(away, english.translate, now)).toContain('ada@x.org: offline, last checked 12 min. ago');
    expect(trayTooltip(away, english.translate, now + 3 * 3_600_000)).toContain('last checked 3 hr. ago');
    expect(trayTooltip(away, english.translate, now + 49 * 3_600_000)).toContain('last checked 2 days ago');
    expect(trayTooltip(away, english.translate, now - 86_400_000)).toContain('last checked 0 min. ago');
  });

  test('grows old by itself only then', () => {
    expect(tooltipAges(snapshot(account('ada@x.org', 3, offline)))).toBe(true);
    expect(tooltipAges(snapshot(account('ada@x.org', null, offline)))).toBe(false);
    expect(tooltipAges(snapshot(account('ada@x.org', 3)))).toBe(false);
  });

  test('names first who is in trouble, also where not all fit', () => {
    const well = Array.from({ length: 10 }, (_, i) => account(`somebody.with.a.long.name.${String(i)}@example.org`, 1));
    const text = trayTooltip(snapshot(...well, account('ada@x.org', 3, offline)), english.translate, now);
    expect(text.split('\n')[1]).toMatch(/^ada@x\.org: offline/);
  });

  test('fits into what Windows shows and counts the accounts that do not', () => {
    const many = Array.from({ length: 40 }, (_, i) => account(`somebody.with.a.long.name.${String(i)}@example.org`, 1));
    const text = trayTooltip(snapshot(...many), english.translate, now);
    expect(text.length).toBeLessThanOrEqual(maxTooltipLength);
    expect(text).toMatch(/^Tidings — 40 unread\n/);
    const shown = text.split('\n').filter((line) => line.includes('@')).length;
    expect(text).toContain(`…and ${String(40 - shown)} more accounts`);
  });

  test('speaks Chinese', () => {
    const away = { ...snapshot(account('ada@x.org', 3, offline)), language: 'zh-CN' as const };
    expect(trayTooltip(away, chinese.translate, now)).toBe('Tidings — 3 封未读\nada@x.org：离线，上次检查：12分钟前');
  });
});

describe('the menu', () => {
  const labels = (shown: TraySnapshot): readonly string[] =>
    trayMenu(shown, english.translate, now).map((item) => (item.kind === 'separator' ? '—' : item.label));

  test('shows total, accounts and commands', () => {
    expect(labels(snapshot(account('ada@x.org', 3), account('bob@y.org', 0)))).toEqual([
      '3 unread',
      '—',
      'ada@x.org: 3 unread',
      'bob@y.org: Nothing unread',
      '—',
      'Check now',
      'Open Tidings',
      'Quit Tidings',
    ]);
  });

  test('shows shared mailboxes under their account, and leads to each', () => {
    const ada = { ...account('ada@x.org', 0), sharedMailboxes: [info] };
    const shown = { ...snapshot(ada, account('bob@y.org', 0)), totalUnread: 2 };
    expect(labels(shown).slice(0, 5)).toEqual([
      '2 unread',
      '—',
      'ada@x.org: Nothing unread',
      '    info@x.org: 2 unread',
      'bob@y.org: Nothing unread',
    ]);
    const line = trayMenu(shown, english.translate, now)[3];
    expect(line).toMatchObject({ action: { kind: 'open-account', accountId: 'm' } });
    expect(trayTooltip(shown, english.translate, now)).toContain('\ninfo@x.org: 2 unread\n');
  });

  test('says at a shared mailbox that its account is to be mended', () => {
    const shared = { ...info, state: { kind: 'waits-for-account' }, unreadCount: null } as const;
    const needsSignIn: AccountState = { kind: 'needs-sign-in', error: { code: 'sign-in-expired', at: now } };
    const ada = { ...account('ada@x.org', null, needsSignIn), sharedMailboxes: [shared] };
    expect(labels(snapshot(ada)).slice(2, 4)).toEqual([
      'ada@x.org: needs you to sign in',
      '    info@x.org: waits for its account',
    ]);
  });

  test('leads from an account to the window at that account', () => {
    const items = trayMenu(snapshot(account('ada@x.org', 3)), english.translate, now);
    const actions = items.flatMap((item) => (item.kind === 'action' ? [item.action] : []));
    expect(actions).toEqual([
      { kind: 'open-account', accountId: 'ada@x.org' },
      { kind: 'check-now' },
      { kind: 'open' },
      { kind: 'quit' },
    ]);
  });

  test('has nothing to check without accounts', () => {
    const check = trayMenu(snapshot(), english.translate, now).find(
      (item) => item.kind === 'action' && item.action.kind === 'check-now',
    );
    expect(check).toMatchObject({ enabled: false });
    expect(labels(snapshot())).toEqual(['No accounts yet', '—', 'Check now', 'Open Tidings', 'Quit Tidings']);
  });

  test('says when the number of an account that is not watched was true', () => {
    const time = new Intl.DateTimeFormat('en', { timeStyle: 'short' }).format(minutesAgo(12));
    expect(labels(snapshot(account('ada@x.org', 3, offline)))).toContain(`ada@x.org: offline, 3 unread at ${time}`);
    const needsSignIn = account('bob@y.org', null, {
      kind: 'needs-sign-in',
      error: { code: 'sign-in-expired', at: now },
    });
    expect(labels(snapshot(needsSignIn))).toContain('bob@y.org: needs you to sign in');
  });

  test('gives the date too when that was another day', () => {
    const [, , line] = trayMenu(snapshot(account('ada@x.org', 3, offline)), english.translate, now + 86_400_000);
    expect(line).toMatchObject({ label: expect.stringContaining('11/22/26') });
  });

  test('shows an ampersand as one instead of an accelerator', () => {
    expect(menuLabel('R&D & more')).toBe('R&&D && more');
    expect(labels(snapshot(account('r&d@x.org', 1)))).toContain('r&&d@x.org: 1 unread');
  });
});
