import type { ImapFlow } from 'imapflow';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ada } from '../standin/people.ts';
import { EventTrail } from '../support/event-trail.ts';
import { asOtherClient, closed, ImapBench } from '../support/imap-bench.ts';
import { imapServerNames } from '../support/imap-server.ts';

/** What a server told a client unasked. */
type Push =
  | { readonly kind: 'exists'; readonly count: number }
  | { readonly kind: 'expunge'; readonly seq: number }
  | { readonly kind: 'flags'; readonly seq: number; readonly seen: boolean };

/*
 * Nothing here says how soon: Exchange and the stand-in tell at once, Dovecot up to 0.5 s after the change. Nor in how
 * many events: Dovecot tells several new mails by one EXISTS.
 */
describe.each(imapServerNames)('what the %s tells unasked', (name) => {
  let bench: ImapBench;

  beforeEach(async () => {
    bench = await ImapBench.start(name);
  });

  afterEach(async () => {
    await bench.dispose();
  });

  function follow(client: ImapFlow): EventTrail<Push> {
    const trail = new EventTrail<Push>();
    client.on('exists', ({ count }) => trail.add({ kind: 'exists', count }));
    client.on('expunge', ({ seq }) => trail.add({ kind: 'expunge', seq: seq ?? 0 }));
    client.on('flags', ({ seq, flags }) => trail.add({ kind: 'flags', seq, seen: flags?.has('\\Seen') ?? false }));
    return trail;
  }

  /** A client that looks at the INBOX and idles. */
  async function idling(): Promise<{ client: ImapFlow; pushes: EventTrail<Push>; idle: Promise<unknown> }> {
    const client = await bench.open('EXAMINE');
    const pushes = follow(client);
    const idle = client.idle().catch(() => false);
    return { client, pushes, idle };
  }

  it('tells an idling client of new mail, of flags, and of mail that is gone', async () => {
    await bench.deliver({ subject: 'One' }, { subject: 'Two' });
    const { pushes } = await idling();
    await bench.deliver({ subject: 'Three' });
    await pushes.waitFor((push) => push.kind === 'exists' && push.count === 3);

    await asOtherClient(bench.world, ada, (other) => other.messageFlagsAdd('2', ['\\Seen'], { uid: true }));
    await pushes.waitFor((push) => push.kind === 'flags' && push.seq === 2 && push.seen);
    await asOtherClient(bench.world, ada, (other) => other.messageFlagsRemove('2', ['\\Seen'], { uid: true }));
    await pushes.waitFor((push) => push.kind === 'flags' && push.seq === 2 && !push.seen);

    await asOtherClient(bench.world, ada, (other) => other.messageMove('1', 'Archive', { uid: true }));
    await pushes.waitFor((push) => push.kind === 'expunge' && push.seq === 1);
    const { mark } = pushes;
    // The second of three is the first now.
    await asOtherClient(bench.world, ada, (other) => other.messageDelete('2', { uid: true }));
    await pushes.waitFor((push) => push.kind === 'expunge' && push.seq === 1, mark);
  });

  it('tells of many mails until the client knows of all', async () => {
    const { pushes } = await idling();
    await bench.deliver(...Array.from({ length: 25 }, (_, place) => ({ subject: `Number ${place}` })));
    await pushes.waitFor((push) => push.kind === 'exists' && push.count === 25);
    const counts = pushes.all.map((push) => (push.kind === 'exists' ? push.count : 0));
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  });

  it('tells a client, when it begins to idle, what it does not know yet', async () => {
    await bench.deliver({ subject: 'One' });
    const client = await bench.open('EXAMINE');
    await bench.deliver({ subject: 'Two' });
    const pushes = follow(client);
    client.idle().catch(() => {});
    await pushes.waitFor((push) => push.kind === 'exists' && push.count === 2);
  });

  it('goes on after each time that idling was broken by a command', async () => {
    const { client, pushes, idle } = await idling();
    await client.noop();
    await idle;
    await bench.deliver({ subject: 'One' });
    client.idle().catch(() => {});
    await pushes.waitFor((push) => push.kind === 'exists' && push.count === 1);
    expect(await client.search({ seen: false }, { uid: true })).toEqual([1]);
  });

  it('tells a client that does not idle with its next command', async () => {
    const raw = await bench.rawSignedIn();
    await raw.command('EXAMINE INBOX');
    await bench.deliver({ subject: 'One' }, { subject: 'Two' });
    expect(await raw.command('NOOP')).toContain('* 2 EXISTS');
    await asOtherClient(bench.world, ada, (other) => other.messageFlagsAdd('1', ['\\Seen'], { uid: true }));
    expect((await raw.command('NOOP')).some((line) => /^\* 1 FETCH \(FLAGS \(.*\\Seen.*\)\)/u.test(line))).toBe(true);
  });

  it('tells of flags in the answer to a UID FETCH once more, without what was asked for', async () => {
    await bench.deliver({ subject: 'One' });
    const raw = await bench.rawSignedIn();
    await raw.command('EXAMINE INBOX');
    await asOtherClient(bench.world, ada, (other) => other.messageFlagsAdd('1', ['\\Flagged'], { uid: true }));
    const answer = await raw.command('UID FETCH 1:* (UID FLAGS INTERNALDATE)');
    const rows = answer.filter((line) => line.startsWith('* 1 FETCH ('));
    expect(rows.map((row) => row.includes('INTERNALDATE'))).toEqual([true, false]);
    expect(rows[1]).toMatch(/^\* 1 FETCH \((?:UID 1 )?FLAGS \(.*\\Flagged.*\)\)$/u);
  });

  it('keeps sequence numbers where they are during FETCH, STORE and SEARCH (RFC 3501 section 7.4.1)', async () => {
    await bench.deliver({ subject: 'One' }, { subject: 'Two' }, { subject: 'Three' });
    const raw = await bench.rawSignedIn();
    await raw.command('SELECT INBOX');
    await asOtherClient(bench.world, ada, (other) => other.messageDelete('1', { uid: true }));
    for (const command of ['FETCH 2 UID', 'STORE 2 +FLAGS (\\Seen)', 'SEARCH ALL']) {
      const answer = await raw.command(command);
      expect(answer.at(-1), command).toMatch(/^r\d+ OK /u);
      expect(
        answer.filter((line) => line.endsWith('EXPUNGE')),
        command,
      ).toEqual([]);
    }
    expect(await raw.command('NOOP')).toContain('* 1 EXPUNGE');
    expect(await raw.command('FETCH 1 UID')).toContain('* 1 FETCH (UID 2)');
  });
});

