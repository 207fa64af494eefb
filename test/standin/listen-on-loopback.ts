import type { Server } from 'node:net';

const loopback = '127.0.0.1';
/** Below the ports that systems give to whoever asks for any (from 32,768 on Linux, 49,152 on macOS and Windows). */
const ownPorts = { first: 15_000, count: 15_000 };
const mostTries = 50;

/**
 * Has `server` listen on 127.0.0.1, and answers the port: the given one, or for 0 a free one that the system gives to
 * nobody else, so that who stops listening can have it again. Rejects when the port is taken.
 */
export async function listenOnLoopback(server: Server, port: number): Promise<number> {
  if (port !== 0) {
    await listen(server, port);
    return port;
  }
  for (let tries = 1; ; tries += 1) {
    const own = ownPorts.first + Math.floor(Math.random() * ownPorts.count);
    try {
      await listen(server, own);
      return own;
    } catch (error) {
      if (tries === mostTries || !isTaken(error)) throw error;
    }
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, loopback, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
