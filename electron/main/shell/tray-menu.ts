import type { Translate } from '../../shared/locales/messages.ts';
import { accountLabel, accountStatus, trayHeadline, type TraySnapshot } from './tray-text.ts';

/** What a click in the menu, or on the icon, asks for. */
export type TrayAction =
  | { readonly kind: 'open' }
  | { readonly kind: 'open-account'; readonly accountId: string }
  | { readonly kind: 'check-now' }
  | { readonly kind: 'quit' };

/** One line of the menu. Labels are ready for the system: a literal `&` is written `&&`. */
export type TrayMenuItem =
  | { readonly kind: 'header'; readonly label: string }
  | { readonly kind: 'separator' }
  | { readonly kind: 'action'; readonly label: string; readonly enabled: boolean; readonly action: TrayAction };

/** The menu: total, accounts, commands. */
export function trayMenu(snapshot: TraySnapshot, translate: Translate, now: number): readonly TrayMenuItem[] {
  const context = { translate, language: snapshot.language, now };
  const accounts = snapshot.accounts.map((account) =>
    action(translate('tray.accountLine', { account: accountLabel(account), status: accountStatus(account, context) }), {
      kind: 'open-account',
      accountId: account.id,
    }),
  );
  return [
    { kind: 'header', label: menuLabel(trayHeadline(snapshot, translate)) },
    { kind: 'separator' },
    ...accounts,
    ...(accounts.length === 0 ? [] : [{ kind: 'separator' } as const]),
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
