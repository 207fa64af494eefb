import { beforeEach, describe, expect, it } from 'vitest';

import { BusFailure } from '../../../electron/main/shell/dbus/bus-failure.ts';
import { removeSecretItems } from '../../../electron/main/shell/dbus/secret-items.ts';
import { promptLimitMs } from '../../../electron/main/shell/dbus/secret-service.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FakeSecretService } from './fake-secret-service.ts';

let service: FakeSecretService;
let clock: FakeClock;

beforeEach(() => {
  service = new FakeSecretService();
  clock = new FakeClock();
});

const remove = (expected: readonly string[] = []) =>
  removeSecretItems({ bus: service, serviceName: 'Tidings', isOurs: (name) => name.includes('_'), expected, clock });
const left = () => [...service.items.values()].map(({ service: owner, account }) => `${owner}/${account}`);
const refusal = (code: string, detail: RegExp) => ({ info: { code, detail: expect.stringMatching(detail) } });

describe('removing our items from the Secret Service', () => {
  it('takes every one of ours and no other program’s', async () => {
    service.put('host_a');
    service.put('host_b.damaged');
    service.put('diary');
    service.put('host_a', 'Other');
    expect(await remove()).toBe(true);
    expect(left()).toEqual(['Tidings/diary', 'Other/host_a']);
    expect(await remove()).toBe(false);
    expect(service.dialogs).toBe(0);
  });

  it('asks to unlock what is locked, then deletes it', async () => {
    service.put('host_a');
    service.isLocked = true;
    expect(await remove()).toBe(true);
    expect([left(), service.dialogs, service.subscriptions, clock.pending]).toEqual([[], 1, 0, 0]);
  });

  it('deletes nothing when the person won’t unlock it', async () => {
    service.put('host_a');
    service.isLocked = true;
    service.conduct = 'dismisses';
    await expect(remove()).rejects.toMatchObject(refusal('keyring-locked', /dismissed/u));
    expect(left()).toHaveLength(1);
    expect([service.subscriptions, clock.pending]).toEqual([0, 0]);
  });

  it('doesn’t wait for ever for somebody who isn’t there', async () => {
    service.put('host_a');
    service.isLocked = true;
    service.conduct = 'is away';
    const removal = expect(remove()).rejects.toMatchObject(refusal('keyring-locked', /answered/u));
    await clock.advance(promptLimitMs);
    await removal;
    expect(service.subscriptions).toBe(0);
  });

  it('unlocks a service that lists nothing locked when items are missing, and only then', async () => {
    service.put('host_a');
    service.isLocked = true;
    service.findsLocked = false;
    expect(await remove()).toBe(false);
    expect(service.dialogs).toBe(0);
    expect(await remove(['host_a'])).toBe(true);
    expect(left()).toEqual([]);
  });

  it('has a service ask that wants to before it deletes', async () => {
    service.put('host_a');
    service.asksToDelete = true;
    expect(await remove()).toBe(true);
    expect([left(), service.dialogs]).toEqual([[], 1]);
  });

  it('says that there is no keyring', async () => {
    service.failure = new BusFailure('no-bus', 'no session bus');
    await expect(remove()).rejects.toMatchObject(refusal('keyring-unavailable', /no session bus/u));
  });
});
