/** One fault and what an ideal mail checker makes of it. */
export interface FaultRow {
  readonly id: number;
  readonly fault: string;
  readonly expected: string;
  /** The longest that it may take (ms), of the row's own measure; null where the row has no time. */
  readonly boundMs: number | null;
  /** How many tests play it, each a variant: one that is lost is noticed. */
  readonly tests: number;
}

type Row = readonly [fault: string, expected: string, boundMs?: number];

const second = 1_000;

/** By id, from 1 on. */
const rows: readonly Row[] = [
  ['SYN dropped', 'given up in time, then tried again by backoff', 20 * second],
  ['RST in the TLS handshake', 'tried again by backoff'],
  ['FIN in IDLE', 'back in time after 5 stable minutes, else by backoff', 2 * second],
  ['black hole while idling', 'noticed by keepalive, or else by the next probe', 20 * second],
  ['black hole with a command in flight', 'noticed in time', 95 * second],
  ['frozen peer that acknowledges TCP', 'noticed in time', 185 * second],
  ['no greeting', 'given up in time', 16 * second],
  ['IDLE never answered by a continuation', 'connected anew'],
  ['bytes dripped one by one', 'one deadline for connect and login together'],
  ['4 s latency and 10 % loss', 'never shown as offline'],
  ['DNS failure', 'shown as offline without interrupting anybody, tried again'],
  ['dead IPv6', 'connected by IPv4 in time', 2 * second],
  ['captive portal on port 993', 'no byte of AUTHENTICATE leaves'],
  ['route or network changes', 'an open connection is probed in time', 2 * second],
  ['NAT forgets after 5 quiet minutes', 'never quiet for so long'],
  ['50 flaps a minute', 'one watching connection at most, no storm of logins'],
  ['certificate expired, of another host, self-signed', 'refused, no way around it, said why'],
  ['TLS older than 1.2', 'refused'],
  ['BYE for a greeting', 'tried again by backoff'],
  ['BYE in IDLE', 'connected anew'],
  ['NO [UNAVAILABLE]', 'tried again by backoff'],
  ['throttled for 92,415 ms and for 5,000,000 ms', 'waits all of it'],
  ['authenticated but not connected', 'waits at least 60 s, then names likely causes'],
  ['too many connections', 'tried again slowly'],
  [
    'login accepted, then closed, again and again',
    'logins bounded; the backoff begins anew only after 5 stable minutes',
  ],
  ['UIDVALIDITY changes', 'state rebuilt without a storm of notifications'],
  ['UIDNEXT goes backwards', 'state rebuilt'],
  ['EXPUNGE before the FETCH of a new message', 'never a notification for another message'],
  ['SELECT refused', 'the account shows why'],
  ['IDLE not supported', 'asked every minute'],
  ['mail arrives in the gap', 'one notification each, or one digest'],
  ['read on another device', 'count right in time, its notification withdrawn', 2 * second],
  ['server restarts', 'back in time', 10 * second],
  ['1,000,000 unread', 'counted without fetching them, memory flat'],
  ['token expires during a session', 'session kept or renewed before its end, nothing missed'],
  ['token expired at AUTHENTICATE', 'one forced refresh, then in'],
  ['token endpoint hangs', 'given up in time', 30 * second],
  ['token endpoint answers 429 or 5xx', 'Retry-After is kept'],
  ['invalid_grant', 'the person is asked once, no loop'],
  ['refresh token refused', 'never sent again after a restart'],
  ['killed right after the refresh token changed', 'the person is asked once at most'],
  ['signed in with another account than asked for', 'noticed and said'],
  [
    'sign-in left alone in the browser',
    'ended at once by the person, by itself at 5 min; no listener stays',
    300 * second,
  ],
  ['access_denied', 'clean state, clear message'],
  ['asleep for 8 h', 'right count in time after the wake, one digest, no flood', 10 * second],
  ['clock set by a day, either way', 'timers right'],
  ['killed in a save, 1,000 times', 'cache and settings load or the person is asked; never a crash'],
  // Of the start, what the lock adds to it is measured: how fast a machine starts a program is another matter.
  ['stale lock file', 'no start waits for it, nor do the tokens', 2 * second],
  ['disk full', 'what was saved stays whole, said to the person'],
  [
    'keyring absent, locked, or lost while running',
    'each told apart and explained; nothing in plain text, nobody signed out',
  ],
  ['D-Bus restarts', 'tray and notifications come back'],
  ['second instance started', 'the first one shows its window'],
  ['renderer crashes', 'tray and watching go on, the window opens again'],
  ['quit', 'logged out of IMAP in time, no process left', 2 * second],
];

/** Tests of the rows that have more than one, by id. */
const testsOf: Readonly<Record<number, number>> = {
  ...{ 2: 2, 3: 2, 10: 2, 11: 2, 13: 2, 14: 2, 17: 4, 20: 2, 22: 6, 25: 4, 28: 14, 31: 5 },
  ...{ 43: 2, 45: 4, 46: 5, 47: 2, 48: 2, 49: 2, 50: 3, 51: 3, 54: 2 },
};

/** Every fault, in the order of the ids. */
export const faultTable: readonly FaultRow[] = rows.map(([fault, expected, boundMs], index) => {
  const id = index + 1;
  return { id, fault, expected, boundMs: boundMs ?? null, tests: testsOf[id] ?? 1 };
});
