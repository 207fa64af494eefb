import { networkInterfaces } from 'node:os';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import { followNetworkChanges, type NetworkChanges } from './network-changes.ts';
import { findIpMonitor } from './network-monitor.ts';
import { followPower, type PowerEvents } from './power.ts';

/** Who has to act when the machine sleeps, wakes or is on another network. */
export interface MachineFollower {
  /** As `onSuspend` of {@link followPower}. */
  suspend(): void;
  /** As `onResume` of {@link followPower}. */
  resume(sleptMs: number): void;
  /** As `onChange` of {@link followNetworkChanges}. */
  networkChanged(): void;
}

export interface MachineEventsOptions {
  /** Electron's `powerMonitor`. */
  readonly events: PowerEvents;
  readonly follower: MachineFollower;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Follows this machine's sleep and its network, as well as its system lets one. */
export function followMachine({ events, follower, clock, log }: MachineEventsOptions): NetworkChanges {
  const power = followPower({
    events,
    onSuspend: () => {
      follower.suspend();
    },
    onResume: (sleptMs) => {
      follower.resume(sleptMs);
    },
    clock,
    log,
  });
  const network = followNetworkChanges({
    onChange: () => {
      follower.networkChanged();
    },
    interfaces: networkInterfaces,
    startMonitor: process.platform === 'linux' ? findIpMonitor(process.env['PATH'] ?? '') : null,
    clock,
    log,
  });
  return {
    isOnline: network.isOnline,
    dispose() {
      power.dispose();
      network.dispose();
    },
  };
}
