/** A notification to be put on the screen. Plain text. */
export interface PresentedNotification {
  /** Showing another one with the same id puts it in this one's place. */
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly silent: boolean;
  /** `mail` for new mail, which a desktop may show or silence in its own way; absent for anything else. */
  readonly about?: 'mail';
}

/** What comes back from the screen. */
export interface NotificationListener {
  /** What was shown last under this id leaves the program in this very turn. */
  onSend(id: string): void;
  /** What was sent last under this id is on the screen. */
  onShown(id: string): void;
  /** What was sent last under this id wasn't shown; what is to take its place is still to be sent. */
  onMissed(id: string): void;
  onClick(id: string): void;
  /** Clicked while other words were on their way to its place: those come to stand there all the same. */
  onReplacedClick(id: string): void;
  /** Closed by the person; a system that merely moved it to its list doesn't count. */
  onClose(id: string): void;
  /** The system refused to show it. `reason` is a line for the log, without any of the notification's text. */
  onFail(id: string, reason: string): void;
  /** Notifications can be shown, perhaps again. */
  onReady(): void;
}

/** Whatever can show notifications. */
export interface NotificationPresenter {
  /** To be called once, before the first `show`. */
  listen(listener: NotificationListener): void;
  show(notification: PresentedNotification): void;
  /** Takes one away; nothing happens when it is gone already. */
  withdraw(id: string): void;
  /** Takes all away. */
  dispose(): void;
}

/**
 * How many are held at once. A notification whose object is collected as garbage loses its click, so all are held;
 * beyond this number the oldest is taken off the screen.
 */
export const maxHeldNotifications = 50;

/** Makes plain text safe where markup is read (Desktop Notifications Specification 1.2, "Markup"). */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
