import { describe, expect, test } from 'vitest';
import type { AppErrorInfo } from '../../../electron/shared/app-error.ts';
import { createWords } from '../../../electron/main/i18n.ts';
import type { NewMessage, NewMessages } from '../../../electron/main/imap/new-message.ts';
import type {
  NotificationListener,
  PresentedNotification,
} from '../../../electron/main/shell/notification-presenter.ts';
import { summaryIntervalMs } from '../../../electron/main/shell/notification-policy.ts';
import { createNotifications, type NotificationsOptions } from '../../../electron/main/shell/notifications.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';

const { translate } = createWords('en');

function message(uid: number, fromName = `Sender ${String(uid)}`): NewMessage {
  const fromAddress = `${String(uid)}@x.org`;
  return {
    mailbox: 'INBOX',
    uidValidity: '1',
    uid,
    fromName,
    fromAddress,
    subject: `Subject ${String(uid)}`,
    receivedAt: 0,
  };
}

function batch(kind: NewMessages['kind'], accountId: string, ...uids: readonly number[]): NewMessages {
  return { kind, accountId, messages: uids.map((uid) => message(uid)) };
}

function desktop(options: { readonly throws?: boolean } & Pick<NotificationsOptions, 'others'> = {}) {
  const clock = new FakeClock();
  const log = recordingLog();
  const screen = new Map<string, PresentedNotification>();
  const opened: (string | null)[] = [];
  const ledger: string[] = [];
  const failures: AppErrorInfo[] = [];
  const heard: NotificationListener[] = [];
  const notifications = createNotifications({
    presenter: {
      listen: (listener) => heard.push(listener),
      show: (notification) => {
        if (options.throws === true) throw new Error('no desktop');
        screen.set(notification.id, notification);
      },
      withdraw: (id) => screen.delete(id),
      dispose: () => {
        screen.clear();
      },
    },
    ...(options.others !== undefined && { others: options.others }),
    clock,
    log,
    words: () => ({
      translate,
      language: 'en',
      detail: 'full',
      accounts: [
        { id: 'a', label: 'ada@x.org' },
        { id: 'b', label: 'bob@y.org' },
      ],
    }),
    onTold: (refs) => ledger.push(...refs.map(({ accountId, uid }) => `told ${accountId} ${String(uid)}`)),
    onNotTold: (refs) => ledger.push(...refs.map(({ accountId, uid }) => `not told ${accountId} ${String(uid)}`)),
    onOpen: (accountId) => opened.push(accountId),
    onFailed: (error) => failures.push(error),
  });
  const [listener] = heard;
  if (listener === undefined) throw new Error('nobody listens to the presenter');
  const titles = (): readonly string[] => [...screen.values()].map(({ title }) => title);
  const idOf = (title: string): string => {
    const found = [...screen.values()].find((notification) => notification.title === title);
    if (found === undefined) throw new Error(`not on screen: ${title}`);
    return found.id;
  };
  return { clock, log, screen, titles, idOf, opened, ledger, failures, listener, notifications };
}

