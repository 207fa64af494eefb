import { seeded } from '../support/seeded.ts';

/** Where in its work the app is killed. */
export type KillPoint =
  /** After so many turns of the event loop and so many steps between two awaits. */
  | { readonly kind: 'turns'; readonly turns: number; readonly microtasks: number }
  /** In the middle of a turn: before or after the ledger's n-th save from now, or as the n-th words leave. */
  | { readonly kind: 'before-save' | 'after-save' | 'at-send'; readonly nth: number };

/** Something that happens to the app, its servers or its person. `pick`, 0..1, chooses among what there is. */
export type Happening =
  | { readonly kind: 'deliver'; readonly accounts: readonly number[]; readonly count: number }
  | {
      /** `flag`: another flag than the one that makes it read is set, or taken away again. */
      readonly kind: 'read' | 'unread' | 'flag' | 'expunge' | 'move-away' | 'move-in';
      readonly account: number;
      readonly pick: number;
      readonly count: number;
    }
  | { readonly kind: 'cut'; readonly account: number | null; readonly how: 'fin' | 'rst' | 'bye' }
  | { readonly kind: 'server-stop' | 'server-start' }
  /** One account is refused for the time being, as a server says that is overloaded. */
  | { readonly kind: 'refuse' | 'accept'; readonly account: number }
  | { readonly kind: 'new-uid-validity'; readonly account: number }
  /** `patient`: the server is quick, so that what a timer begins ends before the next one. */
  | { readonly kind: 'pass'; readonly ms: number; readonly patient: boolean }
  | { readonly kind: 'suspend' | 'network-lost' | 'network-back' | 'check-now' | 'restart' | 'quit' | 'start' }
  /** The machine wakes after `ms`; `announced`: the app heard of its sleep. */
  | { readonly kind: 'wake'; readonly ms: number; readonly announced: boolean }
  | { readonly kind: 'click' | 'close' | 'expire'; readonly pick: number }
  /** `drained`: what was under way to the service still reaches it. */
  | { readonly kind: 'service-stop'; readonly drained: boolean }
  | { readonly kind: 'service-start' }
  | { readonly kind: 'kill'; readonly at: KillPoint };

export type Step = Happening & {
  /** What follows before the next step: turns of the event loop, or all that can happen without time. */
  readonly rest: number | 'until-quiet';
};

const minute = 60_000;
const accountCount = 3;

/** What is the case when a step is chosen, so that schedules make sense. */
interface Situation {
  server: boolean;
  service: boolean;
  awake: boolean;
  online: boolean;
  running: boolean;
  refused: number | null;
}

type Choice = readonly [weight: number, make: () => Happening];

/**
 * A random schedule; the same for the same seed. `kills` and `stops`, of the app and of the server: how likely they are,
 * where a delivery is 26.
 */
