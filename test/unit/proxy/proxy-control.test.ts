import { beforeEach, describe, expect, it } from 'vitest';

import { builtInProfile, type ProfileLayer } from '../../../electron/main/profile/deployment-profile.ts';
import { Registration } from '../../../electron/main/profile/registration.ts';
import { ProxyControl } from '../../../electron/main/proxy/proxy-control.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';

const manual = { mode: 'manual', address: 'proxy.example:3128', user: 'ada', password: 'mellon' } as const;

describe('how the network is left', () => {
  let saved: ProfileLayer;
  let secret: string | null;
  let changes: number;
  /** How long it takes to delete the password. */
  let erasing: Promise<void>;
  let erasures: number;
  /** What reading it comes to; null for what is there. */
  let reading: Promise<string | null> | null;
  const log = recordingLog();

  function create(file: ProfileLayer = {}, packaged: ProfileLayer = {}): ProxyControl {
    const clock = new FakeClock();
    const registration = new Registration(
      { builtIn: builtInProfile, packaged, settings: saved, file },
      {
        saveLayer: (layer) => {
          saved = layer;
        },
        onChange: () => {},
        now: () => 1,
      },
    );
    return new ProxyControl({
      registration,
      secret: {
        read: () => reading ?? Promise.resolve(secret),
        write: (text) => {
          secret = text;
          return Promise.resolve();
        },
        erase: () => {
          secret = null;
          erasures += 1;
          return erasing;
        },
      },
      system: undefined,
      loadCa: () => Promise.resolve(undefined),
      onChange: () => (changes += 1),
      clock,
      log,
    });
  }

  beforeEach(() => {
    saved = {};
    secret = null;
    erasing = Promise.resolve();
    [erasures, reading] = [0, null];
    changes = 0;
  });

  it('is the system’s unless somebody says otherwise: an administrator, the person, the file of TIDINGS_PROFILE', () => {
    expect(create().snapshot).toEqual({ mode: 'system', address: '', user: '', isFixed: false });
    expect(create({}, { proxy: 'none' }).snapshot.mode).toBe('none');
    saved = { proxy: 'http://ada@proxy.example:3128' };
    expect(create({}, { proxy: 'none' }).snapshot).toEqual({
      mode: 'manual',
      address: 'http://proxy.example:3128',
      user: 'ada',
      isFixed: false,
    });
    expect(create({ proxy: 'none' }).snapshot).toEqual({ mode: 'none', address: '', user: '', isFixed: true });
  });

  it('is kept without the password, which is kept apart and never shown', async () => {
    const control = create();
    await control.use(manual);
    expect(saved).toEqual({ proxy: 'http://ada@proxy.example:3128' });
    expect(secret).toContain('mellon');
    expect(JSON.stringify(control.snapshot)).not.toContain('mellon');
    expect(JSON.stringify(log.lines)).not.toContain('mellon');
    expect(changes).toBe(1);
    // The form comes back without it.
    await create().use({ ...manual, password: '' });
    expect(secret).toContain('mellon');
  });

  it.each([
    ['another proxy', { ...manual, address: 'http://elsewhere.example:3128', password: '' }],
    ['another user', { ...manual, user: 'lin', password: '' }],
    ['no user', { ...manual, user: '', password: '' }],
    ['no proxy', { mode: 'none' }],
  ] as const)('forgets the password for %s', async (_, choice) => {
    const control = create();
    await control.use(manual);
    await control.use(choice);
    expect(secret).toBeNull();
  });

  it('deletes what an earlier run couldn’t: a password that is nobody’s any more', async () => {
    await create().use(manual);
    await create().forgetLeftover();
    expect(secret).toContain('mellon');
    // As after a start with a proxy that an administrator fixed: the person's own comes back.
    await create({ proxy: 'none' }).forgetLeftover();
    expect(secret).toContain('mellon');
    saved = { proxy: 'http://lin@proxy.example:3128' };
    await create().forgetLeftover();
    expect(secret).toBeNull();
    secret = 'not ours';
    saved = { proxy: 'none' };
    await create().forgetLeftover();
    expect(secret).toBeNull();
  });

  it('leaves it for later where the keyring can’t be read, and touches nothing where there is none', async () => {
    const failing = create();
    reading = Promise.reject(new Error('locked'));
    secret = 'left';
    await failing.forgetLeftover();
    expect(secret).toBe('left');
    reading = null;
    secret = null;
    await create().forgetLeftover();
    expect(erasures).toBe(0);
  });

  it('is taken at once, however long the keyring takes to forget the old password', async () => {
    const control = create();
    await control.use(manual);
    erasing = new Promise(() => {});
    await control.use({ mode: 'none' });
    expect(saved).toEqual({ proxy: 'none' });
    expect(changes).toBe(2);
  });

  it.each([
    ['a colon in the user name of a proxy that takes Basic', { ...manual, user: 'CORP:ada' }],
    ['a password without room in SOCKS', { ...manual, address: 'socks5://proxy.example', password: 'x'.repeat(256) }],
    ['a user name without room in SOCKS', { ...manual, address: 'socks5://proxy.example', user: 'ü'.repeat(128) }],
  ] as const)('refuses %s', async (_, choice) => {
    await expect(create().use(choice)).rejects.toMatchObject({ info: { code: 'proxy-credentials-invalid' } });
    expect(saved).toEqual({});
    expect(secret).toBeNull();
  });

  it('takes no address that is none, and none where it is fixed', async () => {
    await expect(create().use({ ...manual, address: 'http://proxy.example/proxy.pac' })).rejects.toMatchObject({
      info: { code: 'proxy-address-invalid' },
    });
    await expect(create({ proxy: 'none' }).use(manual)).rejects.toMatchObject({ info: { code: 'profile-invalid' } });
    expect(saved).toEqual({});
    expect(secret).toBeNull();
  });

  it('is no part of an account’s profile, which goes to other networks', () => {
    const layers = { builtIn: builtInProfile, packaged: {}, settings: { proxy: 'none' }, file: {} };
    const { profile } = new Registration(layers, { saveLayer: () => {}, onChange: () => {}, now: () => 1 });
    expect(profile).toEqual(builtInProfile);
  });
});