describe('notifications', () => {
  test('settle a mail in the moment in which its words leave, not before', () => {
    const { notifications, listener, ledger } = desktop();
    notifications.tell(batch('arrived', 'b', 7));
    expect(ledger).toEqual([]);
    listener.onSend('mail-1');
    expect(ledger).toEqual(['told b 7']);
  });

  test('that stand for several settle all of them, also those that had one of their own to come', () => {
    const { notifications, listener, ledger } = desktop();
    notifications.tell(batch('arrived', 'a', 1, 2, 3, 4));
    notifications.tell(batch('arrived', 'b', 1));
    listener.onSend('mail-5');
    expect(ledger).toEqual(['told a 1', 'told a 2', 'told a 3', 'told a 4', 'told b 1']);
  });

  test('that are refused are to be told again, and are when notifications are back', () => {
    const { notifications, listener, ledger, screen } = desktop();
    notifications.tell(batch('arrived', 'a', 1));
    listener.onSend('mail-1');
    screen.clear();
    listener.onFail('mail-1', 'the service is gone');
    expect(ledger).toEqual(['told a 1', 'not told a 1']);
    listener.onReady();
    expect([...screen.values()]).toMatchObject([{ title: 'Sender 1' }]);
  });

  test('of another kind hear what is on the screen, and that notifications are back', () => {
    const heard: string[] = [];
    const { listener } = desktop({
      others: { onShown: (id) => heard.push(id), onReady: () => heard.push('ready') },
    });
    listener.onShown('sign-in.a');
    listener.onReady();
    expect(heard).toEqual(['sign-in.a', 'ready']);
  });

  test('whose replacement is refused stay told', async () => {
    const { notifications, listener, ledger, clock, screen } = desktop();
    notifications.tell(batch('arrived', 'a', 1, 2, 3, 4, 5));
    listener.onSend('mail-1');
    listener.onShown('mail-1');
    notifications.tell(batch('arrived', 'a', 6));
    await clock.advance(summaryIntervalMs);
    listener.onSend('mail-1');
    screen.clear();
    listener.onFail('mail-1', 'the service is gone');
    expect(ledger.filter((line) => line.startsWith('not told'))).toEqual(['not told a 6']);
    listener.onReady();
    expect([...screen.values()]).toMatchObject([{ title: 'Sender 6' }]);
  });

  test('stay told when the summary that takes their place is refused', () => {
    const { notifications, listener, ledger } = desktop();
    notifications.tell(batch('arrived', 'a', 1, 2));
    listener.onSend('mail-1');
    listener.onSend('mail-2');
    notifications.tell(batch('arrived', 'b', 1, 2, 3));
    listener.onSend('mail-3');
    listener.onShown('mail-1');
    listener.onFail('mail-3', 'the service is gone');
    expect(ledger.filter((line) => line.startsWith('not told'))).toEqual([
      'not told a 2',
      'not told b 1',
      'not told b 2',
      'not told b 3',
    ]);
  });

  test('that are missed while the next words wait are to be told until those leave', () => {
    const { notifications, listener, ledger, titles } = desktop();
    notifications.tell(batch('arrived', 'a', 1));
    listener.onSend('mail-1');
    listener.onMissed('mail-1');
    expect(ledger).toEqual(['told a 1', 'not told a 1']);
    expect(titles()).toEqual(['Sender 1']);
    listener.onSend('mail-1');
    expect(ledger.at(-1)).toBe('told a 1');
  });

  test('settle what they say though the person clicked what they replace while they waited', () => {
    const { notifications, listener, ledger } = desktop();
    notifications.tell(batch('arrived', 'a', 1));
    listener.onReplacedClick('mail-1');
    listener.onSend('mail-1');
    expect(ledger).toEqual(['told a 1']);
    listener.onFail('mail-1', 'the service is gone');
    expect(ledger).toEqual(['told a 1', 'not told a 1']);
  });

  test('are withdrawn when their mail is read elsewhere', () => {
    const { notifications, titles } = desktop();
    notifications.tell(batch('arrived', 'a', 1, 2));
    notifications.withdrawRead({ accountId: 'a', mailbox: 'INBOX', uidValidity: '1', uids: [1] });
    expect(titles()).toEqual(['Sender 2']);
  });

  test('put a new mail on the screen with sender, subject, address and account', () => {
    const { notifications, screen } = desktop();
    notifications.tell(batch('arrived', 'b', 7));
    expect([...screen.values()]).toMatchObject([
      { title: 'Sender 7', body: 'Subject 7\n7@x.org\nTo bob@y.org', silent: false, about: 'mail' },
    ]);
  });

  test('turn into one summary that keeps up', async () => {
    const { notifications, titles, clock } = desktop();
    notifications.tell(batch('arrived', 'a', 1, 2, 3, 4));
    expect(titles()).toHaveLength(4);
    notifications.tell(batch('arrived', 'b', 1));
    expect(titles()).toEqual(['5 new messages']);
    notifications.tell(batch('arrived', 'b', 2, 3));
    expect(titles()).toEqual(['5 new messages']);
    await clock.advance(500);
    expect(titles()).toEqual(['7 new messages']);
    expect(clock.pending).toBe(0);
  });

  test('gather what came while the app was closed', () => {
    const { notifications, titles } = desktop();
    notifications.expectFirstLooks(['a', 'b']);
    notifications.tell(batch('while-away', 'a', 1, 2));
    expect(titles()).toEqual([]);
    notifications.tell(batch('while-away', 'b', 1));
    expect(titles()).toEqual(['3 new messages while you were away']);
  });

  test('lead to their account on a click, a summary of several to none', () => {
    const { notifications, idOf, listener, opened } = desktop();
    notifications.tell(batch('arrived', 'b', 1));
    listener.onClick(idOf('Sender 1'));
    notifications.tell(batch('arrived', 'a', 11, 12, 13));
    notifications.tell(batch('arrived', 'b', 14));
    listener.onClick(idOf('5 new messages'));
    expect(opened).toEqual(['b', null]);
  });

  test('that come to stand where the person just clicked are withdrawn when their mail is read', () => {
    const { notifications, idOf, listener, opened, titles } = desktop();
    notifications.tell(batch('arrived', 'a', 1, 2, 3, 4, 5));
    listener.onReplacedClick(idOf('5 new messages'));
    expect(opened).toEqual(['a']);
    notifications.withdrawRead({ accountId: 'a', mailbox: 'INBOX', uidValidity: '1', uids: [1, 2, 3, 4, 5] });
    expect(titles()).toEqual([]);
  });

  test('of a removed account go away, those of others stay', () => {
    const { notifications, titles } = desktop();
    notifications.tell(batch('arrived', 'a', 1));
    notifications.tell(batch('arrived', 'b', 2));
    notifications.forgetAccount('a');
    expect(titles()).toEqual(['Sender 2']);
  });

  test('that fail are logged each time and reported once, and the next is still tried', () => {
    const { notifications, listener, failures, log } = desktop();
    notifications.tell(batch('arrived', 'a', 1, 2));
    listener.onFail('mail-1', 'no notification service');
    listener.onFail('mail-2', 'no notification service');
    expect(failures).toMatchObject([{ code: 'notifications-unavailable', detail: 'no notification service' }]);
    expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(2);
  });

  test('survive a presenter that throws', () => {
    const { notifications, failures } = desktop({ throws: true });
    notifications.tell(batch('arrived', 'a', 1));
    expect(failures).toHaveLength(1);
  });

  test('leave nothing on the screen, and no timer, when disposed of', () => {
    const { notifications, screen, clock } = desktop();
    notifications.tell(batch('arrived', 'a', 1));
    notifications.tell(batch('while-away', 'a', 2));
    expect(clock.pending).toBe(1);
    notifications.dispose();
    notifications.tell(batch('arrived', 'a', 3));
    expect(screen.size).toBe(0);
    expect(clock.pending).toBe(0);
  });

  test('keep text from mail out of the log', () => {
    const { notifications, log } = desktop({ throws: true });
    notifications.tell(batch('arrived', 'a', 1));
    expect(JSON.stringify(log.lines)).not.toMatch(/Subject|Sender/);
  });
});
