import { networkInterfaces } from 'node:os';

import { systemClock } from '../../electron/main/clock.ts';
import { followNetworkChanges } from '../../electron/main/shell/network-changes.ts';
import { findIpMonitor } from '../../electron/main/shell/network-monitor.ts';
import { recordingLog } from './recording-log.ts';

/**
 * A process that follows the changes of its network and writes `change <online>` for each, until its input ends or
 * says `dispose`, which it answers with `disposed`. `node network-host.ts monitor|compare`
 */
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const following = followNetworkChanges({
  onChange: () => {
    say(`change ${String(following.isOnline())}`);
  },
  interfaces: networkInterfaces,
  startMonitor: process.argv[2] === 'monitor' ? findIpMonitor('/usr/bin') : null,
  clock: systemClock,
  log: recordingLog(),
});
process.stdin.setEncoding('utf8').on('data', () => {
  following.dispose();
  say('disposed');
});
process.stdin.on('end', () => {
  following.dispose();
});
say('following');
