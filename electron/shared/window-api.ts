import type { CommandArgs, CommandName, CommandResult } from './commands.ts';
import type { AppSnapshot } from './snapshot.ts';

/** All that crosses from the preload script into the page, as `window.tidings`. */
export interface WindowApi {
  /** The newest snapshot, for the first frame. */
  getSnapshot(): Promise<AppSnapshot>;
  /** Calls back on every newer snapshot until the returned function is called. */
  onSnapshot(listener: (snapshot: AppSnapshot) => void): () => void;
  /** Sends a command. Never rejects for a failure of the command itself. */
  invoke<N extends CommandName>(name: N, args: CommandArgs<N>): Promise<CommandResult<N>>;
}

/** The IPC channels; main and preload import these and nothing else names one. */
export const ipcChannels = {
  getSnapshot: 'snapshot.get',
  snapshot: 'snapshot.changed',
  command: 'command.invoke',
} as const;
