import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ada } from '../standin/people.ts';
import { asOtherClient } from '../support/imap-bench.ts';
import type { ImapServerName, ReceivedMail } from '../support/imap-server.ts';
import { type MailWorld, type MailWorldOptions, startMailWorld } from '../support/mail-world.ts';
import { WatchedAccount, type WatchedAccountOptions } from './watched-account.ts';

/** What a row is played on. */
export interface Scene {
  readonly world: MailWorld;
  readonly watched: WatchedAccount;
  /** Mails for Ada from Bo, one after the other. */
  readonly deliver: (...subjects: readonly string[]) => Promise<void>;
  /** What Ada does with another program, her INBOX open. */
  readonly elsewhere: (act: Parameters<typeof asOtherClient>[2]) => Promise<void>;
}

/** Plays `run` on a world of its own with a server of that name; nothing of it is left then. */
export async function inWorld<T>(
  name: ImapServerName,
  run: (scene: Scene) => Promise<T>,
  options: WatchedAccountOptions & Omit<MailWorldOptions, 'folder'> = {},
): Promise<T> {
  const { clock: _clock, random: _random, tokenLifetimeMs: _lifetime, ...worldOptions } = options;
  const folder = mkdtempSync(join(tmpdir(), 'tidings-fault-'));
  try {
    const world = await startMailWorld(name, { ...worldOptions, folder });
    const { identity, profile } = world;
    const place = { profile, person: ada, issueToken: () => identity.issueToken(ada) };
    const watched = new WatchedAccount(place, options);
    const from: ReceivedMail['from'] = { name: 'Bo', address: 'bo@example.org' };
    try {
      return await run({
        world,
        watched,
        deliver: async (...subjects) => {
          for (const subject of subjects) await world.server.deliver(ada.address, { from, subject });
        },
        elsewhere: (act) => asOtherClient(world, ada, act),
      });
    } finally {
      await watched.quit();
      await world.dispose();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
