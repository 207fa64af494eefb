import type { CommandArgs, CommandName, CommandResult, CommandValue } from '../../shared/commands.ts';
import type { AppSnapshot } from '../../shared/snapshot.ts';
import { ipcChannels } from '../../shared/window-api.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import { createRefusalLog } from '../refusal-log.ts';
import { codeOfFailure } from './command-error.ts';
import { commandSchemas, isCommandName } from './command-schemas.ts';
import { refuseSender, type SenderEvent } from './sender-check.ts';

/** Carries out one command. Rejects with a `CommandError` or an error with `info.code` to say what failed. */
export type CommandHandlers = {
  readonly [N in CommandName]: (args: CommandArgs<N>) => Promise<CommandValue<N>>;
};

/** What is used of Electron's `ipcMain`. */
export interface IpcEndpoint {
  handle(channel: string, listener: (event: SenderEvent, ...args: unknown[]) => unknown): void;
  removeHandler(channel: string): void;
}

export interface MessageServerOptions {
  readonly ipcMain: IpcEndpoint;
  /** The id of our window's WebContents; null while there is no window. */
  readonly ourWindowId: () => number | null;
  /** `tidings://app`. */
  readonly appOrigin: string;
  readonly getSnapshot: () => AppSnapshot;
  readonly handlers: CommandHandlers;
  readonly log: Logger;
  readonly clock: Pick<Clock, 'now'>;
}

export interface MessageServer {
  /** Takes the channels away; commands already begun go on to their end. */
  dispose(): void;
}

/** A person can't have more under way at once; a page that has been taken over could. */
export const maxCommandsUnderWay = 64;

/**
 * What stands behind the one door for messages from windows. Each passes the sender check, then the check of its name
 * and arguments, then its handler; each refusal is logged with its own reason. Nothing rejects: Electron would put the
 * error's text into the page and into the console.
 */
export function serveMessages(options: MessageServerOptions): MessageServer {
  const { ipcMain, handlers, log } = options;
  const logRefusal = createRefusalLog('message from a window refused', log, options.clock);
  let underWay = 0;

  const refused = (event: SenderEvent, channel: string): boolean => {
    const reason = refuseSender(event, options.ourWindowId(), options.appOrigin);
    if (reason !== null) logRefusal(`${channel}: ${reason}`, { webContents: event.sender.id });
    return reason !== null;
  };

  const run = async <N extends CommandName>(name: N, args: unknown): Promise<CommandResult<N>> => {
    const parsed = commandSchemas[name].safeParse(isPlainObject(args) ? args : null);
    if (!parsed.success) {
      // The path and zod's code only: the values are whatever a page sent.
      const issues = parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.')}: ${issue.code}`);
      logRefusal(`${name}: arguments`, { issues });
      return { ok: false, code: 'unexpected' };
    }
    try {
      return { ok: true, value: await handlers[name](parsed.data) };
    } catch (error) {
      const code = codeOfFailure(error);
      if (code === null) log.error('command failed unexpectedly', { command: name, error });
      else log.info('command failed', { command: name, code });
      return { ok: false, code: code ?? 'unexpected' };
    }
  };

  ipcMain.handle(ipcChannels.getSnapshot, (event): AppSnapshot | null =>
    refused(event, ipcChannels.getSnapshot) ? null : options.getSnapshot(),
  );

  ipcMain.handle(ipcChannels.command, async (event, ...message): Promise<CommandResult<CommandName>> => {
    if (refused(event, ipcChannels.command)) return { ok: false, code: 'unexpected' };
    const [name, args] = message;
    if (message.length !== 2 || !isCommandName(name)) {
      logRefusal(`${ipcChannels.command}: unknown command`);
      return { ok: false, code: 'unexpected' };
    }
    if (underWay >= maxCommandsUnderWay) {
      logRefusal(`${ipcChannels.command}: too many under way`, { command: name });
      return { ok: false, code: 'unexpected' };
    }
    underWay += 1;
    try {
      return await run(name, args);
    } finally {
      underWay -= 1;
    }
  });

  return {
    dispose() {
      ipcMain.removeHandler(ipcChannels.getSnapshot);
      ipcMain.removeHandler(ipcChannels.command);
    },
  };
}

/** Not all that zod takes for an object: it would see a Date, a Map or no bytes as one without fields. */
function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
