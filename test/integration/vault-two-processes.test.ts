import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type DesktopSession, startDesktopSession } from '../desktop/session.ts';
import { HostProcess } from './host-process.ts';

const item = 'login.example.com_6d9c2f64';
const cacheOf = (word: string): string =>
  JSON.stringify({ Account: { [word]: {} }, IdToken: {}, AccessToken: {}, RefreshToken: {}, AppMetadata: {} });

describe('a real keyring', () => {
  let session: DesktopSession;
  let folder: string;
  let hosts: HostProcess[];

  beforeEach(async () => {
    session = await startDesktopSession();
    folder = mkdtempSync(join(tmpdir(), 'tidings-vaults-'));
    hosts = [];
  });

  afterEach(async () => {
    await Promise.all(hosts.map((host) => host.kill()));
    rmSync(folder, { recursive: true });
    await session.dispose();
  });

  function startHost(): HostProcess {
    const host = new HostProcess('vault-host.ts', { args: [join(folder, 'tokens')], env: session.env });
    hosts.push(host);
    return host;
  }

  it('is not damaged by two Tidings that save all their accounts at once', async () => {
    const two = [startHost(), startHost()] as const;
    const names = (owner: number): readonly string[] => [0, 1, 2].map((each) => `common/${owner}-${each}`);
    const writeAll = (): Promise<unknown> =>
      Promise.all(
        two.flatMap((host, owner) => names(owner).map((name) => host.call('write', item, name, cacheOf('early')))),
      );
    for (let round = 0; round < 4; round += 1) await writeAll();
    const between = startHost();
    // Whoever saved last may have overtaken the other, whose next save makes it good; nothing is half there.
    for (const name of [...names(0), ...names(1)]) {
      const read = await between.call('read', item, name);
      expect([
        { kind: 'present', cache: cacheOf('early') },
        { kind: 'absent', isDamaged: false },
      ]).toContainEqual(read);
    }
    for (const [owner, host] of two.entries()) {
      for (const name of names(owner)) await host.call('write', item, name, cacheOf(`later-${owner}`));
    }
    const later = startHost();
    for (const owner of [0, 1]) {
      for (const name of names(owner)) {
        expect(await later.call('read', item, name)).toMatchObject({
          cache: expect.stringContaining(`later-${owner}`),
        });
      }
    }
    for (const host of [...two, between, later]) expect(await host.call('notices')).toEqual([]);
    const accounts = (await session.keyring.items()).map(({ attributes }) => attributes['account']);
    expect(accounts).toEqual([item]);
  });
});
