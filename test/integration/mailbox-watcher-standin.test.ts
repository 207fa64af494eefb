import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { defaultPatience } from '../../electron/main/imap/imap-connection.ts';
import { exchangeCapabilities } from '../standin/imap/imap-standin.ts';
import { WatcherBench } from '../support/watcher-bench.ts';

/** What only the stand-in does on order, or lets a test see. */
describe('MailboxWatcher over the wire to the stand-in', () => {
  let bench: WatcherBench;

  beforeEach(async () => {
    bench = await WatcherBench.start('stand-in');
  });

  afterEach(async () => {
    vi.unstubAllEnvs();
    await bench.dispose();
  });

  it('goes on idling through the library’s own probes of a quiet connection', async () => {
    const { imap } = bench.world;
    bench.watch({ patience: { ...defaultPatience, socketTimeoutMs: 300 } });
    await bench.counted(0);
    const { mark } = imap.events;
    const probed = () => imap.events.since(mark).filter((event) => event.kind === 'idle-began').length;
    await imap.events.waitUntil(() => probed() >= 4);
    await bench.deliver('still listening');
    await bench.counted(1);
    expect(bench.told()).toEqual(['still listening']);
    expect(imap.counts.logins).toBe(1);
  });

  it.each([undefined, '0'])('never sends the token to a server that it cannot trust: environment %s', async (asked) => {
    // Node's own way to have nothing checked.
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', asked);
    const { imap } = bench.world;
    bench.watch({ caFile: null });
    await bench.trail.waitFor(({ kind }) => kind === 'refused');
    expect(imap.counts.logins + imap.counts.refusedLogins).toBe(0);
  });

  it('watches by ESEARCH and by plain SEARCH alike', async () => {
    bench.world.imap.setCapabilities([...exchangeCapabilities, 'ESEARCH']);
    await bench.deliver('counted');
    bench.watch();
    await bench.counted(1);
  });
});
