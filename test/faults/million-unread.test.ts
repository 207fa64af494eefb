import { describe, expect } from 'vitest';

import { HostProcess } from '../integration/host-process.ts';
import { ada, lin, type StandinPerson } from '../standin/people.ts';
import { faultTest } from './fault-test.ts';
import { inWorld } from './fault-scene.ts';

const million = 1_000_000;
/** What one more account may add at its worst moment. */
const mostBytes = 16 * 1024 * 1024;

describe('a mailbox with a million unread', () => {
  faultTest(34, () =>
    inWorld('stand-in', async ({ world, deliver }) => {
      const { imap } = world;
      const host = new HostProcess('../faults/account-host.ts', { args: [], env: {} });
      const watch = async (person: StandinPerson): Promise<void> => {
        await host.call('watch', world.profile, person, await world.identity.issueToken(person));
      };
      const counted = async ({ address }: StandinPerson, unread: number): Promise<void> => {
        expect(await host.call('counted', address, unread)).toBe(unread);
      };
      const memory = async (): Promise<number> => Number(await host.call('peakMemory'));
      try {
        const mail = { from: { name: 'Bo', address: 'bo@example.org' }, subject: 'One of many' };
        imap.deliver(lin.address, mail);
        await watch(lin);
        await counted(lin, 1);
        const before = await memory();
        imap.deliverMany(ada.address, million, mail);
        const { mark } = imap.events;
        await watch(ada);
        await counted(ada, million);
        await deliver('one more');
        await counted(ada, million + 1);
        const after = await memory();
        expect(await host.call('told', ada.address)).toEqual(['one more']);
        const asked = imap.events.since(mark).filter((event) => event.kind === 'command' && event.name === 'UID FETCH');
        expect(asked).toHaveLength(1);
        expect(after - before).toBeLessThan(mostBytes);
        await host.call('quit');
      } finally {
        await host.kill();
      }
    }),
  );
});