describe.each(imapServerNames)('how a session at the %s ends', (name) => {
  let bench: ImapBench;

  beforeEach(async () => {
    bench = await ImapBench.start(name);
  });

  afterEach(async () => {
    await bench.dispose();
  });

  it('by a BYE with words when the server stops, after which a new one begins', async () => {
    const client = await bench.open('EXAMINE');
    const end = closed(client);
    client.idle().catch(() => {});
    await bench.server.sayBye();
    await end;
    expect(client.byeReason).toBe('Server shutting down.');
    await bench.open('EXAMINE');
  });

  it('by LOGOUT, answered before the connection is closed', async () => {
    const raw = await bench.rawSignedIn();
    const answer = await raw.command('LOGOUT');
    expect(answer).toHaveLength(2);
    expect(answer[0]).toMatch(/^\* BYE /u);
    expect(answer[1]).toMatch(/^r2 OK /u);
    expect(await raw.closed).toBe(null);
    const client = await bench.open('EXAMINE');
    client.idle().catch(() => {});
    await client.logout();
    await bench.server.untilLogouts(2);
    await bench.server.untilNoConnection();
  });

  it('by a cut, after which nothing is lost', async () => {
    await bench.deliver({ subject: 'One' });
    const client = await bench.open('EXAMINE');
    const end = closed(client);
    client.idle().catch(() => {});
    bench.server.stopListening();
    bench.server.cut();
    await end;
    expect(client.byeReason).toBe(undefined);
    await expect(bench.signIn()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await bench.deliver({ subject: 'In the gap' });
    await bench.server.listenAgain();
    const again = await bench.open('EXAMINE');
    expect(await again.search({ seen: false }, { uid: true })).toEqual([1, 2]);
  });
});
