import { describe, expect, test } from 'vitest';
import { BusFailure } from '../../../electron/main/shell/dbus/bus-failure.ts';
import { busRetryDelayMs } from '../../../electron/main/shell/dbus/bus-keeper.ts';
import type { BusLinkOptions, BusOutcome } from '../../../electron/main/shell/dbus/bus-link.ts';
import { createSessionBus } from '../../../electron/main/shell/dbus/session-bus.ts';
import { FakeClock, settle } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';

const call = { destination: 'a.b', path: '/', interface: 'a.b', member: 'C', signature: '', body: [] };

/** A bus that can be switched off, with a name owner that can be set. */
function world(options: { readonly address?: string } = {}) {
  const clock = new FakeClock();
  const log = recordingLog();
  const rules: string[] = [];
  const calls: string[] = [];
  let isRunning = true;
  let attempts = 0;
  let owner: string | null = null;
  let current: BusLinkOptions | null = null;
  let closed = 0;
  const bus = createSessionBus({
    address: options.address ?? 'unix:path=/bus',
    clock,
    log,
    openLink: async (link) => {
      attempts += 1;
      await Promise.resolve();
      if (!isRunning) throw new BusFailure('no-bus', 'ENOENT');
      current = link;
      rules.length = 0;
      return {
        request: ({ member, body }, _timeoutMs, onSettled) => {
          calls.push(member);
          if (member === 'AddMatch') rules.push(String(body[0]));
          if (member === 'RemoveMatch') rules.splice(rules.indexOf(String(body[0])), 1);
          onSettled(
            member === 'GetNameOwner' && owner === null
              ? {
                  kind: 'failure',
                  failure: new BusFailure('refused', '', 'org.freedesktop.DBus.Error.NameHasNoOwner'),
                }
              : { kind: 'reply', reply: { sender: ':1.1', body: [owner] } },
          );
        },
        emit: ({ member }) => {
          calls.push(`emit ${member}`);
        },
        close: async () => {
          closed += 1;
          await settle();
        },
      };
    },
  });
  return {
    bus,
    clock,
    log,
    rules,
    calls,
    attempts: () => attempts,
    closed: () => closed,
    setOwner: (next: string | null) => {
      owner = next;
      const body = ['x.y', '', next ?? ''];
      signal({ sender: 'org.freedesktop.DBus', interface: 'org.freedesktop.DBus', member: 'NameOwnerChanged', body });
    },
    signal,
    stop: () => {
      isRunning = false;
      const lost = current;
      current = null;
      lost?.onLost('gone');
    },
    start: () => {
      isRunning = true;
    },
  };

  function signal(given: {
    readonly sender: string;
    readonly interface: string;
    readonly member: string;
    readonly body: readonly unknown[];
  }): void {
    current?.onSignal({ path: '/p', ...given });
  }
}

