import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';

import type { AppErrorCode } from '../electron/shared/app-error.ts';
import type { CommandArgs, CommandName, CommandResult } from '../electron/shared/commands.ts';
import { useServices } from './services.tsx';

/** Sends a command; resolves to its answer. A failure is already on screen by then. Never rejects. */
export type SendCommand = <N extends CommandName>(name: N, args: CommandArgs<N>) => Promise<CommandResult<N>>;

/** The same, where all that matters is whether it succeeded. */
export type RunCommand = <N extends CommandName>(name: N, args: CommandArgs<N>) => Promise<boolean>;

interface CommandState {
  readonly send: SendCommand;
  /** The same, but telling of a failure is the caller's, where the person is looking. */
  readonly ask: SendCommand;
  readonly run: RunCommand;
  /** Why the last command failed, until dismissed or until one succeeds. */
  readonly failure: AppErrorCode | null;
  readonly dismissFailure: () => void;
}

const CommandContext = createContext<CommandState | null>(null);

/** Lets everything below send commands, and keeps the last failure for the notice bar. */
export function CommandProvider({ children }: { children: ReactNode }) {
  const { bridge } = useServices();
  const [failure, setFailure] = useState<AppErrorCode | null>(null);

  const ask = useCallback<SendCommand>(
    async (name, args) => {
      setFailure(null);
      try {
        return await bridge.invoke(name, args);
      } catch {
        // Only a broken channel rejects; the main process has logged what it knows.
        return { ok: false, code: 'unexpected' };
      }
    },
    [bridge],
  );
  const send = useCallback<SendCommand>(
    async (name, args) => {
      try {
        const result = await bridge.invoke(name, args);
        setFailure(result.ok ? null : result.code);
        return result;
      } catch {
        // As above.
        setFailure('unexpected');
        return { ok: false, code: 'unexpected' };
      }
    },
    [bridge],
  );
  const run = useCallback<RunCommand>(async (name, args) => (await send(name, args)).ok, [send]);

  const dismissFailure = useCallback(() => {
    setFailure(null);
  }, []);
  const value = useMemo(() => ({ send, ask, run, failure, dismissFailure }), [send, ask, run, failure, dismissFailure]);
  return <CommandContext value={value}>{children}</CommandContext>;
}

/** Sends commands and tells of the last failure; throws outside {@link CommandProvider}. */
export function useCommands(): CommandState {
  const state = useContext(CommandContext);
  if (state === null) {
    throw new Error('useCommands needs a CommandProvider above it');
  }
  return state;
}
