import { describe, expect, test } from 'vitest';
import type { NewMessage } from '../../../electron/main/imap/new-message.ts';
import {
  burstQuietMs,
  decide,
  digestWaitMs,
  ownNotifications,
  summaryIntervalMs,
} from '../../../electron/main/shell/notification-policy.ts';
import {
  initialNotificationState,
  type NotificationContent,
  type NotificationEvent,
} from '../../../electron/main/shell/notification-state.ts';
import { seeded } from '../../support/seeded.ts';
import { sized } from '../../support/size.ts';

interface Step {
  readonly at: number;
  readonly event: NotificationEvent;
}

/** A random life of three accounts: trickles, floods, pauses, digests. */
function randomLife(seed: number): readonly Step[] {
  const random = seeded(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const accounts = ['a', 'b', 'c'];
  const uidNext = new Map(accounts.map((id) => [id, 1]));
  const steps: Step[] = [];
  let at = 1_000_000;
  for (let count = 0; count < 120; count += 1) {
    at += random() < 0.1 ? below(40_000) : below(900);
    const accountId = accounts[below(accounts.length)] ?? 'a';
    const first = uidNext.get(accountId) ?? 1;
    const size = random() < 0.1 ? below(40) : below(3);
    uidNext.set(accountId, first + size);
    const messages = Array.from({ length: size }, (_, index) => message(first + index));
    const kind = random() < 0.1 ? 'while-away' : 'arrived';
    steps.push({ at, event: { kind: 'new-messages', batch: { kind, accountId, messages } } });
  }
  return steps;
}

function message(uid: number): NewMessage {
  return { mailbox: 'INBOX', uidValidity: '7', uid, fromName: '', fromAddress: 'x@y.z', subject: '', receivedAt: 0 };
}

interface Said {
  readonly at: number;
  readonly kind: 'show' | 'replace' | 'withdraw';
  readonly id: string;
  readonly content: NotificationContent | null;
}

/** Plays a life in virtual time, waking the policy exactly when it asks. */
function play(steps: readonly Step[]): { readonly said: readonly Said[]; readonly end: number } {
  const said: Said[] = [];
  let state = initialNotificationState;
  let wakeAt: number | null = null;
  let end = 0;
  const hand = (event: NotificationEvent, at: number): void => {
    const decision = decide(state, event, at);
    state = decision.state;
    wakeAt = decision.wakeAt;
    end = at;
    for (const action of decision.actions) {
      said.push({ at, kind: action.kind, id: action.id, content: action.kind === 'withdraw' ? null : action.content });
    }
  };
  const runUntil = (limit: number): void => {
    for (let due = wakeAt; due !== null && due <= limit; due = wakeAt) hand({ kind: 'wake' }, due);
  };
  for (const { at, event } of steps) {
    runUntil(at);
    hand(event, at);
  }
  runUntil(Infinity);
  return { said, end };
}

/** What stands on the screen at the end counts each message once, single ones and those in numbers. */
function told(said: readonly Said[]): { readonly count: number; readonly singles: readonly string[] } {
  const standing = new Map<string, NotificationContent>();
  for (const { kind, id, content } of said) {
    if (kind === 'withdraw') standing.delete(id);
    else if (content !== null) standing.set(id, content);
  }
  const contents = [...standing.values()];
  const count = contents.reduce(
    (sum, content) => sum + (content.kind === 'message' ? 1 : content.tally.refs.length),
    0,
  );
  const singles = contents.flatMap((content) =>
    content.kind === 'message' ? [`${content.mail.accountId} ${String(content.mail.message.uid)}`] : [],
  );
  return { count, singles };
}

const lives = Array.from({ length: sized(100, 5_000) }, (_, seed) => seed);

describe('whatever happens', () => {
  test('every message is told exactly once', () => {
    for (const seed of lives) {
      const steps = randomLife(seed);
      const distinct = new Set(
        steps.flatMap(({ event }) =>
          event.kind === 'new-messages'
            ? event.batch.messages.map(({ uid }) => `${event.batch.accountId} ${String(uid)}`)
            : [],
        ),
      );
      const { count, singles } = told(play(steps).said);
      expect(count, `seed ${String(seed)}`).toBe(distinct.size);
      expect(new Set(singles).size, `seed ${String(seed)}`).toBe(singles.length);
    }
  });

  test('no summary changes more than twice a second', () => {
    for (const seed of lives) {
      const changes = play(randomLife(seed)).said.filter(({ content }) => content?.kind === 'summary');
      for (const [index, { at }] of changes.entries()) {
        const before = changes[index - 1];
        if (before !== undefined)
          expect(at - before.at, `seed ${String(seed)}`).toBeGreaterThanOrEqual(summaryIntervalMs);
      }
    }
  });

  test('single mails and digests wait for nothing but the digest', () => {
    for (const seed of lives) {
      const steps = randomLife(seed);
      const times = new Set(steps.map(({ at }) => at));
      for (const { at, content } of play(steps).said) {
        if (content?.kind === 'message') expect(times.has(at), `seed ${String(seed)}`).toBe(true);
        if (content?.kind === 'digest') expect(times.has(at - digestWaitMs), `seed ${String(seed)}`).toBe(true);
      }
    }
  });

  test('no more than four single mails of a burst stand', () => {
    for (const seed of lives) {
      let standing = 0;
      let lastSingle = -Infinity;
      for (const { at, kind, content } of play(randomLife(seed)).said) {
        if (at - lastSingle >= burstQuietMs) standing = 0;
        if (kind === 'withdraw') standing -= 1;
        if (content?.kind !== 'message') continue;
        standing += 1;
        lastSingle = at;
        expect(standing, `seed ${String(seed)}`).toBeLessThanOrEqual(ownNotifications);
      }
    }
  });

  test('nothing is said after the last mail but what had to wait', () => {
    for (const seed of lives) {
      const steps = randomLife(seed);
      const lastMail = steps.at(-1)?.at ?? 0;
      expect(play(steps).end - lastMail, `seed ${String(seed)}`).toBeLessThanOrEqual(digestWaitMs);
    }
  });

  test('what is shown later was not withdrawn, what is replaced was shown', () => {
    for (const seed of lives) {
      const shown = new Set<string>();
      for (const { kind, id } of play(randomLife(seed)).said) {
        if (kind === 'show') {
          expect(shown.has(id), `seed ${String(seed)}`).toBe(false);
          shown.add(id);
        } else expect(shown.has(id), `seed ${String(seed)}`).toBe(true);
        if (kind === 'withdraw') shown.delete(id);
      }
    }
  });
});
