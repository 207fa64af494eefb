import { afterEach, describe, expect, it } from 'vitest';

import { type Clock, systemClock } from '../../electron/main/clock.ts';
import { doctorStepNames, type DoctorRun } from '../../electron/shared/doctor.ts';
import { ada, lin } from '../standin/people.ts';
import { DoctorBench, findingOf } from '../support/doctor-bench.ts';
import { newImapClient } from '../support/imap-bench.ts';
import { imapServerNames } from '../support/imap-server.ts';

let bench: DoctorBench | null = null;

afterEach(async () => {
  await bench?.dispose();
  bench = null;
});

describe.each(imapServerNames)('the whole way to %s', (server) => {
  it('is gone step by step, timed, and leaves nothing behind', async () => {
    bench = await DoctorBench.start({ server });
    await bench.world.server.deliver(ada.address, {
      from: { name: 'Bo', address: 'bo@example.org' },
      subject: 'unread before and after',
    });
    const seen: DoctorRun[] = [];
    const run = await bench.examine({ onChange: (each) => seen.push(each) });
    expect(run.state).toBe('fine');
    expect(run.steps.map(({ name }) => name)).toEqual([...doctorStepNames]);
    expect(run.steps).toMatchObject([
      { kind: 'passed', facts: { host: 'localhost', addresses: expect.arrayContaining(['127.0.0.1']) } },
      { kind: 'passed', facts: { address: '127.0.0.1' } },
      { kind: 'passed', facts: { version: 'TLSv1.3', nameFits: true, chain: [{ subject: 'localhost' }, {}] } },
      {
        kind: 'passed',
        facts: { owner: ada.address, audience: 'https://outlook.office.com', scopes: ['IMAP.AccessAsUser.All'] },
      },
      { kind: 'passed', facts: { user: ada.address } },
      { kind: 'passed', facts: { names: expect.arrayContaining(['IDLE', 'UIDPLUS']) } },
      { kind: 'passed', facts: { mailbox: 'INBOX', messages: 1 } },
      { kind: 'passed', facts: { how: 'idle' }, remarks: [] },
    ]);
    // The authority of the stand-ins isn't a public one, and who vouches for the server is worth knowing.
    expect(run.steps[2]).toMatchObject({
      remarks: [{ kind: 'inspected', issuer: expect.stringMatching(/throw-away/) }],
    });
    for (const step of run.steps) expect(step).toHaveProperty('ms', expect.any(Number));
    // It fills in as it goes: one step at a time, the next only after the last.
    const counts = seen.map(({ steps }) => steps.length);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(seen.some(({ steps }) => steps.at(-1)?.kind === 'running')).toBe(true);
    await bench.world.server.untilLogouts(1);
    await bench.world.server.untilNoConnection();
    expect(JSON.stringify(seen)).not.toContain('eyJ');
  });

  it('tells another person’s token', async () => {
    bench = await DoctorBench.start({ server });
    expect(findingOf(await bench.examine({ tokenOf: lin }))).toEqual({
      step: 'sign-in',
      cause: { kind: 'wrong-user', owner: lin.address, user: ada.address },
    });
    await bench.world.server.untilNoConnection();
  });
});

describe('on a real server', () => {
  it('tells the limit of connections, by the server’s own words', async () => {
    bench = await DoctorBench.start({ server: 'Dovecot', mostConnections: 1 });
    const other = newImapClient(bench.world, ada.address, await bench.world.identity.issueToken(ada));
    await other.connect();
    try {
      expect(findingOf(await bench.examine())).toEqual({ step: 'sign-in', cause: { kind: 'connection-limit' } });
    } finally {
      other.close();
    }
  });
});

describe('Exchange’s one answer to several causes', () => {
  const notConnected = {
    kind: 'answer',
    command: 'NAMESPACE',
    status: 'BAD',
    text: 'User is authenticated but not connected.',
  } as const;

  it('is IMAP switched off, or else the limit', async () => {
    bench = await DoctorBench.start();
    bench.world.imap.order(notConnected);
    const run = await bench.examine();
    expect(findingOf(run)).toEqual({ step: 'capabilities', cause: { kind: 'imap-switched-off' } });
    expect(run.steps.at(-1)).toMatchObject({ finding: { alsoPossible: ['connection-limit'] } });
  });

  it('is the limit where the account is being watched meanwhile', async () => {
    bench = await DoctorBench.start();
    bench.world.imap.order(notConnected);
    const run = await bench.examine({ isWatching: true });
    expect(findingOf(run)).toEqual({ step: 'capabilities', cause: { kind: 'connection-limit' } });
  });

  it('is IMAP switched off where a token in order is refused at once', async () => {
    bench = await DoctorBench.start();
    bench.world.imap.order({ kind: 'refuse-login', style: 'bare' });
    expect(findingOf(await bench.examine())).toEqual({ step: 'sign-in', cause: { kind: 'imap-switched-off' } });
  });
});

describe('a server that says no', () => {
  it('asks for a pause', async () => {
    bench = await DoctorBench.start();
    const text = 'Request is throttled. Suggested Backoff Time: 92415 milliseconds';
    bench.world.imap.order({ kind: 'answer', command: 'EXAMINE', status: 'BAD', text });
    expect(findingOf(await bench.examine())).toEqual({
      step: 'mailbox',
      cause: { kind: 'throttled', waitMs: 92_415 },
    });
  });

  it('has no such mailbox', async () => {
    bench = await DoctorBench.start();
    const text = 'INBOX doesn’t exist.';
    bench.world.imap.order({ kind: 'answer', command: 'EXAMINE', status: 'NO', text: '[NONEXISTENT] Nothing there.' });
    expect(findingOf(await bench.examine())?.cause).toEqual({ kind: 'mailbox-missing', mailbox: 'INBOX' });
    bench.world.imap.clearFaults();
    bench.world.imap.order({ kind: 'answer', command: 'EXAMINE', status: 'NO', text });
    expect(findingOf(await bench.examine())?.step).toBe('mailbox');
  });

  it('closes after the login', async () => {
    bench = await DoctorBench.start();
    bench.world.imap.order({ kind: 'close-after-login', how: 'rst' });
    expect(findingOf(await bench.examine())?.cause).toEqual({ kind: 'connection-lost' });
  });

  it('leaves the wish for push unanswered', async () => {
    bench = await DoctorBench.start();
    bench.world.imap.order({ kind: 'silence', command: 'IDLE' });
    // The 20 s of the step itself are over in 100 ms.
    let pace = 1;
    const clock: Clock = {
      ...systemClock,
      setTimer: (delayMs, run) => systemClock.setTimer(delayMs / pace, run),
    };
    const onChange = ({ steps }: DoctorRun): void => {
      pace = steps.at(-1)?.name === 'push' ? 200 : 1;
    };
    const found = findingOf(await bench.examine({ clock, onChange }));
    expect(found).toEqual({ step: 'push', cause: { kind: 'push-unanswered' } });
    await bench.world.server.untilNoConnection();
  });

  it('offers no push', async () => {
    bench = await DoctorBench.start();
    bench.world.imap.setCapabilities(['IMAP4rev1', 'SASL-IR', 'ID', 'NAMESPACE']);
    const run = await bench.examine();
    expect(run.state).toBe('fine');
    expect(run.steps.at(-1)).toMatchObject({ facts: { how: 'polling' }, remarks: [{ kind: 'no-push' }] });
  });
});
