import type { Translate } from '../../shared/locales/messages.ts';
import { approvalLine, inboxLabel, inboxStatus, ownLines, trayHeadline, type TraySnapshot } from './tray-text.ts';

/** What a click in the menu, or on the icon, asks for. */
export type TrayAction =
  | { readonly kind: 'open' }
  | { readonly kind: 'open-account'; /** Or a shared mailbox's. */ readonly accountId: string }
  | { readonly kind: 'check-now' }
  | { readonly kind: 'quit' };

/** One line of the menu. Labels are ready for the system: a literal `&` is written `&&`. */
export type TrayMenuItem =
  | { readonly kind: 'header'; readonly label: string }
  | { readonly kind: 'separator' }
  | { readonly kind: 'action'; readonly label: string; readonly enabled: boolean; readonly action: TrayAction };

/** The menu: total, accounts, commands. */
export function trayMenu(snapshot: TraySnapshot, translate: Translate, now: number): readonly TrayMenuItem[] {
  const context = { snapshot, translate, now };
  const accounts = snapshot.accounts.flatMap((account) =>
    [account, ...account.sharedMailboxes].map((inbox) => {
      const line = translate('tray.accountLine', { account: inboxLabel(inbox), status: inboxStatus(inbox, context) });
      // No toolkit has a level within a menu; spaces at the front are kept by all of them.
      return action(inbox === account ? line : `    ${line}`, { kind: 'open-account', accountId: inbox.id });
    }),
  );
  const approvals = ownLines(snapshot).map((approval) => action(approvalLine(approval, translate), { kind: 'open' }));
  const listed = [...accounts, ...approvals];
  return [
    { kind: 'header', label: menuLabel(trayHeadline(snapshot, translate)) },
    { kind: 'separator' },
    ...listed,
    ...(listed.length === 0 ? [] : [{ kind: 'separator' } as const]),
    action(translate('tray.checkNow'), { kind: 'check-now' }, accounts.length > 0),
    action(translate('tray.open'), { kind: 'open' }),
    action(translate('tray.quit'), { kind: 'quit' }),
  ];
}

/**
 * A text as a menu label. Electron takes `&x` for "x is the accelerator" on every platform (macOS removes the sign)
 * and `&&` for the sign itself; what a toolkit does with `_` it hides.
 */
export function menuLabel(text: string): string {
  return text.replaceAll('&', '&&');
}

function action(text: string, wanted: TrayAction, enabled = true): TrayMenuItem {
  return { kind: 'action', label: menuLabel(text), enabled, action: wanted };
}
