import { setImmediate as nextTurn } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Session } from '../standin/imap/session.ts';
import { WatcherBench } from '../support/watcher-bench.ts';

const mebibyte = 1024 * 1024;

/** Commands that give nothing of a mail out but its number, and change nothing. `''`: the end of the last line. */
const harmless = new Set([
  ...'AUTHENTICATE CAPABILITY DONE EXAMINE ID IDLE LIST LOGOUT LSUB NAMESPACE NOOP'.split(' '),
  '',
]);

/** A server, or somebody on the way, that means harm: what it sends is bounded, and what it is asked for as well. */
describe('a watcher whose server', () => {
  let bench: WatcherBench;

  beforeEach(async () => {
    bench = await WatcherBench.start('stand-in');
  });

  afterEach(async () => {
    vi.restoreAllMocks();
    await bench.dispose();
  });

  const section = (name: string): string => `${name} {${1.5 * mebibyte}}\r\n${'x'.repeat(1.5 * mebibyte)}`;

  it.each([
    ['a line without an end', `* OK ${'x'.repeat(mebibyte)}`, 'Line length'],
    ['a literal that is too long', `* 1 FETCH (BODY[] {${2 * mebibyte + 1}}`, 'Literal'],
    ['too many literals', `* 1 FETCH (${['A', 'B', 'C'].map(section).join(' ')})`, 'Response size'],
    ['too many words', `* 1 FETCH (${'a '.repeat(50_001)}b)`, 'tokens'],
  ])('sends %s is cut off, and watched again when it has stopped', async (_what, line, said) => {
    bench.watch();
    await bench.counted(0);
    const { mark } = bench.trail;
    bench.world.imap.inject(line);
    const end = await bench.trail.waitFor(({ kind }) => kind === 'offline', mark);
    expect(end).toMatchObject({ error: { code: 'imap-protocol', detail: expect.stringContaining(said) } });
    await bench.counted(0, mark);
  });

  it('sends just less than that is not', async () => {
    bench.watch();
    await bench.counted(0);
    const { imap } = bench.world;
    imap.inject(`* OK ${'x'.repeat(mebibyte - 10)}`);
    imap.inject(`* 1 FETCH (BODY[] {${2 * mebibyte}}\r\n${'x'.repeat(2 * mebibyte)})`);
    imap.inject(`* 1 FETCH (${'a '.repeat(49_000)}b)`);
    await bench.deliver('after all that');
    await bench.counted(1);
    expect(imap.counts.connections).toBe(1);
  });

  it.for([
    ['EXISTS', (time: number) => `* ${time % 2 === 0 ? 7 : 8} EXISTS`],
    ['EXPUNGE', (time: number) => (time === 0 ? '* 4000000000 EXISTS' : '* 1 EXPUNGE')],
    ['FETCH FLAGS', () => '* 1 FETCH (FLAGS (\\Seen))'],
  ] as const)('floods it with %s is cut off, and watched again when it has stopped', async ([, lineAt], { signal }) => {
    await bench.deliver('here');
    bench.watch();
    await bench.counted(1);
    const { mark } = bench.trail;
    const { imap } = bench.world;
    for (let time = 0; imap.sessions().length > 0 && !signal.aborted; time += 1) {
      imap.inject(Array.from({ length: 30 }, (_, line) => lineAt(time + line)).join('\r\n'));
      await nextTurn();
    }
    const end = await bench.trail.waitFor(({ kind }) => kind === 'offline', mark);
    expect(end).toMatchObject({ error: { code: 'imap-protocol', detail: expect.stringContaining('1,000 changes') } });
    const after = bench.trail.mark;
    await bench.deliver('after the flood');
    await bench.counted(2, after);
    expect(bench.told()).toEqual(['after the flood']);
  });

  it('writes down all that it is asked for reads of no body, no structure and no header but the envelope', async () => {
    // What the client sends, as it is on the wire below TLS.
    const received = vi.spyOn(Session.prototype, 'receive');
    const html = '<img src="https://tracker.example/pixel.png"><script>alert(1)</script>';
    bench.watch();
    await bench.counted(0);
    await bench.deliver({ subject: 'One', text: 'Text', html });
    await bench.counted(1);
    await bench.stop();
    await bench.deliver({ subject: 'Two', text: 'Text', html }, { subject: 'Three', html });
    const { mark } = bench.trail;
    bench.watch();
    await bench.counted(3, mark);
    await bench.stop();
    expect(bench.told()).toEqual(['One', 'Two', 'Three']);

    const text = received.mock.calls.map(([chunk]) => chunk.toString('latin1')).join('');
    const commands = text.split('\r\n').map((line) => line.replace(/^[0-9A-F]+ /u, ''));
    const fetches = commands.filter((command) => command.includes('FETCH'));
    expect(fetches.length).toBeGreaterThanOrEqual(2);
    for (const fetch of fetches) expect(fetch).toMatch(/^UID FETCH \d+:\* \(UID FLAGS ENVELOPE INTERNALDATE\)$/u);
    const others = commands.filter((command) => !fetches.includes(command));
    const isHarmless = (command: string): boolean =>
      harmless.has(command.split(' ')[0] ?? '') || command === 'UID SEARCH UNSEEN';
    expect(others.filter((command) => !isHarmless(command))).toEqual([]);
  });
});
