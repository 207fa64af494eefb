import { describe, expect, it } from 'vitest';
import type { ImapSession, OpenSessionOptions } from '../../../electron/main/imap/imap-session.ts';
import { silentLog } from '../../../electron/main/log.ts';
import { createLoginTurns, turnLimitMs } from '../../../electron/main/imap/login-turns.ts';
import { FakeClock, settle } from '../../support/fake-clock.ts';

/** A server whose logins end when the test says so. */
function slowServer() {
  const begun: string[] = [];
  const ends = new Map<string, { readonly accept: () => void; readonly refuse: () => void }>();
  const clock = new FakeClock();
  const tokens: string[] = [];
  const turns = createLoginTurns({
    clock,
    getToken: async () => ({ token: 'fresh' }),
    open: ({ credentials: { user, accessToken } }) =>
      new Promise<ImapSession>((resolve, reject) => {
        begun.push(user);
        tokens.push(accessToken);
        const refuse = (): void => {
          reject(new Error(`${user} refused`));
        };
        // The turns don't look into a session.
        ends.set(user, { accept: () => resolve({ user } as unknown as ImapSession), refuse });
      }),
  });
  return { begun, clock, ends, tokens, ...turns, open: turns.shared };
}

function optionsOf(user: string, signal = new AbortController().signal): OpenSessionOptions {
  return {
    endpoint: { host: 'imap.example', port: 993 },
    credentials: { user, accessToken: 't' },
    ca: undefined,
    mailbox: 'INBOX',
    signal,
    onChange: () => {},
    onClose: () => {},
    onAuthenticated: () => {},
    log: silentLog,
  };
}

describe('the logins of one account', () => {
  it('come one after the other, whether the one before was accepted or refused', async () => {
    const { begun, ends, open } = slowServer();
    const opened = ['own', 'info', 'sales'].map((user) => open(optionsOf(user)).catch(String));
    await settle();
    expect(begun).toEqual(['own']);
    ends.get('own')?.accept();
    await settle();
    expect(begun).toEqual(['own', 'info']);
    ends.get('info')?.refuse();
    await settle();
    expect(begun).toEqual(['own', 'info', 'sales']);
    ends.get('sales')?.accept();
    expect(await Promise.all(opened)).toEqual([{ user: 'own' }, 'Error: info refused', { user: 'sales' }]);
  });

  it('leave out who gave up waiting, at once, and let nobody in early for it', async () => {
    const { begun, ends, open } = slowServer();
    const impatient = new AbortController();
    const own = open(optionsOf('own'));
    const info = open(optionsOf('info', impatient.signal));
    const sales = open(optionsOf('sales'));
    impatient.abort();
    await expect(info).rejects.toThrow('No longer wanted');
    await settle();
    expect(begun).toEqual(['own']);
    ends.get('own')?.accept();
    await own;
    await settle();
    expect(begun).toEqual(['own', 'sales']);
    ends.get('sales')?.accept();
    await sales;
  });

  it('isn’t held up by a mailbox that hangs, whose own end lets nobody in twice', async () => {
    const { begun, clock, ends, open } = slowServer();
    const opened = ['info', 'sales', 'team', 'press'].map((user) => open(optionsOf(user)));
    await clock.advance(turnLimitMs - 1);
    expect(begun).toEqual(['info']);
    await clock.advance(1);
    expect(begun).toEqual(['info', 'sales']);
    ends.get('info')?.accept();
    await settle();
    expect(begun).toEqual(['info', 'sales']);
    for (const user of ['sales', 'team', 'press']) {
      ends.get(user)?.accept();
      await settle();
    }
    await Promise.all(opened);
    expect(clock.pending).toBe(0);
  });

  it('lets the account’s own inbox go first', async () => {
    const { begun, ends, open, own } = slowServer();
    const opened = [open(optionsOf('info')), open(optionsOf('sales')), own(optionsOf('own'))];
    for (const user of ['info', 'own', 'sales']) {
      await settle();
      expect(begun.at(-1)).toBe(user);
      ends.get(user)?.accept();
    }
    await Promise.all(opened);
  });

  it('takes the token of the moment where it had to wait', async () => {
    const { ends, open, tokens } = slowServer();
    const opened = [open(optionsOf('info')), open(optionsOf('sales'))];
    await settle();
    ends.get('info')?.accept();
    await settle();
    ends.get('sales')?.accept();
    await Promise.all(opened);
    expect(tokens).toEqual(['t', 'fresh']);
  });
});
