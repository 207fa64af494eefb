import type { WatcherEvent } from '../../electron/main/imap/watcher-types.ts';
import type { ImapEvent } from '../standin/imap/event-log.ts';
import type { NetworkNamespace } from './network-namespace.ts';

type Kind = WatcherEvent['kind'];

/** `performance.now()` when the watcher told an event of that kind, after `mark`, with the event. */
export async function told(
  network: NetworkNamespace,
  kind: Kind,
  mark = 0,
): Promise<{ at: number; event: WatcherEvent }> {
  const { at, told: found } = await network.told.waitFor(
    ({ told: each }) => each.kind === 'event' && each.event.kind === kind,
    mark,
  );
  if (found.kind !== 'event') throw new Error('Not an event');
  return { at, event: found.event };
}

/** Kinds of all that the watcher told after `mark`. */
export const kindsTold = (network: NetworkNamespace, mark = 0): Kind[] =>
  network.told.all.slice(mark).flatMap(({ told: each }) => (each.kind === 'event' ? [each.event.kind] : []));

/** `performance.now()` when that happened on the server, after `mark`. */
export async function onServer(
  network: NetworkNamespace,
  fits: (event: ImapEvent) => boolean,
  mark = 0,
): Promise<number> {
  const { at } = await network.told.waitFor(({ told: each }) => each.kind === 'server' && fits(each.event), mark);
  return at;
}
