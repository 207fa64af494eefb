import { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** Node tells of every new child here, whoever starts it (diagnostics_channel, "child_process"). */
const channel = 'child_process';

/**
 * Lets `start` start a program by way of a library that hides the process until it is ready, and hands the
 * process to `onSpawned` at once: to read what it says from its first line on.
 * @param program the path that the library is given
 */
export async function withSpawned<T>(
  program: string,
  onSpawned: (child: ChildProcess) => void,
  start: () => Promise<T>,
): Promise<T> {
  const listener = (message: unknown): void => {
    if (typeof message !== 'object' || message === null || !('process' in message)) return;
    const child = message.process;
    if (!(child instanceof ChildProcess)) return;
    child.once('spawn', () => {
      if (child.spawnfile === program) onSpawned(child);
    });
  };
  subscribe(channel, listener);
  try {
    return await start();
  } finally {
    unsubscribe(channel, listener);
  }
}
