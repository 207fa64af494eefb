import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** A TCP port that somebody waits at. */
export interface Listener {
  readonly pid: number;
  /** As Linux writes it: `127.0.0.1` is `0100007F`. */
  readonly address: string;
  readonly port: number;
}

/** 127.0.0.1 and ::1 in `/proc/net/tcp` and `/proc/net/tcp6`. */
export const loopbackAddresses = ['0100007F', '00000000000000000000000001000000'];

const listening = '0A';

/** The TCP ports that these processes listen at, by `/proc/<pid>/net/tcp` and the sockets each has open (proc(5)). */
export function listenersOf(pids: readonly number[]): Listener[] {
  return pids.flatMap((pid) => {
    const sockets = openSockets(pid);
    if (sockets.size === 0) return [];
    return ['tcp', 'tcp6'].flatMap((table) =>
      unlessClosed(() => readFileSync(`/proc/${pid}/net/${table}`, 'utf8'), '')
        .split('\n')
        .slice(1)
        .flatMap((line) => {
          const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/u);
          const [address = '', port = ''] = local.split(':');
          return state === listening && sockets.has(inode) ? [{ pid, address, port: Number.parseInt(port, 16) }] : [];
        }),
    );
  });
}

function openSockets(pid: number): ReadonlySet<string> {
  const folder = `/proc/${pid}/fd`;
  const names = unlessClosed(() => readdirSync(folder), []);
  const targets = names.map((name) => unlessClosed(() => readlinkSync(`${folder}/${name}`), ''));
  return new Set(targets.flatMap((target) => /^socket:\[(\d+)\]$/u.exec(target)?.[1] ?? []));
}

/**
 * For a process that has ended meanwhile; or that Chromium's sandbox closes to its own user (root alone sees into it),
 * which has a network of its own without any interface.
 */
function unlessClosed<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES' || code === 'EPERM') return otherwise;
    throw error;
  }
}
