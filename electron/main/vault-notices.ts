import type { VaultNotice } from './auth/vault-notice.ts';
import type { Notices } from './state/notices.ts';

/** Puts what becomes of the kept tokens at the top of the window. */
export function tellVaultNotices(notices: Notices): (notice: VaultNotice) => void {
  return (notice) => {
    switch (notice.kind) {
      case 'cache-set-aside':
        notices.fileSetAside('tokens', notice.keptAs);
        break;
      case 'save-failed':
        notices.saving('tokens', notice.error);
        break;
      case 'deletion-waits':
        notices.saving('removed tokens', notice.error);
        break;
      case 'deletion-done':
        notices.saving('removed tokens', null);
        break;
      case 'save-recovered':
        notices.saving('tokens', null);
        break;
    }
  };
}
