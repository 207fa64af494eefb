import { BusFailure } from '../../../electron/main/shell/dbus/bus-failure.ts';
import { withoutService } from './fake-notification-bus.ts';
import { describe, expect, test } from 'vitest';
import { maxHeldNotifications } from '../../../electron/main/shell/notification-presenter.ts';
import { freedesktopBench, hintsOf } from './freedesktop-bench.ts';

describe('the order of calls for one notification', () => {
  test('a replacement waits for the number of what it replaces', () => {
    const { bus, show, said } = freedesktopBench();
    show('a', 'one');
    show('a', 'two');
    expect(said()).toEqual(['Notify 0 one']);
    bus.answer(7);
    expect(said()).toEqual(['Notify 0 one', 'Notify 7 two']);
    bus.answer(7);
    show('a', 'three');
    expect(said().at(-1)).toBe('Notify 7 three');
  });

  test('of several that wait only the last is shown, and a sound among them isn’t lost', () => {
    const { bus, show, said } = freedesktopBench();
    show('a', 'one', true);
    show('a', 'two', false);
    show('a', 'three', true);
    bus.answer(7);
    show('a', 'four', true);
    bus.answer(7);
    expect(said()).toEqual(['Notify 0 one', 'Notify 7 three', 'Notify 7 four']);
    const silence = ['suppress-sound', ['b', true]];
    expect(hintsOf(bus, 0)).toContainEqual(silence);
    expect(hintsOf(bus, 1)).not.toContainEqual(silence);
    expect(hintsOf(bus, 2)).toContainEqual(silence);
  });

  test('that are refused while the next words wait are said to be missed, before those are sent', () => {
    const { bus, show, heard, said } = freedesktopBench();
    show('a', '1');
    show('a', '2');
    bus.fail('Notify', new BusFailure('refused', 'gone', 'org.freedesktop.DBus.Error.NoReply'));
    expect(heard).toEqual(['missed a']);
    expect(said()).toEqual(['Notify 0 1', 'Notify 0 2']);
  });

  test('are on the screen when the service has given its number, and not when it refuses', () => {
    const { bus, show, shown } = freedesktopBench();
    show('a', '1');
    show('a', '2');
    expect(shown).toEqual([]);
    bus.answer(5);
    expect(shown).toEqual(['a']);
    bus.fail('Notify', withoutService());
    expect(shown).toEqual(['a']);
  });

  test('is announced before the call that carries the words, each time', () => {
    const { bus, show, said, sent } = freedesktopBench();
    show('a', 'one');
    show('a', 'two');
    expect([said().length, sent]).toEqual([1, ['a after 0 calls']]);
    bus.answer(7);
    expect([said().length, sent.at(-1)]).toEqual([2, 'a after 1 calls']);
  });

  test('is given out as mail only where it is mail', () => {
    const { bus, created } = freedesktopBench();
    created.show({ id: 'a', title: 'Ann', body: 'Lunch?', silent: false, about: 'mail' });
    created.show({ id: 'b', title: 'Tidings goes on in the tray', body: '', silent: true });
    const category = ['category', ['s', 'email.arrived']];
    expect(hintsOf(bus, 0)).toContainEqual(category);
    expect(hintsOf(bus, 1)).not.toContainEqual(category);
  });

  test('a withdrawal waits for the number, and one before it is even sent leaves nothing to send', () => {
    const { bus, created, show, said } = freedesktopBench();
    show('a', 'one');
    created.withdraw('a');
    bus.answer(7);
    expect(said()).toEqual(['Notify 0 one', 'CloseNotification 7']);
    created.withdraw('a');
    created.withdraw('never shown');
    expect(said()).toHaveLength(2);
  });

  test('what is shown after a withdrawal that still waits takes that place', () => {
    const { bus, created, show, said } = freedesktopBench();
    show('a', 'one');
    created.withdraw('a');
    show('a', 'two');
    bus.answer(7);
    expect(said()).toEqual(['Notify 0 one', 'Notify 7 two']);
  });

  test('others don’t wait', () => {
    const { show, said } = freedesktopBench();
    show('a', 'one');
    show('b', 'two');
    expect(said()).toEqual(['Notify 0 one', 'Notify 0 two']);
  });
});

