import type { AppErrorInfo } from '../../electron/shared/app-error.ts';
import { useCommands } from '../commands.tsx';
import { errorReport } from '../error-facts.ts';
import { useSnapshot } from '../services.tsx';

/** What the choice of where to keep sign-ins does, wherever it is shown. */
export function useVaultActions(error: AppErrorInfo) {
  const { run } = useCommands();
  const { appVersion } = useSnapshot();
  return {
    onLookAgain: async (): Promise<boolean> => run('vault.retry', {}),
    onSessionOnly: async (): Promise<boolean> => run('vault.useSessionOnly', {}),
    onCopyDetails: async (): Promise<boolean> => run('clipboard.write', { text: errorReport(error, appVersion) }),
  };
}
