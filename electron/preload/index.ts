import { contextBridge, ipcRenderer } from 'electron';
import type { CommandArgs, CommandName, CommandResult } from '../shared/commands.ts';
import type { AppSnapshot } from '../shared/snapshot.ts';
import { ipcChannels, type WindowApi } from '../shared/window-api.ts';

const api: WindowApi = {
  async getSnapshot() {
    const snapshot: AppSnapshot | null = await ipcRenderer.invoke(ipcChannels.getSnapshot);
    if (snapshot === null) throw new Error('The snapshot was refused');
    return snapshot;
  },
  onSnapshot(listener) {
    // The event names its sender, so it stays on this side.
    const forward = (_event: unknown, snapshot: AppSnapshot): void => {
      listener(snapshot);
    };
    ipcRenderer.on(ipcChannels.snapshot, forward);
    return () => {
      ipcRenderer.off(ipcChannels.snapshot, forward);
    };
  },
  invoke<N extends CommandName>(name: N, args: CommandArgs<N>): Promise<CommandResult<N>> {
    return ipcRenderer.invoke(ipcChannels.command, name, args);
  },
};

contextBridge.exposeInMainWorld('tidings', Object.freeze(api));