describe('the session’s bus', () => {
  test('is left alone until it is needed, and reached by one attempt however many need it', async () => {
    const { bus, attempts, calls } = world();
    expect(attempts()).toBe(0);
    await Promise.all([bus.call(call), bus.call({ ...call, member: 'D' }), bus.connect()]);
    expect(attempts()).toBe(1);
    expect(calls).toEqual(['C', 'D']);
    expect(bus.emit({ path: '/', interface: 'a.b', member: 'S', signature: '', body: [] })).toBe(true);
    expect(calls.at(-1)).toBe('emit S');
  });

  test('is not looked for where none is named', async () => {
    const { bus, attempts } = world({ address: '' });
    await expect(bus.call(call)).rejects.toMatchObject({ kind: 'no-bus' });
    expect(attempts()).toBe(0);
  });

  test('that isn’t there fails the calls, each with one attempt of its own, and no timer stays', async () => {
    const { bus, stop, attempts, clock } = world();
    stop();
    await expect(bus.call(call)).rejects.toMatchObject({ kind: 'no-bus', message: 'ENOENT' });
    await expect(bus.call(call)).rejects.toMatchObject({ kind: 'no-bus' });
    expect(attempts()).toBe(2);
    expect(clock.pending).toBe(0);
  });

  test('that comes back gets the rules again, and whoever broadcasts hears of it', async () => {
    const { bus, stop, start, rules, clock } = world();
    let connects = 0;
    const heard: unknown[] = [];
    bus.onConnect(() => {
      connects += 1;
    });
    bus.onSignal({ interface: 'a.b', member: 'S' }, ({ body }) => heard.push(body[0]));
    await bus.connect();
    expect(rules).toEqual(["type='signal',interface='a.b',member='S'"]);
    stop();
    await clock.advance(10_000);
    start();
    await clock.advance(30_000);
    expect(rules).toHaveLength(1);
    expect(heard).toEqual([]);
    expect(connects).toBe(2);
  });

  test('is tried again after growing pauses, some three minutes long, then only when somebody calls', async () => {
    const { bus, stop, start, attempts, clock } = world();
    const stopListening = bus.onSignal({ interface: 'a.b' }, () => {});
    await bus.connect();
    stop();
    await clock.advance(3_600_000);
    expect(attempts()).toBe(1 + 12);
    expect(clock.pending).toBe(0);
    start();
    await bus.call(call);
    expect(attempts()).toBe(14);
    stopListening();
    const delays = Array.from({ length: 13 }, (_, index) => busRetryDelayMs(index + 1));
    expect(delays).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, ...Array<number>(5).fill(30_000), null]);
  });

  test('that hangs up again and again isn’t asked in a loop; one that lasted is asked at once', async () => {
    const { bus, stop, start, attempts, clock } = world();
    bus.onSignal({ interface: 'a.b' }, () => {});
    await bus.connect();
    for (let round = 0; round < 3; round += 1) {
      stop();
      start();
      await clock.advance(250 * 2 ** round - 1);
      expect(attempts()).toBe(1 + round);
      await clock.advance(1);
      await settle();
      expect(attempts()).toBe(2 + round);
    }
    await clock.advance(60_000);
    stop();
    start();
    await clock.advance(250);
    expect(attempts()).toBe(5);
  });

  test('gives a signal to those whose filter takes it, whatever one of them does', async () => {
    const { bus, signal, log, rules } = world();
    const heard: string[] = [];
    bus.onSignal({ interface: 'a.b' }, () => {
      throw new Error('a bug');
    });
    const stopListening = bus.onSignal({ interface: 'a.b', member: 'S' }, ({ member }) => heard.push(member));
    await bus.connect();
    for (const member of ['S', 'T']) signal({ sender: ':1.2', interface: 'a.b', member, body: [] });
    stopListening();
    signal({ sender: ':1.2', interface: 'a.b', member: 'S', body: [] });
    expect(heard).toEqual(['S']);
    expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(3);
    expect(rules).toEqual(["type='signal',interface='a.b'"]);
  });

  test('says who has a name: at first, at each change, and nobody while it is away', async () => {
    const { bus, setOwner, stop, start, clock } = world();
    const owners: (string | null)[] = [];
    const stopWatching = bus.watchOwner('x.y', (owner) => owners.push(owner));
    await bus.connect();
    setOwner(':1.5');
    setOwner(':1.6');
    stop();
    start();
    await clock.advance(250);
    await settle();
    setOwner(null);
    stopWatching();
    setOwner(':1.7');
    expect(owners).toEqual([null, ':1.5', ':1.6', null, ':1.6', null]);
  });

  test('is closed at the end, also while it is being opened, and not opened any more', async () => {
    const { bus, closed, clock } = world();
    const connecting = bus.connect();
    const outcomes: BusOutcome[] = [];
    bus.request(call, (outcome) => outcomes.push(outcome));
    await bus.dispose();
    await expect(connecting).rejects.toMatchObject({ kind: 'disposed' });
    expect(outcomes.map(({ kind }) => kind)).toEqual(['failure']);
    expect(closed()).toBe(1);
    bus.onSignal({}, () => {});
    await expect(bus.call(call)).rejects.toMatchObject({ kind: 'disposed' });
    await bus.dispose();
    expect(closed()).toBe(1);
    expect(clock.pending).toBe(0);
  });
});
