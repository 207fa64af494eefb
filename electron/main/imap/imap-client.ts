import type { Socket } from 'node:net';
import type { ImapFlow, ImapFlowOptions } from 'imapflow';
import { tlsTerms } from '../network/tls-terms.ts';
import type { ImapPatience } from './imap-connection.ts';
import type { OpenSessionOptions } from './imap-session.ts';

const mebibyte = 1024 * 1024;

/** Hands the socket on; who can't take it must not leave it open. */
export function withSocket<T>(socket: Socket, take: () => T): T {
  try {
    return take();
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** What every connection of ours is made with. */
export function clientOptions(
  options: Pick<OpenSessionOptions, 'endpoint' | 'credentials' | 'ca'>,
  version: string,
  patience: ImapPatience,
  socket: Socket,
): ImapFlowOptions {
  return {
    host: options.endpoint.host,
    port: options.endpoint.port,
    secure: true,
    tls: { socket, ...tlsTerms(options.ca) },
    auth: options.credentials,
    clientInfo: { name: 'Tidings', version },
    disableAutoIdle: true,
    // Compression would cost a zlib context an account for a few hundred bytes a day.
    disableCompression: true,
    maxIdleTime: patience.reIdleMs,
    missingIdleCommand: 'NOOP',
    connectionTimeout: patience.connectMs,
    greetingTimeout: patience.greetingMs,
    socketTimeout: patience.socketTimeoutMs,
    // imapflow's own limits are 1 GB; with these a hostile server is cut off at about 60 MiB (measured).
    maxLineLength: mebibyte,
    maxLiteralSize: 2 * mebibyte,
    maxResponseSize: 4 * mebibyte,
    maxResponseTokens: 50_000,
  };
}

/** Why a client's connection ended. */
export interface Fate {
  fail(error: Error): void;
  reason(): unknown;
  onClose(listener: (reason: unknown) => void): void;
}

/** `close` always fires but says nothing; `error` fires only sometimes and ends the process unless listened to. */
export function followFate(client: ImapFlow): Fate {
  let reason: unknown;
  let closed = false;
  let listener: ((reason: unknown) => void) | null = null;
  const explain = (): unknown =>
    reason ?? (client.byeReason === undefined ? undefined : { code: 'ServerBye', responseText: client.byeReason });
  client.on('error', (error) => {
    reason ??= error;
  });
  client.on('close', () => {
    closed = true;
    listener?.(explain());
  });
  return {
    fail: (error) => {
      reason ??= error;
    },
    reason: explain,
    onClose: (run) => {
      listener = run;
      if (closed) {
        run(explain());
      }
    },
  };
}
