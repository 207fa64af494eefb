import { ipcMain } from 'electron';
import { serveMessages, type MessageServer, type MessageServerOptions } from './message-server.ts';

/** The only user of `ipcMain`: every message from a window passes the checks of {@link serveMessages}. */
export function createIpcServer(options: Omit<MessageServerOptions, 'ipcMain'>): MessageServer {
  return serveMessages({ ...options, ipcMain });
}
