import { describe, expect } from 'vitest';

import { ada } from '../standin/people.ts';
import { faultTest } from './fault-test.ts';
import { inWorld } from './fault-scene.ts';
import { onScriptedServer } from './scripted-scene.ts';
import { fetched, unreadAre } from './scripted-server.ts';

/** What a server may say of a message that another client expunges during the FETCH (RFC 2180 §4.1.3). */
const nothingOfIt = `* 4 FETCH (UID 4 FLAGS () INTERNALDATE "01-Jan-1970 00:00:00 +0000" ENVELOPE (${'NIL '.repeat(9)}NIL))`;

/** Whatever happens between the news of a message and its text, nobody is told of another one. */
describe('a message that is gone before it could be looked at', () => {
  const cases: readonly {
    readonly variant: string;
    /** What follows `* 4 EXISTS`, which announces UID 4, at once. */
    readonly pushed?: readonly string[];
    readonly answer: readonly string[];
    /** Of the FETCH that asks once more, where there is to be one. */
    readonly again?: readonly string[];
    readonly unread: readonly number[];
    readonly told: readonly string[];
  }[] = [
    {
      variant: 'expunged in the answer to the FETCH',
      answer: ['* 4 EXPUNGE', '$tag OK Done.'],
      unread: [],
      told: [],
    },
    {
      variant: 'expunged at once, and the FETCH names the last one that is there',
      pushed: ['* 4 EXPUNGE'],
      answer: [fetched(3, 3, 'an old one'), '$tag OK Done.'],
      unread: [3],
      told: [],
    },
    {
      variant: 'an older one expunged before the text comes under another number',
      answer: ['* 1 EXPUNGE', fetched(3, 4, 'the new one'), '$tag OK Done.'],
      unread: [4],
      told: ['the new one'],
    },
    {
      variant: 'an old one’s text sent unasked in between',
      answer: [fetched(2, 2, 'an old one'), '* 1 FETCH (FLAGS ())', fetched(4, 4, 'the new one'), '$tag OK Done.'],
      unread: [2, 4],
      told: ['the new one'],
    },
    {
      variant: 'another one in its place',
      pushed: ['* 4 EXPUNGE', '* 4 EXISTS'],
      answer: [fetched(4, 5, 'the one after'), '$tag OK Done.'],
      unread: [5],
      told: ['the one after'],
    },
    {
      variant: 'refused, as some of it is gone',
      answer: ['$tag NO Some of the requested messages no longer exist.'],
      unread: [],
      told: [],
    },
    {
      variant: 'flagged elsewhere right after its text',
      answer: [fetched(4, 4, 'the new one'), '* 4 FETCH (UID 4 FLAGS (\\Flagged))', '$tag OK Done.'],
      unread: [4],
      told: ['the new one'],
    },
    {
      variant: 'flagged elsewhere right before its text',
      answer: ['* 4 FETCH (UID 4 FLAGS (\\Flagged))', fetched(4, 4, 'the new one'), '$tag OK Done.'],
      unread: [4],
      told: ['the new one'],
    },
    {
      variant: 'read elsewhere right after its text',
      answer: [fetched(4, 4, 'the new one'), '* 4 FETCH (UID 4 FLAGS (\\Seen))', '$tag OK Done.'],
      unread: [],
      told: [],
    },
    {
      variant: 'flagged elsewhere and gone before its text',
      answer: ['* 4 FETCH (UID 4 FLAGS (\\Flagged))', '* 4 EXPUNGE', '$tag OK Done.'],
      unread: [],
      told: [],
    },
    {
      variant: 'expunged during the FETCH, with an empty envelope in its place',
      answer: [nothingOfIt, '$tag OK Done.'],
      again: ['* 4 EXPUNGE', '$tag OK Done.'],
      unread: [],
      told: [],
    },
    {
      variant: 'there, and really without a line of its own',
      answer: [nothingOfIt, '$tag OK Done.'],
      again: [nothingOfIt, '$tag OK Done.'],
      unread: [4],
      told: ['(no subject)'],
    },
    {
      variant: 'there after all',
      answer: [nothingOfIt, '$tag OK Done.'],
      again: [fetched(4, 4, 'the new one'), '$tag OK Done.'],
      unread: [4],
      told: ['the new one'],
    },
  ];

  for (const { variant, pushed = [], answer, again, unread: uids, told } of cases) {
    faultTest(
      28,
      () =>
        onScriptedServer(async (server, watched) => {
          watched.start();
          await watched.counted(0);
          await server.idles();
          const { mark } = watched;
          const once = again === undefined ? [] : [answer, again];
          const ever = again === undefined ? answer : ['$tag OK Done.'];
          server.play({ 'UID FETCH': () => once.shift() ?? ever, ...unreadAre(...uids) });
          server.say('* 4 EXISTS', ...pushed);
          await watched.counted(uids.length, mark);
          await server.idles();
          expect(watched.told()).toEqual(told);
          expect(once).toEqual([]);
          // The next one is told as if nothing had been.
          server.play({ 'UID FETCH': [fetched(5, 6, 'the next one'), '$tag OK Done.'], ...unreadAre(...uids, 6) });
          server.say('* 5 EXISTS');
          await watched.counted(uids.length + 1, mark);
          expect(watched.told()).toEqual([...told, 'the next one']);
          expect(server.heard.filter((command) => command.startsWith('FETCH'))).toEqual([]);
        }),
      { variant },
    );
  }

  faultTest(
    28,
    () =>
      inWorld('stand-in', async ({ world, watched, deliver }) => {
        await deliver('old');
        watched.start();
        await watched.counted(1);
        await world.imap.events.waitUntil(() => world.imap.sessions().some(({ idling }) => idling));
        const { imap } = world;
        const { mark } = watched;
        const uid = imap.deliver(ada.address, { from: { address: 'bo@example.org' }, subject: 'gone at once' });
        imap.expunge(ada.address, 'INBOX', uid);
        await watched.counted(1, mark);
        await deliver('stays');
        await watched.counted(2, mark);
        expect(watched.told()).toEqual(['stays']);
      }),
    { variant: 'a whole server' },
  );
});
