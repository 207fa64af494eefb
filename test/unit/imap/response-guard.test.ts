import { ImapFlow } from 'imapflow';
import { describe, expect, it } from 'vitest';
import { guardResponses } from '../../../electron/main/imap/response-guard.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const mebibyte = 1024 * 1024;

/** An imapflow client that was never connected, and what its stream would hand over. */
function scene() {
  const client = new ImapFlow({ host: 'localhost', port: 1, auth: { user: '', accessToken: '' }, logger: false });
  client.on('error', () => {});
  const clock = new FakeClock();
  const reasons = new Set<string>();
  const asking = guardResponses(client, clock, (what) => reasons.add(what));
  const handle: unknown = Reflect.get(client, 'handleResponse');
  if (typeof handle !== 'function') throw new Error('no handleResponse');
  const say = async (payload: string, ...literals: readonly string[]): Promise<void> => {
    await Reflect.apply(handle, client, [
      { payload: Buffer.from(payload), literals: literals.map((text) => Buffer.from(text)) },
    ]);
  };
  return { client, clock, reasons, asking, say };
}

describe('a guarded connection', () => {
  it('is left alone by a burst, and by whatever comes slowly', async () => {
    const { clock, reasons, say } = scene();
    for (let n = 0; n < 20_000; n += 1) await say(`* ${n} EXISTS`);
    await clock.advance(1_000);
    for (let n = 0; n < 5_000; n += 1) {
      await clock.advance(2);
      await say('* OK Still here');
    }
    expect([...reasons]).toEqual([]);
  });

  it('is flooded by more than 1,000 responses a second for 1.5 s, of whatever kind', async () => {
    const { clock, reasons, say } = scene();
    for (let ms = 0; ms < 1_499; ms += 1) {
      await clock.advance(1);
      await say('* OK x');
      await say('(nonsense');
    }
    expect([...reasons]).toEqual([]);
    for (let ms = 0; ms < 3; ms += 1) {
      await clock.advance(1);
      await say('* OK x');
    }
    expect([...reasons]).toEqual(['More than 1,000 changes a second were told']);
  });

  it('may tell of messages as fast as it likes while it is asked for them, and not of others', async () => {
    const { clock, reasons, asking, say } = scene();
    const flood = async (row: string): Promise<void> => {
      for (let ms = 0; ms < 2_000; ms += 1) {
        await clock.advance(1);
        await say(row);
        await say(row);
      }
    };
    await asking('fetch', () => flood('* 1 FETCH (UID 5 FLAGS ())'));
    expect([...reasons]).toEqual([]);
    await asking('count', () => flood('* 1 FETCH (UID 5 FLAGS ())'));
    expect(reasons.size).toBe(1);
    const other = scene();
    await other.asking('fetch', async () => {
      for (let ms = 0; ms < 2_000; ms += 1) {
        await other.clock.advance(1);
        await other.say('* 1 FETCH (FLAGS ())');
        await other.say('* 1 FETCH (FLAGS ())');
      }
    });
    expect(other.reasons.size).toBe(1);
  });

  it('may say 4 MiB between two questions, and send 32 MiB of messages', async () => {
    const { reasons, asking, say } = scene();
    for (let n = 0; n < 4; n += 1) {
      await asking('count', async () => {
        for (let times = 0; times < 3; times += 1) await say('* OK', 'x'.repeat(mebibyte));
      });
    }
    await asking('fetch', async () => {
      for (let times = 0; times < 31; times += 1) await say('* 1 FETCH (UID 5', 'x'.repeat(mebibyte));
    });
    expect([...reasons]).toEqual([]);
    await asking('fetch', async () => {
      for (let times = 0; times < 33; times += 1) await say('* 1 FETCH (UID 5', 'x'.repeat(mebibyte));
    });
    expect([...reasons]).toEqual(['The messages had no end']);
    const other = scene();
    for (let times = 0; times < 5; times += 1) await other.say('* OK', 'x'.repeat(mebibyte));
    expect([...other.reasons]).toEqual(['The answer had no end']);
  });

  it('may name no more by a range than a mailbox holds', async () => {
    const { reasons, say } = scene();
    await say('* ESEARCH (TAG "x") UID ALL 1:50000,60000:60001');
    expect([...reasons]).toEqual([]);
    await say('* ESEARCH (TAG "x") UID ALL 1:60000,70000:130000');
    expect([...reasons]).toEqual(['Impossible ranges']);
  });

  it('does not end the process when its stream fails in the moment it is closed', async () => {
    const { client } = scene();
    const streamer: unknown = Reflect.get(client, 'streamer');
    const uncaught: unknown[] = [];
    const note = (error: unknown): void => void uncaught.push(error);
    const others = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', note);
    try {
      Reflect.apply(Reflect.get(Object(streamer), 'destroy'), streamer, [new Error('Literal size')]);
      client.close();
      await new Promise((resolve) => setImmediate(resolve));
    } finally {
      process.off('uncaughtException', note);
      for (const listener of others) process.on('uncaughtException', listener);
    }
    expect(uncaught).toEqual([]);
  });
});
