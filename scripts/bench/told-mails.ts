import type { ShownNotification } from '../../test/desktop/notification-daemon.ts';

/** How many mails Tidings' notification is about: "10 new messages" begins with it, one mail's with who sent it. */
export function mailsOf({ summary }: ShownNotification): number {
  const count = /^(\d+) new\b/u.exec(summary)?.[1];
  return count === undefined ? 1 : Number(count);
}

/** How many mails a person learns of from these. */
export function mailsTold(notifications: readonly ShownNotification[]): number {
  return notifications.reduce((sum, one) => sum + mailsOf(one), 0);
}
