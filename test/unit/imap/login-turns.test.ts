import { describe, expect, it } from 'vitest';
import type { ImapSession, OpenSessionOptions } from '../../../electron/main/imap/imap-session.ts';
import { inTurns } from '../../../electron/main/imap/login-turns.ts';
import { settle } from '../../support/fake-clock.ts';

/** A server whose logins end when the test says so. */
function slowServer() {
  const begun: string[] = [];
  const ends = new Map<string, { readonly accept: () => void; readonly refuse: () => void }>();
  const open = inTurns(
    ({ credentials: { user } }) =>
      new Promise<ImapSession>((resolve, reject) => {
        begun.push(user);
        const refuse = (): void => {
          reject(new Error(`${user} refused`));
        };
        // The turns don't look into a session.
        ends.set(user, { accept: () => resolve({ user } as unknown as ImapSession), refuse });
      }),
  );
  return { begun, ends, open };
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
});
