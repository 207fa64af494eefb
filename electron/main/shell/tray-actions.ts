import { assertNever } from '../../shared/app-error.ts';
import type { TrayAction } from './tray-menu.ts';

/** What the tray can have done. */
export interface TrayActionTargets {
  readonly open: () => void;
  readonly openAccount: (accountId: string) => void;
  readonly checkNow: () => void;
  readonly quit: () => void;
}

/** Carries each click in the tray to what it is about. */
export function createTrayActions(targets: TrayActionTargets): (action: TrayAction) => void {
  return (action) => {
    switch (action.kind) {
      case 'open':
        targets.open();
        break;
      case 'open-account':
        targets.openAccount(action.accountId);
        break;
      case 'check-now':
        targets.checkNow();
        break;
      case 'quit':
        targets.quit();
        break;
      default:
        assertNever(action);
    }
  };
}
