import { setTimeout } from 'node:timers/promises';

import type { ImapPatience } from '../../electron/main/imap/imap-connection.ts';
import { HostProcess } from '../integration/host-process.ts';
import type { ProcessReport, WatcherReport } from '../integration/imap-fuzz-host.ts';
import { createThrowAwayCa } from '../standin/ca.ts';
import { HostileImap } from './hostile-imap.ts';

/** Nothing at all happening for so long means that a watcher is stuck (ms). */
const standstillMs = 30_000;

export interface FuzzBenchOptions {
  readonly seed: number;
  readonly users: readonly string[];
  /** How long the server is waited for. */
  readonly patience: Partial<ImapPatience>;
  /** How much faster than the clock the watchers' own waits pass. */
  readonly timeScale: number;
}

/** How a process answered while something was done to it, ms. */
export interface Answers {
  readonly slowestMs: number;
  /** The longest turn of its event loop, in time of the processor: it doesn't depend on what else the machine does. */
  readonly longestTurnMs: number;
}

/** A hostile server that is honest at first, and watchers in a process of their own which have met it. */
export class FuzzBench {
  readonly server: HostileImap;
  /** The process before anything happened. */
  readonly before: ProcessReport;
  readonly #users: readonly string[];
  readonly #host: HostProcess;

  private constructor(server: HostileImap, host: HostProcess, users: readonly string[], before: ProcessReport) {
    this.server = server;
    this.#host = host;
    this.#users = users;
    this.before = before;
  }

  static async start({ seed, users, patience, timeScale }: FuzzBenchOptions): Promise<FuzzBench> {
    const ca = await createThrowAwayCa();
    const server = await HostileImap.start({ certificate: await ca.issue({ hosts: ['localhost'] }), seed });
    const host = new HostProcess('./imap-fuzz-host.ts', { args: [], env: {} });
    try {
      await host.call('watch', users, server.port, ca.caPem, patience, timeScale);
      const first = new FuzzBench(server, host, users, await askProcess(host));
      await first.settled(({ last }) => last?.kind === 'counted');
      return new FuzzBench(server, host, users, await askProcess(host));
    } catch (error) {
      await host.kill();
      await server.dispose();
      throw error;
    }
  }

  process(): Promise<ProcessReport> {
    return askProcess(this.#host);
  }

  async watchers(): Promise<readonly WatcherReport[]> {
    return (await this.#host.call('watchers')) as readonly WatcherReport[];
  }

  /** Resolves when every watcher idles on its one connection, and is as it should be. */
  async settled(fits: (report: WatcherReport) => boolean): Promise<void> {
    const { server } = this;
    const count = this.#users.length;
    let wrong: readonly WatcherReport[] = [];
    const allIdle = (): true | undefined =>
      (server.live.length === count && server.live.every(({ idles }) => idles)) || undefined;
    const what = (): string =>
      `${count} to idle and be right; there are ${server.live.length} connections; wrong: ${JSON.stringify(wrong)}`;
    for (;;) {
      await server.happened.until(allIdle, what, standstillMs);
      const { heard } = server;
      wrong = (await this.watchers()).filter((report) => !fits(report));
      if (wrong.length === 0) return;
      await server.happened.until(() => server.heard > heard || undefined, what, standstillMs);
    }
  }

  /** Settled with the number of unread messages that the server has. */
  async settledRight(): Promise<void> {
    const { server } = this;
    await this.settled(
      ({ user, last }) => last?.kind === 'counted' && last.unseen === server.mailbox(user).unseen.length,
    );
  }

  /** The server is honest from now on: all count right, and a mail is told by each once. */
  async expectRecovery(): Promise<void> {
    const { server } = this;
    server.turnHonest(this.#users);
    await this.settledRight();
    const subject = 'After the storm';
    server.deliver(this.#users, subject);
    await this.settled(({ user, last, told }) => {
      const isRight = last?.kind === 'counted' && last.unseen === server.mailbox(user).unseen.length;
      return isRight && told.filter((one) => one === subject).length === 1;
    });
  }

  /** Asks the process how it is, again and again, for as long as something is done to it. */
  async whileAsking(act: Promise<unknown>): Promise<Answers> {
    let slowestMs = 0;
    let longestTurnMs = 0;
    const ask = async (): Promise<void> => {
      const at = performance.now();
      const report = await this.process();
      slowestMs = Math.max(slowestMs, Math.round(performance.now() - at));
      longestTurnMs = Math.max(longestTurnMs, report.longestTurnMs);
    };
    const over = act.then(() => true);
    let isOver = false;
    while (!isOver) {
      await ask();
      // Not as fast as it can, which would be half of the machine's work.
      isOver = await Promise.race([over, setTimeout(20, false)]);
    }
    await ask();
    return { slowestMs, longestTurnMs };
  }

  /** Lets the watchers log out, and waits for it. */
  async stop(): Promise<void> {
    await this.#host.call('stop');
    await this.server.happened.until(
      () => this.server.live.length === 0 || undefined,
      () => 'all to be logged out',
      standstillMs,
    );
  }

  async dispose(): Promise<void> {
    await this.#host.kill();
    await this.server.dispose();
  }
}

async function askProcess(host: HostProcess): Promise<ProcessReport> {
  return (await host.call('process')) as ProcessReport;
}
