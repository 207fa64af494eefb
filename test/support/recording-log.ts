import type { Logger } from '../../electron/main/log.ts';

/** Keeps every line for tests that ask what was logged. */
export interface RecordingLog extends Logger {
  readonly lines: { readonly level: string; readonly message: string; readonly facts: unknown }[];
}

export function recordingLog(): RecordingLog {
  const lines: RecordingLog['lines'] = [];
  const write = (level: string) => (message: string, facts?: unknown) => {
    lines.push({ level, message, facts });
  };
  return { lines, debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