export function randomSchedule(seed: number, length: number, kills = 4, stops = 1.2): readonly Step[] {
  const random = seeded(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const account = (): number => below(accountCount);
  const now: Situation = { server: true, service: true, awake: true, online: true, running: true, refused: null };

  const duration = (): number => {
    const most = random() < 0.02 && now.server ? 4 * 60 * minute : random() < 0.3 ? minute : 3_000;
    return Math.round(most ** random());
  };
  const killPoint = (): KillPoint => {
    const kind = (['turns', 'turns', 'before-save', 'after-save', 'at-send', 'at-send'] as const)[below(6)] ?? 'turns';
    return kind === 'turns'
      ? { kind, turns: below(random() < 0.5 ? 4 : 60), microtasks: below(12) }
      : { kind, nth: 1 + below(3) };
  };
  const mails = (): number => (random() < 0.05 ? 5 + below(120) : 1 + below(random() < 0.2 ? 6 : 2));
  const elsewhere = (kind: 'read' | 'unread' | 'flag' | 'expunge' | 'move-away' | 'move-in') => (): Happening => ({
    kind,
    account: account(),
    pick: random(),
    count: random() < 0.1 ? 10 : 1,
  });
  const seen = (kind: 'click' | 'close' | 'expire') => (): Happening => ({ kind, pick: random() });

  const choices = (): readonly Choice[] => [
    [26, () => ({ kind: 'deliver', accounts: [account()], count: mails() })],
    [4, () => ({ kind: 'deliver', accounts: [0, 1, 2], count: mails() })],
    [9, elsewhere('read')],
    [3, elsewhere('unread')],
    [4, elsewhere('flag')],
    [4, elsewhere('expunge')],
    [2, elsewhere('move-away')],
    [2, elsewhere('move-in')],
    [4, () => ({ kind: 'cut', account: random() < 0.5 ? null : account(), how: cutKind(random()) })],
    [now.server ? stops : 12, () => ({ kind: now.server ? 'server-stop' : 'server-start' })],
    [
      now.refused === null ? 1.2 : 8,
      () => (now.refused === null ? { kind: 'refuse', account: account() } : { kind: 'accept', account: now.refused }),
    ],
    [0.6, () => ({ kind: 'new-uid-validity', account: account() })],
    [18, () => ({ kind: 'pass', ms: duration(), patient: random() < 0.7 })],
    [now.awake ? 0.8 : 0, () => ({ kind: 'suspend' })],
    [
      now.awake ? 0.6 : 25,
      () => ({ kind: 'wake', ms: Math.round((9 * 60 * minute) ** random()), announced: !now.awake }),
    ],
    [now.online ? 0.8 : 12, () => ({ kind: now.online ? 'network-lost' : 'network-back' })],
    [1.5, () => ({ kind: 'check-now' })],
    [2, seen('click')],
    [2, seen('close')],
    [1, seen('expire')],
    [
      now.service ? 1.5 : 12,
      () => (now.service ? { kind: 'service-stop', drained: random() < 0.5 } : { kind: 'service-start' }),
    ],
    ...(now.running
      ? ([
          [1.2, (): Happening => ({ kind: 'restart' })],
          [0.4, (): Happening => ({ kind: 'quit' })],
          [kills, (): Happening => ({ kind: 'kill', at: killPoint() })],
        ] as const)
      : ([[60, (): Happening => ({ kind: 'start' })]] as const)),
  ];

  return Array.from({ length }, (): Step => {
    const happening = choose(choices(), random());
    follow(now, happening);
    const rest = random() < 0.4 ? 'until-quiet' : random() < 0.6 ? 0 : below(25);
    return { ...happening, rest };
  });
}

function cutKind(random: number): 'fin' | 'rst' | 'bye' {
  return random < 0.3 ? 'fin' : random < 0.8 ? 'rst' : 'bye';
}

function choose(choices: readonly Choice[], random: number): Happening {
  let left = random * choices.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, make] of choices) {
    left -= weight;
    if (left < 0) return make();
  }
  return { kind: 'check-now' };
}

function follow(now: Situation, happening: Happening): void {
  const { kind } = happening;
  if (kind === 'refuse' || kind === 'accept') now.refused = kind === 'refuse' ? happening.account : null;
  if (kind === 'server-stop' || kind === 'server-start') now.server = kind === 'server-start';
  if (kind === 'service-stop' || kind === 'service-start') now.service = kind === 'service-start';
  if (kind === 'suspend' || kind === 'wake') now.awake = kind === 'wake';
  if (kind === 'network-lost' || kind === 'network-back') now.online = kind === 'network-back';
  if (kind === 'quit' || kind === 'kill' || kind === 'start' || kind === 'restart') {
    now.running = kind === 'start' || kind === 'restart';
    now.awake = true;
  }
}

/** A step in a line. */
export function describeStep({ kind, rest, ...more }: Step): string {
  return `${kind} ${JSON.stringify(more)} then ${String(rest)}`;
}
