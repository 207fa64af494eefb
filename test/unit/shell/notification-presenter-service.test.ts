import { describe, expect, test } from 'vitest';
import { BusFailure } from '../../../electron/main/shell/dbus/bus-failure.ts';
import { bodyOf, freedesktopBench } from './freedesktop-bench.ts';
import { withoutService } from './fake-notification-bus.ts';

describe('the notification service', () => {
  test('is asked once what it can do, before the first notification; markup is escaped where it is read', () => {
    const { bus, created, show } = freedesktopBench();
    created.warmUp();
    created.warmUp();
    expect(bus.said).toEqual(['GetCapabilities']);
    show('a', 'x < y');
    expect(bus.said).toEqual(['GetCapabilities', 'Notify 0 x < y']);
    expect(bodyOf(bus, 0)).toBe('a &lt; b &amp; c');
    const plain = freedesktopBench((other) => {
      other.capabilities = ['body'];
    });
    plain.show('a', 'one');
    expect(bodyOf(plain.bus, 0)).toBe('a < b & c');
    const mute = freedesktopBench((other) => {
      other.capabilities = new BusFailure('refused', '', 'org.freedesktop.DBus.Error.UnknownMethod');
    });
    mute.show('a', 'one');
    expect(bodyOf(mute.bus, 0)).toBe('a &lt; b &amp; c');
  });

  test('gets what came before its answer in order, without what was withdrawn meanwhile', () => {
    const { bus, created, show, said } = freedesktopBench((other) => {
      other.answersCapabilities = false;
    });
    for (const id of ['a', 'b', 'c']) show(id, id);
    created.withdraw('b');
    expect(said()).toEqual([]);
    bus.answerCapabilities();
    expect(said()).toEqual(['Notify 0 a', 'Notify 0 c']);
  });

  test('that isn’t there fails each notification with a reason, and the next one tries again', () => {
    const { bus, show, heard } = freedesktopBench((other) => other.ownerIs(null));
    show('a', 'one');
    expect(heard).toEqual(['fail a no notification service']);
    bus.ownerIs(':1.9');
    show('b', 'two');
    expect(heard).toHaveLength(1);
    expect(bus.said.at(-1)).toBe('Notify 0 two');
  });

  test('that restarts is asked anew; its old numbers are void', () => {
    const { bus, show, heard, said } = freedesktopBench();
    show('a', 'one');
    bus.answer(1);
    show('b', 'two');
    bus.ownerIs(null);
    bus.answer(2, ':1.5');
    bus.capabilities = ['body'];
    bus.ownerIs(':1.9');
    show('a', 'three');
    show('b', 'four');
    expect(said().slice(2)).toEqual(['Notify 0 three', 'Notify 0 four']);
    expect(bodyOf(bus, 2)).toBe('a < b & c');
    bus.answer(1);
    bus.signal('NotificationClosed', [1, 2], ':1.5');
    bus.click(1);
    expect(heard).toEqual(['click a']);
  });

  test('that is replaced while it is asked isn’t taken for the new one', () => {
    const { bus, show } = freedesktopBench((other) => {
      other.answersCapabilities = false;
    });
    show('a', 'one');
    bus.ownerIs(':1.9');
    bus.answerCapabilities(':1.5');
    bus.capabilities = ['body'];
    bus.answerCapabilities(':1.9');
    expect(bus.said).toEqual(['GetCapabilities', 'GetCapabilities', 'Notify 0 one']);
    expect(bodyOf(bus, 0)).toBe('a < b & c');
  });

  test.for([
    [withoutService(), 'no notification service'],
    [new BusFailure('timed-out', 'secret'), 'the notification service does not answer'],
    [new BusFailure('refused', 'quotes a secret', 'a.b.Excess'), 'refused by the notification service (a.b.Excess)'],
    [new BusFailure('closed', 'secret'), 'session bus: closed'],
  ] as const)('tells why it failed, in words of ours: %s', ([failure, reason]) => {
    const { bus, show, heard } = freedesktopBench();
    show('a', 'one');
    bus.fail('Notify', failure);
    expect(heard).toEqual([`fail a ${reason}`]);
    show('a', 'two');
    expect(bus.said.at(-1)).toBe('Notify 0 two');
  });

  test('that fails what was replaced or withdrawn meanwhile isn’t complained of', () => {
    const { bus, created, show, heard, said } = freedesktopBench();
    show('a', 'one');
    show('a', 'two');
    bus.fail('Notify', new BusFailure('timed-out', ''));
    expect(said().at(-1)).toBe('Notify 0 two');
    created.withdraw('a');
    bus.fail('Notify', new BusFailure('timed-out', ''));
    expect(heard).toEqual(['missed a']);
  });
});
