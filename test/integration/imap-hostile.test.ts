import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { FuzzBench } from '../fuzz/fuzz-bench.ts';
import type { Answers } from '../fuzz/fuzz-bench.ts';
import type { HostileConnection } from '../fuzz/hostile-imap.ts';

/** What a server may cost the app at most. */
const memoryAllowanceMiB = 150;
const floodAllowanceMs = 2_000;
/** Time of the processor that one turn of the event loop may take, ms: the window doesn't answer meanwhile. */
const longestTurnMs = 1_000;
/** The same as a person notices it, on a machine that does other things too (ms). */
const slowestAnswerMs = 5_000;

const waitMs = 30_000;
const endOf = (): string => 'the end of the connection';

const user = 'ada@contoso.example';
const kibibyte = 1024;
const line = (text: string): Buffer => Buffer.from(`${text}\r\n`);

/** About 64 KiB of a response. */
function manyOf(text: string): Buffer {
  const one = line(text);
  return Buffer.concat(Array.from({ length: Math.ceil((64 * kibibyte) / one.length) }, () => one));
}

describe('a watcher whose server', () => {
  let bench: FuzzBench;

  beforeEach(async () => {
    const patience = { greetingMs: 5_000, socketTimeoutMs: 5_000, lookMs: 8_000 };
    bench = await FuzzBench.start({ seed: 0, users: [user], patience, timeScale: 30 });
  });

  afterEach(async () => {
    await bench.dispose();
  });

  function connection(): HostileConnection {
    const [only] = bench.server.live;
    if (only === undefined) throw new Error('Nobody is connected');
    return only;
  }

  async function expectUnharmed(doHarm: Promise<unknown>): Promise<Answers> {
    const answers = await bench.whileAsking(doHarm);
    const { peakMiB, problems } = await bench.process();
    expect(answers.longestTurnMs).toBeLessThanOrEqual(longestTurnMs);
    expect(answers.slowestMs).toBeLessThanOrEqual(slowestAnswerMs);
    expect(peakMiB - bench.before.rssMiB).toBeLessThanOrEqual(memoryAllowanceMiB);
    expect(problems).toEqual([]);
    return answers;
  }

  /** Asked again until it is there: the server hears of an end before the watcher has told it. */
  async function expectReason(code: string): Promise<void> {
    await expect.poll(async () => (await bench.watchers())[0]?.reasons).toContain(code);
  }

  it.each([
    ['EXISTS', manyOf('* 9 EXISTS')],
    ['changing EXISTS', Buffer.concat([manyOf('* 9 EXISTS'), manyOf('* 8 EXISTS')])],
    ['flags', manyOf('* 1 FETCH (FLAGS ())')],
    ['notes', manyOf('* OK x')],
    ['a line without end', Buffer.alloc(64 * kibibyte, 'x')],
    ['brackets without end', Buffer.alloc(64 * kibibyte, '(')],
    ['literals without end', Buffer.concat([Buffer.from('* 1 FETCH (BODY[] {65000}\r\n'), Buffer.alloc(65_000, 'x')])],
  ])('floods it with %s: it drops the connection and goes on with the next one', async (_, flood) => {
    const bore = connection().flood(flood);
    const { slowestMs } = await expectUnharmed(bore);
    // On a machine that is busy otherwise the process comes late to everything, by as much as to its answers.
    expect(await bore).toBeLessThanOrEqual(floodAllowanceMs + slowestMs);
    await expectReason('imap-protocol');
    await bench.expectRecovery();
  });

  it('says with a few bytes that millions of messages are gone: it isn’t kept busy', async () => {
    connection().push(line('* VANISHED 1:16777216'));
    await expectUnharmed(bench.settledRight());
    await bench.expectRecovery();
  });

  it('claims millions of messages and names them all in one line: it isn’t made to keep them', async () => {
    const { server } = bench;
    const first = connection();
    const bomb = Buffer.concat([line('* 16777216 EXISTS'), line('* ESEARCH (TAG "x") UID ALL 1:16777216')]);
    server.alter = (response) => (response.toString().startsWith('* SEARCH') ? bomb : response);
    server.deliver([user], 'One');
    await expectUnharmed(server.happened.until(() => !server.live.includes(first) || undefined, endOf, waitMs));
    await bench.expectRecovery();
  });

  it('answers a question for new mail without end: it isn’t made to keep it all', async () => {
    const { server } = bench;
    const first = connection();
    const rows = Array.from({ length: 3_000 }, (_, n) => line(`* ${n + 1} FETCH (UID ${n + 1_000} FLAGS ())`));
    server.alter = (response) => (/^\* \d+ FETCH /u.test(response.toString()) ? Buffer.concat(rows) : response);
    server.deliver([user], 'One');
    await server.happened.until(
      () => server.asked('UID FETCH') > 0 || undefined,
      () => 'a FETCH',
      waitMs,
    );
    await expectUnharmed(first.flood(Buffer.concat(rows)));
    await bench.expectRecovery();
  });

  it.each([
    ['does not say UIDVALIDITY', /\[UIDVALIDITY/u],
    ['does not say UIDNEXT', /\[UIDNEXT/u],
  ])('%s: it doesn’t guess, tells why and leaves the connection', async (_, left) => {
    const { server } = bench;
    server.alter = (response) => (left.test(response.toString()) ? Buffer.alloc(0) : response);
    server.cut();
    const { connections } = server;
    await server.happened.until(
      () => server.connections > connections + 3 || undefined,
      () => 'tries',
      waitMs,
    );
    await expectReason('imap-protocol');
    await server.happened.until(
      () => server.live.length <= 1 || undefined,
      () => 'one connection',
      waitMs,
    );
    await bench.expectRecovery();
  });

  it('keeps talking but never answers a command: it is given up', async () => {
    const { server } = bench;
    server.alter = (response) => (/^\S+ OK NOOP/u.test(response.toString()) ? Buffer.alloc(0) : response);
    server.deliver([user], 'One');
    const first = connection();
    const talk = setInterval(() => first.push(line('* OK Still here')), 100);
    await server.happened.until(() => !server.live.includes(first) || undefined, endOf, waitMs);
    clearInterval(talk);
    await expectReason('timed-out');
    await bench.expectRecovery();
  });
});
