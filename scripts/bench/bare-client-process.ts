import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import type { DesktopSession } from '../../test/desktop/session.ts';

/** What a client to compare with needs to know. Goes over a pipe: a token has no business on a command line. */
export interface BareClientOrders {
  /** On `localhost`, implicit TLS. */
  readonly port: number;
  /** PEM. */
  readonly ca: string;
  readonly address: string;
  readonly accessToken: string;
  readonly busAddress: string;
}

/** Starts one of this folder's client programs in a process of its own; the answer ends it. */
export function startBareClient(file: string, orders: BareClientOrders, session: DesktopSession): () => void {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), { detached: true, env: { ...session.env } });
  if (child.pid !== undefined) session.adopt(child.pid);
  child.send(orders);
  return () => {
    child.disconnect();
  };
}