describe('what the person does', () => {
  test('a click and a dismissal are told, once', () => {
    const { bus, show, heard } = freedesktopBench();
    show('a', 'one');
    bus.answer(1);
    show('b', 'two');
    bus.answer(2);
    bus.click(1);
    bus.click(1);
    bus.signal('NotificationClosed', [2, 2]);
    bus.click(2);
    expect(heard).toEqual(['click a', 'close b']);
  });

  test('one that expired isn’t seen, and can still be clicked and replaced', () => {
    const { bus, show, heard, said } = freedesktopBench();
    show('a', 'one');
    bus.answer(1);
    bus.signal('NotificationClosed', [1, 1]);
    expect(heard).toEqual([]);
    show('a', 'two');
    expect(said().at(-1)).toBe('Notify 1 two');
    bus.answer(1);
    bus.click(1);
    expect(heard).toEqual(['click a']);
  });

  test('what programs close, or for no reason given, isn’t seen; it is shown anew then', () => {
    const { bus, show, heard, said } = freedesktopBench();
    for (const [index, reason] of [3, 4].entries()) {
      show('a', 'one');
      bus.answer(10 + index);
      bus.signal('NotificationClosed', [10 + index, reason]);
    }
    expect(heard).toEqual([]);
    expect(said()).toEqual(['Notify 0 one', 'Notify 0 one']);
  });

  test('a click that is heard before the answer counts', () => {
    const { bus, show, heard } = freedesktopBench();
    show('a', 'one');
    bus.click(4);
    expect(heard).toEqual([]);
    bus.answer(4);
    expect(heard).toEqual(['click a']);
  });

  test('a click on what is being replaced counts, and so does one on the replacement', () => {
    const { bus, show, heard } = freedesktopBench();
    show('a', 'one');
    bus.answer(1);
    show('a', 'two');
    bus.click(1);
    bus.answer(2);
    bus.click(2);
    expect(heard).toEqual(['replaced click a', 'click a']);
  });

  test('closing what is being replaced doesn’t: the new one is on the screen', () => {
    const { bus, show, heard } = freedesktopBench();
    show('a', 'one');
    bus.answer(1);
    show('a', 'two');
    bus.signal('NotificationClosed', [1, 2]);
    bus.answer(2);
    expect(heard).toEqual([]);
    bus.signal('NotificationClosed', [2, 2]);
    expect(heard).toEqual(['close a']);
  });

  test('other programs’ notifications, other buttons and pretenders are none of ours', () => {
    const { bus, show, heard } = freedesktopBench();
    show('a', 'one');
    bus.answer(1);
    bus.signal('ActionInvoked', [2, 'default']);
    bus.signal('ActionInvoked', [1, 'inline-reply']);
    bus.signal('ActionInvoked', [1, 'default'], ':1.666');
    bus.signal('ActivationToken', [1, 'token']);
    bus.signal('NotificationClosed', []);
    expect(heard).toEqual([]);
  });
});

describe('bounds and the end', () => {
  test('beyond what is held the oldest is taken off the screen, when its number is known', () => {
    const { bus, show, said } = freedesktopBench();
    show('slow', 'slow');
    for (let id = 1; id <= maxHeldNotifications + 1; id += 1) {
      show(String(id), 'x');
      if (id === 1) bus.answer(100);
    }
    expect(said().filter((line) => line.startsWith('Close'))).toEqual(['CloseNotification 100']);
    bus.answer(101);
    expect(said().findLast((line) => line.startsWith('Close'))).toBe('CloseNotification 101');
  });

  test('a replaced one is among the youngest', () => {
    const { bus, show, said } = freedesktopBench();
    show('kept', 'x');
    bus.answer(1);
    for (let id = 2; id <= maxHeldNotifications; id += 1) show(String(id), 'x');
    show('kept', 'again');
    show('one more', 'x');
    expect(said()).not.toContain('CloseNotification 1');
  });

  test('all are gone after the app, what is under way too, and nothing more is heard', () => {
    const { bus, created, show, heard, said } = freedesktopBench();
    show('a', 'one');
    bus.answer(1);
    show('b', 'two');
    created.dispose();
    bus.answer(2);
    expect(said().slice(2)).toEqual(['CloseNotification 1', 'CloseNotification 2']);
    expect(bus.subscriptions).toBe(0);
    expect(heard).toEqual([]);
  });
});
