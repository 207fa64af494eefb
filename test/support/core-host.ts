/** The other side of core-process.ts, in its process. */
import type { Core } from '../../electron/main/core-types.ts';
import type { Settings } from '../../electron/shared/settings.ts';
import { walkSignIn } from '../standin/identity/page-walker.ts';
import type { StandinPerson } from '../standin/people.ts';
import type { CoreMethod, CoreOrder } from './core-process.ts';

export interface CoreHost {
  readonly core: Core;
  /** Ends it as quitting does. */
  dispose(): Promise<void>;
}

type Methods<H> = Readonly<Partial<Record<CoreMethod, (host: H, ...args: readonly unknown[]) => unknown>>>;

let person: StandinPerson | null = null;

/** The browser of who signs in. */
export async function openBrowser(url: string): Promise<void> {
  // As a browser does: the page goes on after the call that opened it has ended.
  if (person !== null) void walkSignIn(url, person);
}

/** Tells the parent of the core's state, as it is and after each change. The core is started by this. */
export function startTelling(core: Core): void {
  core.state.subscribe((snapshot) => process.send?.(['snapshot', snapshot]));
  core.start();
  process.send?.(['snapshot', core.state.snapshot]);
}

/**
 * Starts what the parent's first message orders; after that it answers `[id, method, ...arguments]` with
 * `[id, result]`. `own`: the methods that not every core has.
 */
export function serveParent<H extends CoreHost>(start: (order: CoreOrder) => Promise<H>, own: Methods<H>): void {
  const methods: Methods<H> = {
    signIn: ({ core }, who) => {
      person = who as StandinPerson;
      core.signIn.begin(core.registration.profile);
    },
    signInAgain: ({ core }, who, accountId) => {
      person = who as StandinPerson;
      core.signIn.beginAgain(String(accountId));
    },
    setLanguage: ({ core }, language) => {
      core.setLanguage(language as Settings['language']);
    },
    quit: (host) => host.dispose(),
    ...own,
  };
  const host = new Promise<H>((resolve, reject) => {
    process.once('message', (order) => {
      start(order as CoreOrder).then(resolve, reject);
    });
  });
  const answer = async (message: unknown): Promise<void> => {
    if (!Array.isArray(message)) return;
    const [id, method, ...args] = message as [number, CoreMethod, ...unknown[]];
    process.send?.([id, (await methods[method]?.(await host, ...args)) ?? null]);
    if (method === 'quit') process.disconnect();
  };
  process.on('message', (message) => void answer(message));
  process.on('disconnect', () => {
    process.exit(0);
  });
}
