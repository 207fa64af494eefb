import { describe, expect } from 'vitest';

import { faultTest } from './fault-test.ts';
import { onScriptedServer } from './scripted-scene.ts';
import { examined, fetched, unreadAre } from './scripted-server.ts';

/** The first thing that a server may say of an open mailbox, in the same packet. */
describe('mail that comes with the end of EXAMINE', () => {
  for (const mailbox of ['seen for the first time', 'known'] as const) {
    faultTest(
      31,
      () =>
        onScriptedServer(async (server, watched) => {
          if (mailbox === 'known') {
            watched.start();
            await watched.counted(0);
            await watched.quit();
          }
          const { mark } = watched;
          server.play({
            EXAMINE: [...examined, '* 4 EXISTS'],
            'UID FETCH': [fetched(4, 4, 'the new one'), '$tag OK Done.'],
            ...unreadAre(4),
          });
          watched.start();
          await watched.counted(1, mark);
          await server.idles();
          expect(watched.told()).toEqual(['the new one']);
        }),
      { variant: `with the end of EXAMINE, the mailbox ${mailbox}` },
    );
  }
});
