import { describe, expect, test } from 'vitest';
import type { AccountSnapshot } from '../../../electron/shared/snapshot.ts';
import { createWords } from '../../../electron/main/i18n.ts';
import { createTrayPresence } from '../../../electron/main/shell/tray.ts';
import type { TrayHost } from '../../../electron/main/shell/tray-host.ts';
import type { TrayAppearance } from '../../../electron/main/shell/tray-image.ts';
import type { TrayAction, TrayMenuItem } from '../../../electron/main/shell/tray-menu.ts';
import type { TraySnapshot } from '../../../electron/main/shell/tray-text.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';

const { translate } = createWords('en');

/** A tray that records what it is told. */
function fakeHost(appearance: TrayAppearance) {
  const calls: string[] = [];
  const seen = { menu: [] as readonly TrayMenuItem[], listening: 0 };
  let choose: (action: TrayAction) => void = () => {};
  let activate = (): void => {};
  let changed = (): void => {};
  let surroundings = appearance;
  const host: TrayHost = {
    create: (image) => {
      calls.push(`create ${image.key}`);
      return {
        setImage: (next) => calls.push(`image ${next.key}`),
        setTooltip: (text) => calls.push(`tooltip ${text.split('\n')[0] ?? ''}`),
        setMenu: (items, onChoose) => {
          calls.push('menu');
          seen.menu = items;
          choose = onChoose;
        },
        onActivate: (listener) => {
          activate = listener;
        },
        destroy: () => calls.push('destroy'),
      };
    },
    appearance: () => surroundings,
    onAppearanceChange: (listener) => {
      seen.listening += 1;
      changed = listener;
      return () => {
        seen.listening -= 1;
      };
    },
  };
  return {
    host,
    seen,
    take: () => calls.splice(0),
    click: () => {
      activate();
    },
    choose: (label: string) => {
      const item = seen.menu.find((other) => other.kind === 'action' && other.label === label);
      if (item?.kind !== 'action') throw new Error(`no such item: ${label}`);
      choose(item.action);
    },
    change: (next: Partial<TrayAppearance>) => {
      surroundings = { ...surroundings, ...next };
      changed();
    },
  };
}

function presence(appearance: Partial<TrayAppearance> = {}) {
  const fake = fakeHost({ platform: 'linux', darkPanel: null, scaleFactors: [1], ...appearance });
  const clock = new FakeClock();
  const actions: TrayAction[] = [];
  const tray = createTrayPresence({
    host: fake.host,
    translate,
    clock,
    log: recordingLog(),
    onAction: (action) => actions.push(action),
  });
  return { ...fake, clock, actions, tray };
}

function snapshot(unreadCount: number, state: AccountSnapshot['state'] = { kind: 'watching' }): TraySnapshot {
  const ada = {
    id: 'a',
    address: 'ada@x.org',
    displayName: 'Ada',
    kind: 'work' as const,
    state,
    unreadCount,
    lastCheckedAt: 0,
    sharedMailboxes: [],
  };
  return { accounts: [ada], approvals: [], totalUnread: unreadCount, status: 'watching', language: 'en' };
}

describe('the tray presence', () => {
  test('puts up no icon before it knows what to show', () => {
    const { take, tray } = presence();
    expect(take()).toEqual([]);
    expect(tray.shown()).toBeNull();
  });

  test('shows image, tooltip and menu with the first snapshot', () => {
    const { take, tray } = presence();
    tray.update(snapshot(4));
    expect(take()).toEqual(['create any-panel watching 4 22', 'tooltip Tidings — 4 unread', 'menu']);
    expect(tray.shown()).toEqual({ count: 4, status: 'watching', tooltip: 'Tidings — 4 unread\nada@x.org: 4 unread' });
  });

  test('does nothing when it would look the same', () => {
    const { take, tray } = presence();
    tray.update(snapshot(4));
    take();
    tray.update(snapshot(4));
    expect(take()).toEqual([]);
  });

  test('changes all three with the count', () => {
    const { take, tray } = presence();
    tray.update(snapshot(4));
    take();
    tray.update(snapshot(5));
    expect(take()).toEqual(['image any-panel watching 5 22', 'tooltip Tidings — 5 unread', 'menu']);
  });

  test('changes only the words when the picture stays', () => {
    const { take, tray } = presence();
    tray.update(snapshot(100));
    take();
    tray.update(snapshot(101));
    expect(take()).toEqual(['tooltip Tidings — 101 unread', 'menu']);
  });

  test('always brings a menu along with a picture on Linux, and only there', () => {
    const linux = presence();
    linux.tray.update(snapshot(4));
    linux.take();
    linux.change({ scaleFactors: [2] });
    expect(linux.take()).toEqual(['image any-panel watching 4 44', 'menu']);

    const windows = presence({ platform: 'win32', darkPanel: true });
    windows.tray.update(snapshot(4));
    windows.take();
    windows.change({ darkPanel: false });
    expect(windows.take()).toEqual(['image light-panel watching 4 16']);
  });

  test('hands on what is chosen in the menu, and a click as "open"', () => {
    const { tray, choose, click, actions } = presence();
    tray.update(snapshot(4));
    choose('ada@x.org: 4 unread');
    choose('Check now');
    choose('Quit Tidings');
    click();
    expect(actions).toEqual([
      { kind: 'open-account', accountId: 'a' },
      { kind: 'check-now' },
      { kind: 'quit' },
      { kind: 'open' },
    ]);
  });

  test('lets the age of a stale count grow, once a minute, and only while there is one', async () => {
    const { tray, clock } = presence();
    const error = { code: 'network-unreachable', at: 0 } as const;
    const away = snapshot(4, { kind: 'offline', error, retryAt: 0 });
    const [ada] = away.accounts;
    if (ada === undefined) throw new Error('no account');
    tray.update({ ...away, accounts: [{ ...ada, lastCheckedAt: clock.now() }] });
    expect(tray.shown()?.tooltip).toContain('0 min. ago');
    await clock.advance(3 * 60_000);
    expect(tray.shown()?.tooltip).toContain('3 min. ago');
    expect(clock.pending).toBe(1);
    tray.update(snapshot(4));
    expect(clock.pending).toBe(0);
  });

  test('takes a desktop without a tray as it is', () => {
    const clock = new FakeClock();
    const { host } = fakeHost({ platform: 'linux', darkPanel: null, scaleFactors: [1] });
    let tries = 0;
    const create = (): never => {
      tries += 1;
      throw new Error('no tray');
    };
    const log = recordingLog();
    const tray = createTrayPresence({ host: { ...host, create }, translate, clock, log, onAction: () => {} });
    tray.update(snapshot(4));
    tray.update(snapshot(5));
    expect(tries).toBe(1);
    expect(tray.shown()).toBeNull();
    tray.dispose();
  });

  test('leaves nothing behind', () => {
    const { take, tray, clock, seen } = presence();
    const error = { code: 'network-unreachable', at: 0 } as const;
    tray.update(snapshot(4, { kind: 'offline', error, retryAt: 0 }));
    take();
    tray.dispose();
    tray.dispose();
    tray.update(snapshot(9));
    expect(take()).toEqual(['destroy']);
    expect(clock.pending).toBe(0);
    expect(seen.listening).toBe(0);
  });
});
