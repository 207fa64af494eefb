import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { systemClock } from '../../electron/main/clock.ts';
import { createSecretStore, type DBusSecretStore } from '../../electron/main/shell/dbus/secret-store.ts';
import { createSessionBus, type SessionBus } from '../../electron/main/shell/dbus/session-bus.ts';
import { type DesktopSession, startDesktopSession } from '../desktop/session.ts';
import { startUnlockPrompter } from '../desktop/unlock-prompter.ts';
import { recordingLog } from '../support/recording-log.ts';

const item = 'login.example.com_6d9c2f64';
const secret = 'a-refresh-token-that-nobody-may-see';

/** The Secret Service without libsecret, on a real gnome-keyring. */
describe('the keyring over D-Bus', () => {
  let session: DesktopSession;
  let bus: SessionBus;
  let store: DBusSecretStore;
  /** What it told, oldest first. */
  let told: string[];
  let onTold: () => void;

  beforeEach(async () => {
    session = await startDesktopSession();
    const log = recordingLog();
    bus = createSessionBus({ address: session.busAddress, clock: systemClock, log });
    store = createSecretStore({ bus, clock: systemClock, log });
    told = [];
    onTold = () => {};
    store.onChange((condition) => {
      told.push(condition);
      onTold();
    });
    await untilTold('ready');
  });

  afterEach(async () => {
    store.dispose();
    await bus.dispose();
    await session.dispose();
  });

  const untilTold = (condition: string): Promise<void> =>
    new Promise((resolve) => {
      onTold = () => {
        if (told.at(-1) === condition) resolve();
      };
      onTold();
    });

  it('keeps, replaces and forgets a text, with the attributes that libsecret looks for', async () => {
    expect(await store.read(item)).toBeNull();
    await store.write(item, 'the first');
    await store.write(item, `${secret} é 密`);
    expect(await store.read(item)).toBe(`${secret} é 密`);
    expect(await session.keyring.items()).toEqual([
      {
        label: `Tidings/${item}`,
        attributes: { service: 'Tidings', account: item, 'xdg:schema': 'org.freedesktop.Secret.Generic' },
      },
    ]);
    expect(await session.keyring.secrets()).toEqual([`${secret} é 密`]);
    await store.erase(item);
    await store.erase(item);
    expect([await store.read(item), await session.keyring.items()]).toEqual([null, []]);
  });

  it('sends no secret over the bus as it is', async () => {
    const sent: unknown[] = [];
    const spied = createSecretStore({
      bus: {
        onSignal: (...args) => bus.onSignal(...args),
        watchOwner: (...args) => bus.watchOwner(...args),
        async call(call) {
          const reply = await bus.call(call);
          sent.push(call.body, reply.body);
          return reply;
        },
      },
      clock: systemClock,
      log: recordingLog(),
    });
    await spied.write(item, secret);
    expect(await spied.read(item)).toBe(secret);
    spied.dispose();
    const inBytes = (value: unknown): string =>
      Buffer.isBuffer(value)
        ? value.toString('latin1')
        : Array.isArray(value)
          ? value.map(inBytes).join('\n')
          : JSON.stringify(value);
    const wire = inBytes(sent);
    expect(wire).toContain(item);
    expect(wire).not.toContain(secret);
    expect(wire).not.toContain(Buffer.from(secret).toString('base64'));
  });

  it('tells of locking, unlocking, ending and starting, and reads nothing while it is locked', async () => {
    await store.write(item, secret);
    await session.keyring.lock();
    await untilTold('locked');
    expect([await store.look(), await store.read(item), store.wasReplaced()]).toEqual(['locked', null, false]);
    await session.keyring.unlock();
    await untilTold('ready');
    await session.keyring.stop();
    await untilTold('absent');
    expect([await store.look(), store.wasReplaced()]).toEqual(['absent', true]);
    await session.keyring.start('locked');
    await untilTold('locked');
    await session.keyring.unlock();
    await untilTold('ready');
    expect(await store.read(item)).toBe(secret);
    expect(told.filter((condition, at) => condition !== told[at - 1])).toEqual(told);
  });

  it('has the keyring ask before it writes, and says when nobody unlocks it', async () => {
    const prompter = await startUnlockPrompter(session.bus);
    await session.keyring.lock();
    const refused = expect(store.write(item, secret)).rejects.toMatchObject({ info: { code: 'keyring-locked' } });
    await prompter.dismiss();
    await refused;
    const written = store.write(item, secret);
    await prompter.enterPassword();
    await written;
    expect([await store.read(item), prompter.dialogs]).toEqual([secret, 2]);
  });
});
