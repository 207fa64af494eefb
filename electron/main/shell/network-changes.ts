import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import { type Interfaces, MonitorReader, usableAddresses } from './network-facts.ts';
import { keepMonitor, type StartMonitor } from './network-monitor.ts';

/** Changes come in rows; a row is over after this (ms) without one. */
const quietMs = 300;
/** What is told of a row that doesn't end, this (ms) after its first change, and again as often. */
const longestMs = 1_000;
/** Where nothing tells of changes, the addresses are compared this often (ms): some 0.1 ms of CPU each (measured). */
const compareMs = 2_000;

export interface NetworkChangesOptions {
  /** Connections may be going another way now, or nowhere. */
  readonly onChange: () => void;
  /** `os.networkInterfaces`; may throw. */
  readonly interfaces: () => Interfaces;
  /** Null where the system tells nothing: addresses are compared then, and changes of routes alone not noticed. */
  readonly startMonitor: StartMonitor | null;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface NetworkChanges {
  /** A hint only: whether any address could reach a server elsewhere. True when that can't be known. */
  readonly isOnline: () => boolean;
  readonly dispose: () => void;
}

/** Tells, within 1.1 s of the first of a row of changes, that the network isn't what it was; 2 s later by comparing. */
export function followNetworkChanges(options: NetworkChangesOptions): NetworkChanges {
  const { onChange, clock, log } = options;
  /** Null when they can't be read. */
  const readAddresses = (): readonly string[] | null => {
    try {
      return usableAddresses(options.interfaces());
    } catch (error) {
      log.debug('The network’s addresses can’t be read', { error });
      return null;
    }
  };
  let told: string | null = null;
  /** What can't be read is taken for what it was. */
  const fingerprint = (): string | null => {
    const addresses = readAddresses();
    return addresses === null ? told : addresses.join();
  };
  told = fingerprint();
  let row: { readonly first: number; last: number; isChange: boolean } | null = null;
  let cancelRow: () => void = () => {};
  let stopSource: () => void = () => {};

  const endRow = (): void => {
    if (row === null) return;
    const due = Math.min(row.last + quietMs, row.first + longestMs);
    const leftMs = due - clock.monotonic();
    if (leftMs > 0) {
      cancelRow = clock.setTimer(leftMs, endRow);
      return;
    }
    const now = fingerprint();
    const isChange = row.isChange || now !== told;
    row = null;
    told = now;
    if (isChange) onChange();
  };
  /** @param isChange false when only the addresses can tell */
  const heard = (isChange: boolean): void => {
    const now = clock.monotonic();
    if (row === null) {
      row = { first: now, last: now, isChange };
      cancelRow = clock.setTimer(quietMs, endRow);
    } else {
      row.last = now;
      row.isChange ||= isChange;
    }
  };

  const compareLater = (): void => {
    stopSource = clock.setTimer(compareMs, () => {
      if (fingerprint() !== told) heard(false);
      compareLater();
    });
  };
  if (options.startMonitor === null) {
    compareLater();
  } else {
    let reader = new MonitorReader();
    stopSource = keepMonitor({
      start: options.startMonitor,
      onLine: (line) => {
        const news = reader.read(line);
        if (news !== 'nothing') heard(news === 'changed');
      },
      onGap: () => {
        reader = new MonitorReader();
        heard(true);
      },
      onGivenUp: compareLater,
      clock,
      log,
    });
  }
  return {
    isOnline: () => readAddresses()?.length !== 0,
    dispose() {
      stopSource();
      cancelRow();
      row = null;
    },
  };
}
